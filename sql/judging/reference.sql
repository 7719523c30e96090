-- one row per row to judge with what it is compared with besides the target: the baseline (level, change),
-- the growth of the reference target (relative), the figure of the peer
with target_row as (
    select judge_row.row_no, judge_row.period_end, judge_row.is_final_period, scope.*
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null
),

series as (
    select * from judge_series
),

known as (
    select * from judge_known
),

baseline as (
    select
        row_no,
        series_no,
        case
            when basis = 'point' or pattern = 'total' or measure = 'level' then make_date(year - 1, 12, 31)
            else last_day(period_end - interval 1 year)
        end as period_end
    from target_row
    where pattern in ('level', 'change')
),

reference as (
    select target_row.row_no, series.series_no, target_row.period_end
    from target_row
    inner join judge_target as referred on referred.target_id = target_row.reference_target
    inner join series
        on
            series.region = referred.region
            and series.indicator = referred.indicator
            and series.measure = referred.measure
            and series.basis = referred.basis
    where target_row.pattern = 'relative'
),

compared as (
    select * from baseline
    union all
    select * from reference
),

peer as (
    select target_row.row_no, known.value_micro
    from target_row
    inner join series
        on
            series.region = target_row.parent
            and series.indicator = target_row.indicator
            and series.measure = target_row.measure
            and series.basis = target_row.basis
    inner join known
        on known.series_no = series.series_no and known.period_end = target_row.period_end
    where known.bound is null and not known.is_disputed
)

select
    coalesce(compared.row_no, peer.row_no) as row_no,
    compared.period_end as reference_period,
    known.value_micro as reference_micro,
    known.bound as reference_bound,
    coalesce(known.is_disputed, false) as is_reference_disputed,
    peer.value_micro as peer_micro
from compared
left join known on known.series_no = compared.series_no and known.period_end = compared.period_end
full join peer on peer.row_no = compared.row_no
