-- one row per group of series, method and origin month, and one for all months (month null). Each series
-- counts once, but for the width, which is the median over all forecasts, and for the columns `_alike`, where
-- each forecast counts once. Error and width in per cent of the actual, for growth in percentage points.
with made as (

    select * from backtest_made

),

missed as (

    select
        made.series_id,
        member.scored_in,
        made.method,
        made.month,
        case member.scored_in when 'growth' then 1 else abs(made.actual) / 100 end as unit,
        abs(made.forecast - made.actual) / nullif(unit, 0) as error,
        (made.actual between made.low and made.high)::integer as is_inside,
        (made.high - made.low) / nullif(unit, 0) as width,
        (made.probability - (made.actual >= made.target)::integer) ** 2 as brier
    from made
    inner join backtest_group_member as member using (series_id)

),

each as (

    select
        scored_in,
        method,
        month,
        series_id,
        count(error) as n_forecasts,
        avg(error) as error,
        avg(is_inside) as coverage,
        avg(brier) as brier
    from missed
    group by grouping sets ((scored_in, method, series_id, month), (scored_in, method, series_id))

),

alike as (

    select
        scored_in,
        method,
        month,
        median(width) as width,
        avg(is_inside) as coverage,
        avg(brier) as brier
    from missed
    group by grouping sets ((scored_in, method, month), (scored_in, method))

)

select
    each.scored_in,
    each.method,
    each.month,
    count(*) as n_series,
    sum(each.n_forecasts)::bigint as n_forecasts,
    avg(each.error) as error,
    avg(each.coverage) as coverage,
    any_value(alike.width) as width,
    avg(each.brier) as brier,
    any_value(alike.coverage) as coverage_alike,
    any_value(alike.brier) as brier_alike
from each
inner join alike
    on
        each.scored_in = alike.scored_in
        and each.method = alike.method
        and each.month is not distinct from alike.month
group by each.scored_in, each.method, each.month
order by each.scored_in, each.method, each.month nulls last
