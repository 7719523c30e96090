-- one row per figure of a needed series and period, under the series' number
with series as (
    select * from judge_series
),

period as (
    select * from judge_period
)

select
    series.series_no,
    figure.period_end,
    figure.value,
    figure.bound,
    figure.provenance,
    figure.finality,
    figure.provenance_rank,
    figure.finality_rank,
    figure.received,
    figure.sha256,
    figure.delivery_id,
    figure.source_sheet,
    figure.source_row,
    figure.source_column
from staging.figure as figure
inner join period on period.period_end = figure.period_end
inner join series
    on
        series.region = figure.region
        and series.indicator = figure.indicator
        and series.measure = figure.measure
        and series.basis = figure.basis
