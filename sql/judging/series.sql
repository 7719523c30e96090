-- one row per region, indicator, measure and basis whose figures judging looks at, under a short number;
-- `since` is the first day from which single figures of it are looked at, not only those of whole years
with target as (
    select
        judge_target.*,
        case
            when pattern in ('level', 'change') then make_date(judge_target.year - 1, 1, 1)
            else span_start
        end as own_since
    from judge_target
    semi join judge_candidate using (target_id)
),

needed as (
    select region, indicator, measure, basis, own_since as since from target
    union all
    select parent, indicator, measure, basis, span_start as since from target
    where parent is not null
    union all
    select region, indicator, 'total' as measure, 'ytd' as basis, span_start as since from target
    where kind = 'growth'
    union all
    select region, proxy as indicator, 'total' as measure, 'ytd' as basis, span_start as since from target
    where kind = 'growth' and proxy is not null
    union all
    select referred.region, referred.indicator, referred.measure, referred.basis, target.span_start as since
    from target
    inner join judge_target as referred on referred.target_id = target.reference_target
)

select
    row_number() over ()::integer as series_no,
    region,
    indicator,
    measure,
    basis,
    min(since) as since
from needed
group by region, indicator, measure, basis
