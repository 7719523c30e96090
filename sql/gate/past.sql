-- one row per figure that stands and that the candidates can be compared with: loaded or released, from a
-- delivery that is visible, not withdrawn and does not itself arrive now
with bounds as (  -- of all that is wanted, so that most figures fall before anything is joined
    select
        min(earliest) as earliest,
        max(latest) as latest,
        min(near) as near,
        min(month_of_year) as first_month,
        max(month_of_year) as last_month
    from wanted
),

known as (
    select delivery_id, region, indicator, measure, basis, period_end, value, bound
    from main.observation
    union all
    select delivery_id, region, indicator, measure, basis, period_end, value, bound
    from staging.released
),

figures as (
    select * from known
    where
        period_end between (select earliest from bounds) and (select latest from bounds)
        and (
            period_end >= (select near from bounds)
            or month(period_end) between (select first_month from bounds) and (select last_month from bounds)
        )
)

select
    past_delivery.delivery,
    wanted.family,
    figures.measure,
    figures.basis,
    figures.period_end,
    figures.value,
    figures.bound
from figures
inner join wanted on wanted.region = figures.region and wanted.indicator = figures.indicator
inner join past_delivery on past_delivery.delivery_id = figures.delivery_id
where
    figures.period_end between wanted.earliest and wanted.latest
    and (figures.period_end >= wanted.near or month(figures.period_end) = wanted.month_of_year)
