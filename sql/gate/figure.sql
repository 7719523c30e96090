-- one row per figure of a candidate row or of an earlier delivery: its place, series and month as whole numbers
with here as (
    select sent.delivery, place.place
    from sent
    inner join place on place.delivery_id = sent.delivery_id
),

before as (
    select past_delivery.delivery, place.place
    from past_delivery
    inner join place on place.delivery_id = past_delivery.delivery_id
),

told as (
    select candidate.*, here.place
    from candidate
    inner join here on here.delivery = candidate.delivery
),

earlier as (
    select past.*, before.place
    from past
    inner join before on before.delivery = past.delivery
),

together as (  -- what one delivery says; a check may look at a delivery that is known already
    select * from told
    union all by name
    select * from earlier
    semi join here on here.place = earlier.place
),

crowded as (
    select place, family, measure, basis, period_end
    from together
    group by all
    having count(*) > 1
),

counted as (  -- windows cost more than all the rest, so only where a key is told twice
    select
        *,
        count(distinct concat(value, bound)) over same_key as values_of_key,
        row_number() over (
            partition by place, family, measure, basis, period_end, value, bound
            order by source_sheet, source_row, source_column, row_id
        ) as copy_number
    from together
    semi join crowded using (place, family, measure, basis, period_end)
    window same_key as (partition by place, family, measure, basis, period_end)
),

figures as (
    select * from counted
    union all by name
    select *, 1 as values_of_key, 1 as copy_number
    from together
    anti join crowded using (place, family, measure, basis, period_end)
    union all by name
    select *, 1 as values_of_key, 1 as copy_number
    from earlier
    anti join here on here.place = earlier.place
)

select
    figures.row_id,
    figures.place::integer as place,
    figures.family,
    figures.family * 32 + kind.code as series,
    figures.measure,
    figures.basis,
    (year(figures.period_end) * 12 + month(figures.period_end))::integer as months,
    figures.period_end,
    figures.value,
    coalesce(figures.bound, '') as bound,
    figures.rounding_step,
    figures.values_of_key::integer as values_of_key,
    figures.copy_number::integer as copy_number
from figures
inner join kind on kind.measure = figures.measure and kind.basis = figures.basis
