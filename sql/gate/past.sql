-- one row per figure that stands and that the candidates can be compared with: loaded or released, from a
-- delivery that is visible, not withdrawn and does not itself arrive now
with known as (
    select delivery_id, region, indicator, measure, basis, period_end, value, bound
    from main.observation
    union all
    select delivery_id, region, indicator, measure, basis, period_end, value, bound
    from staging.released
),

figures as (
    select * from known
    semi join period using (period_end)
)

select
    past_delivery.delivery,
    wanted.family * 32 + kind.code as series,
    figures.period_end,
    figures.value,
    figures.bound
from figures
inner join wanted on wanted.region = figures.region and wanted.indicator = figures.indicator
inner join kind on kind.measure = figures.measure and kind.basis = figures.basis
inner join past_delivery on past_delivery.delivery_id = figures.delivery_id
where
    figures.period_end between wanted.earliest and wanted.latest
    and (figures.period_end >= wanted.near or month(figures.period_end) = wanted.month_of_year)
