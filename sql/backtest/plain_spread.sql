-- one row per plain method, year and month: the tenth and ninetieth percentile of its errors in earlier years
-- at that month, all series together, so that plain methods too get an interval and a probability
with plain as (

    select * from backtest_plain

),

cutoff as (

    select distinct
        method,
        year,
        month
    from plain

)

select
    cutoff.method,
    cutoff.year,
    cutoff.month,
    least(quantile_cont(earlier.error, 0.1), -0.001) as low,
    greatest(quantile_cont(earlier.error, 0.9), 0.001) as high
from cutoff
inner join plain as earlier
    on cutoff.method = earlier.method and cutoff.month = earlier.month and cutoff.year > earlier.year
where earlier.error is not null
group by cutoff.method, cutoff.year, cutoff.month
