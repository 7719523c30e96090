-- one row per target with its newest figure: the mean share of three earlier years, the gap to it, no rule applied
create or replace temp table plain_gaps as
with newest as (
    select region, indicator, measure, value, period_end
    from observation
    where period_end = (select max(period_end) from observation)
),

year_end as (
    select region, indicator, year(period_end) as year, value
    from observation
    where month(period_end) = 12
),

share as (
    select
        figure.region,
        figure.indicator,
        avg(figure.value / year_end.value) as share
    from observation as figure
    inner join newest
        on newest.region = figure.region
        and newest.indicator = figure.indicator
        and month(newest.period_end) = month(figure.period_end)
    inner join year_end
        on year_end.region = figure.region
        and year_end.indicator = figure.indicator
        and year_end.year = year(figure.period_end)
    group by all
)

select
    target.target_id,
    newest.value,
    share.share,
    target.target_value * share.share as expected,
    if(target.measure = 'growth', newest.value - target.target_value, newest.value - target.target_value * share.share)
        as gap
from book_target as target
inner join newest
    on newest.region = target.region and newest.indicator = target.indicator and newest.measure = target.measure
left join share on share.region = target.region and share.indicator = target.indicator
