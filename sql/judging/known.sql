-- one row per series and period: the figure that counts, in millionths; where it is disputed the lowest
-- and the highest of the figures that rank the same. Only what was sent more than once has to be ranked
with figure as (
    select * from judge_figure
),

contested as (
    select series_no, period_end from figure
    group by series_no, period_end
    having count(*) > 1
),

once as (
    select * from figure
    anti join contested using (series_no, period_end)
),

often as (
    select * from figure
    semi join contested using (series_no, period_end)
),

strongest as (
    select
        *,
        count(distinct value) over same_key > 1 as is_restated,
        count(distinct row(value, coalesce(bound, ''))) over same_rank > 1 as is_disputed,
        min(value) over same_rank as value_low,
        max(value) over same_rank as value_high,
        bool_or(coalesce(bound, '') <> '') over same_rank as has_rival_bound
    from often
    window
        same_key as (partition by series_no, period_end),
        same_rank as (partition by series_no, period_end, provenance_rank, finality_rank, received)
    qualify row_number() over (
        partition by series_no, period_end
        order by provenance_rank desc, finality_rank desc, received desc, sha256 desc, delivery_id desc
    ) = 1
),

counted as (
    select
        * exclude (value),
        micro(value) as value_micro,
        null::hugeint as value_low,
        null::hugeint as value_high,
        false as is_restated,
        false as is_disputed,
        false as has_rival_bound
    from once
    union all by name
    select
        * exclude (value) replace (micro(value_low) as value_low, micro(value_high) as value_high),
        micro(value) as value_micro
    from strongest
)

select
    series_no,
    period_end,
    value_micro,
    case when is_disputed then value_low else value_micro end as low_micro,
    case when is_disputed then value_high else value_micro end as high_micro,
    nullif(bound, '') as bound,
    is_disputed,
    has_rival_bound,
    is_restated,
    provenance,
    finality,
    delivery_id,
    source_sheet,
    source_row,
    source_column
from counted
