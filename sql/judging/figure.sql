-- one row per figure that is looked at by itself: of a period that targets are judged or compared in, or of
-- a contested year
with contested as (
    select series_no, year from judge_gathered
    where is_contested
)

select
    series.series_no,
    shown.period_end,
    shown.value,
    nullif(shown.bound, '') as bound,
    shown.source_sheet,
    shown.source_row,
    shown.source_column,
    sender.delivery_id,
    sender.provenance,
    sender.finality,
    sender.received,
    sender.sha256,
    sender.strength,
    sender.file
from staging.shown as shown
inner join judge_series as series
    on
        series.region = shown.region
        and series.indicator = shown.indicator
        and series.measure = shown.measure
        and series.basis = shown.basis
inner join judge_sender as sender on sender.delivery_id = shown.delivery_id
left join contested
    on contested.series_no = series.series_no and contested.year = year(shown.period_end)
where shown.period_end >= series.since or contested.series_no is not null
