-- one row per candidate and role: the figure that its own delivery gives, else the newest of earlier ones
with needs as (
    select * from need
),

figures as (
    select * from standing_figure
    where bound = ''
),

standing as (
    select * from figures
    where stands
),

own as (
    select needs.row_id, needs.role, figures.value, figures.rounding_step
    from needs
    inner join figures using (place, family, measure, basis, months)
    where needs.from_own and figures.stands_early
),

earlier as (
    select needs.row_id, needs.role, figures.value, figures.rounding_step
    from needs
    asof join standing as figures
        on
            needs.family = figures.family
            and needs.measure = figures.measure
            and needs.basis = figures.basis
            and needs.months = figures.months
            and needs.place > figures.place
),

found as (
    select * from own
    union all
    select * from earlier
    anti join own using (row_id, role)
)

select
    row_id,
    max(value) filter (role = 'whole') as whole,
    max(value) filter (role = 'month_part') as month_part,
    max(value) filter (role = 'before_month') as before_month,
    max(value) filter (role = 'quarter_part') as quarter_part,
    max(value) filter (role = 'before_quarter') as before_quarter,
    max(value) filter (role = 'level') as level,
    max(value) filter (role = 'last_year') as last_year,
    max(value) filter (role = 'growth') as growth,
    sum(rounding_step) filter (role not in ('level', 'last_year', 'growth')) / 2 as rounding
from found
group by row_id
