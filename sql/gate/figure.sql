-- one row per figure of a candidate row or of an earlier delivery: its series and month as whole numbers
with deliveries as (
    select * from place
),

earlier as (
    select
        delivery_id, region, indicator, measure, basis, period_end, value, bound,
        power(10, -length(rtrim(split_part(value::varchar, '.', 2), '0'))) as rounding_step
    from past
),

together as (  -- what one delivery says of a key; a check may look at a delivery that is known already
    select * from candidate
    union all by name
    select * from earlier
    semi join candidate using (delivery_id)
),

told as (
    select
        *,
        count(distinct concat(value, bound)) over same_key as values_of_key,
        row_number() over (
            partition by delivery_id, region, indicator, measure, basis, period_end, value, bound
            order by source_sheet, source_row, source_column, row_id
        ) as copy_number
    from together
    window same_key as (partition by delivery_id, region, indicator, measure, basis, period_end)
),

figures as (
    select
        row_id, delivery_id, region, indicator, measure, basis, period_end, value, bound, rounding_step,
        values_of_key, copy_number
    from told
    union all by name
    select *, 1 as values_of_key, 1 as copy_number
    from earlier
    anti join candidate using (delivery_id)
)

select
    figures.row_id,
    deliveries.place,
    figures.delivery_id,
    figures.region,
    figures.indicator,
    figures.measure,
    figures.basis,
    dense_rank() over (order by region, indicator, measure, basis) as series,
    dense_rank() over (order by region, indicator) as family,
    year(period_end) * 12 + month(period_end) as months,
    month(period_end) as month_of_year,
    figures.period_end,
    figures.value,
    coalesce(figures.bound, '') as bound,
    figures.rounding_step,
    -- a cumulative total for each month of its year, so that months can be compared
    value::double / case when basis = 'ytd' and measure = 'total' then month(period_end) else 1 end as pace,
    figures.values_of_key,
    figures.copy_number
from figures
inner join deliveries on deliveries.delivery_id = figures.delivery_id
