-- one row per series and period: the figure that counts, in millionths; where it is disputed the lowest and the
-- highest of the figures that rank the same
with series as (
    select * from judge_series
),

vintage as (
    select * from staging.vintage
),

strongest as (
    select
        series.series_no,
        vintage.*,
        count(distinct vintage.value) over same_key > 1 as is_restated,
        min(vintage.value) over same_rank as value_low,
        max(vintage.value) over same_rank as value_high,
        bool_or(coalesce(vintage.bound, '') <> '') over same_rank as has_rival_bound
    from vintage
    inner join series
        on series.region = vintage.region
        and series.indicator = vintage.indicator
        and series.measure = vintage.measure
        and series.basis = vintage.basis
    window
        same_key as (partition by series.series_no, vintage.period_end),
        same_rank as (
            partition by
                series.series_no, vintage.period_end, vintage.provenance_rank, vintage.finality_rank,
                vintage.received
        )
    qualify vintage.is_counted
)

select
    series_no,
    period_end,
    micro(value) as value_micro,
    micro(case when is_disputed then value_low else value end) as low_micro,
    micro(case when is_disputed then value_high else value end) as high_micro,
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
from strongest
