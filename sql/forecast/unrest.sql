-- one row per series and year with whole months in it and in the year before: how far the growth of single
-- months (April to December, natural logarithms) strayed from the year's mean growth
with years as (

    select
        series_id,
        year,
        value
    from forecast_year
    where family = 'flow' and value[12] is not null

),

growth as (

    select
        years.series_id,
        years.year,
        [
            ln(least(greatest(
                (years.value[k] - years.value[k - 1]) / (before.value[k] - before.value[k - 1]),
                exp(-1)
            ), exp(1)))
            for k in range(4, 13)
            if before.value[k] > before.value[k - 1] and years.value[k] - years.value[k - 1] is not null
        ] as monthly
    from years
    inner join years as before on years.series_id = before.series_id and years.year = before.year + 1

)

select
    series_id,
    year,
    list_avg([abs(rate - list_avg(monthly)) for rate in monthly]) as unrest
from growth
where len(monthly) >= 3
