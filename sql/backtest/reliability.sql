-- one row per tenth of probability: how often the target was reached when we said so much
with said as (

    select
        probability,
        (actual >= target)::integer as is_reached
    from backtest_made
    where method = 'ours' and probability is not null

)

select
    least(floor(probability * 10), 9)::integer as tenth,
    count(*) as n_forecasts,
    avg(probability) as said,
    avg(is_reached) as happened
from said
group by tenth
order by tenth
