-- one row per series and period that is looked at by itself: the figure that counts, in millionths; where it
-- is disputed the lowest and the highest of the figures that rank the same. Only what was sent more than once
-- has to be ranked
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
        same_rank as (partition by series_no, period_end, strength)
    qualify row_number() over (
        partition by series_no, period_end
        order by strength desc, sha256 desc, delivery_id desc
    ) = 1
),

counted as (
    select
        *,
        value as value_low,
        value as value_high,
        false as is_restated,
        false as is_disputed,
        false as has_rival_bound
    from once
    union all by name
    select * from strongest
)

select
    series_no,
    period_end,
    micro(value) as value_micro,
    micro(case when is_disputed then value_low else value end) as low_micro,
    micro(case when is_disputed then value_high else value end) as high_micro,
    bound,
    is_disputed,
    has_rival_bound,
    is_restated,
    provenance,
    finality,
    strength,
    delivery_id,
    source_sheet,
    source_row,
    source_column
from counted
