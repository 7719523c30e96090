-- one row per figure that is looked at by itself: of a period that targets are judged or compared in, or of
-- a contested year. Apart, because millions of figures are of neither: days are told where they are read, and
-- where nothing is contested nothing more is read
with newest as (
    select
        series.series_no,
        shown.*
    from staging.shown as shown
    inner join judge_series as series
        on
            series.region = shown.region
            and series.indicator = shown.indicator
            and series.measure = shown.measure
            and series.basis = shown.basis
    where
        shown.period_end >= (select min(judge_series.since) from judge_series)
        and shown.period_end >= series.since
),

contested as (
    select
        series.*,
        gathered.year
    from judge_gathered as gathered
    inner join judge_series as series on series.series_no = gathered.series_no
    where gathered.is_contested
),

older as (
    select
        contested.series_no,
        shown.*
    from staging.shown as shown
    inner join contested
        on
            contested.region = shown.region
            and contested.indicator = shown.indicator
            and contested.measure = shown.measure
            and contested.basis = shown.basis
            and contested.year = year(shown.period_end)
    where shown.period_end < contested.since
),

figure as (
    select * from newest
    union all
    select * from older
)

select
    figure.series_no,
    figure.period_end,
    figure.value,
    nullif(figure.bound, '') as bound,
    figure.source_sheet,
    figure.source_row,
    figure.source_column,
    sender.delivery_id,
    sender.provenance,
    sender.finality,
    sender.received,
    sender.sha256,
    sender.strength,
    sender.file
from figure
inner join judge_sender as sender on sender.delivery_id = figure.delivery_id
