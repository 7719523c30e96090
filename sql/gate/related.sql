-- one row per candidate and identity: of each figure that it needs the one that its own delivery gives, else
-- the newest of earlier ones
with needs as (
    select * from need
),

found as (
    select
        needs.row_id,
        needs.role,
        max(struct_pack(
            place := figures.place, value := figures.value, step := figures.rounding_step
        )) as newest
    from needs
    inner join standing_figure as figures
        on
            figures.series = needs.series
            and figures.months = needs.months
            and (
                figures.place < needs.place and figures.stands
                or figures.place = needs.place and figures.stands_early and needs.from_own
            )
    group by needs.row_id, needs.role
)

select
    row_id,
    max(newest.value) filter (role = 'whole') as whole,
    max(newest.value) filter (role = 'month_part') as month_part,
    max(newest.value) filter (role = 'before_month') as before_month,
    max(newest.value) filter (role = 'quarter_part') as quarter_part,
    max(newest.value) filter (role = 'before_quarter') as before_quarter,
    max(newest.value) filter (role = 'level') as level,
    max(newest.value) filter (role = 'last_year') as last_year,
    max(newest.value) filter (role = 'growth') as growth,
    sum(
        coalesce(newest.step, power(10, -length(rtrim(split_part(newest.value::varchar, '.', 2), '0'))))
    ) filter (role not in ('level', 'last_year', 'growth')) / 2 as rounding
from found
group by row_id
