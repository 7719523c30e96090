-- one row per figure that others may be compared with: no bound, told once in its delivery, with one value or the
-- one that a person released; `stands_early` and `stands` say whether the rules so far leave it standing among
-- its own and for later ones; only of the regions and indicators in focus
with told as (
    select
        figure.place,
        figure.series,
        figure.months,
        figure.period_end,
        figure.value,
        figure.rounding_step,
        coalesce(not verdict.is_out_early, true) as stands_early,
        coalesce(not verdict.is_out, true) as stands
    from figure
    left join verdict on verdict.row_id = figure.row_id
    where
        figure.bound = ''
        and ((figure.copy_number = 1 and figure.values_of_key = 1) or verdict.is_released)
),

before as (
    select
        past_delivery.delivery,
        place.place
    from past_delivery
    inner join place on place.delivery_id = past_delivery.delivery_id
    anti join sent on sent.delivery_id = past_delivery.delivery_id
),

earlier as (
    select
        before.place,
        past.series,
        (year(past.period_end) * 12 + month(past.period_end))::integer as months,
        past.period_end,
        past.value,
        true as stands_early,
        true as stands
    from past
    inner join before on before.delivery = past.delivery
    where coalesce(past.bound, '') = ''
),

figures as (
    select * from told
    union all by name
    select * from earlier
)

select * from figures
semi join focus on focus.family = figures.series // 32
