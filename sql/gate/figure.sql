-- one row per figure that the deliveries at hand tell, candidate or not (a check may look at a delivery that is
-- known already): its place, series and month as whole numbers, and how often its key is told
with here as (
    select
        sent.delivery,
        place.place
    from sent
    inner join place on place.delivery_id = sent.delivery_id
),

before as (
    select
        past_delivery.delivery,
        place.place
    from past_delivery
    inner join place on place.delivery_id = past_delivery.delivery_id
    semi join here on here.place = place.place
),

together as (
    select
        candidate.row_id,
        here.place,
        candidate.series,
        candidate.period_end,
        candidate.value,
        candidate.bound,
        candidate.rounding_step,
        candidate.source_sheet,
        candidate.source_row,
        candidate.source_column
    from candidate
    inner join here on here.delivery = candidate.delivery
    union all by name
    select
        before.place,
        past.series,
        past.period_end,
        past.value,
        past.bound
    from past
    inner join before on before.delivery = past.delivery
),

crowded as (
    select
        place,
        series,
        period_end
    from together
    group by place, series, period_end
    having count(*) > 1
),

figures as (  -- windows cost more than all the rest, so only where a key is told twice
    select
        *,
        count(distinct concat(value, bound)) over same_key as values_of_key,
        row_number() over (
            partition by place, series, period_end, value, bound
            order by source_sheet, source_row, source_column, row_id
        ) as copy_number
    from together
    semi join crowded using (place, series, period_end)
    window same_key as (partition by place, series, period_end)
    union all by name
    select
        *,
        1 as values_of_key,
        1 as copy_number
    from together
    anti join crowded using (place, series, period_end)
)

select
    row_id,
    place,
    series,
    (year(period_end) * 12 + month(period_end))::integer as months,
    period_end,
    value,
    coalesce(bound, '') as bound,
    rounding_step,
    values_of_key::integer as values_of_key,
    copy_number::integer as copy_number
from figures
