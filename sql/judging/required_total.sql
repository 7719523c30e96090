-- one row per open row of a total or level to be reached: what the rest must bring, against last year's
-- rest, against the rests of up to three complete typical earlier years, and against the days that are
-- left
with open_row as (
    select * from judge_open_row
    where pattern in ('total', 'level')
),

share as (
    select row_no, unnest(years) as earlier from judge_share
),

rests as (
    select
        open_row.row_no,
        count(*) as demanding_of,
        count(*) filter (where share.earlier.whole - share.earlier.part >= open_row.required_micro)
            as demanding_years
    from open_row
    inner join share on share.row_no = open_row.row_no
    group by open_row.row_no
),

last_year as (
    select
        open_row.row_no,
        past.final_micro - past.value_micro as rest_micro
    from open_row
    inner join judge_past as past
        on
            past.series_no = open_row.series_no
            and past.year = open_row.year - 1
            and past.final_month = open_row.months_total
            and past.month = open_row.months_elapsed
    where open_row.pattern = 'total' and past.final_micro > past.value_micro
)

select
    open_row.row_no,
    open_row.required_micro,
    case when open_row.periods_after > 0 then half_up(open_row.required_micro, open_row.periods_after) end
        as per_period_micro,
    case
        when open_row.required_micro > 0
            then half_up((open_row.required_micro - last_year.rest_micro) * 100000000, last_year.rest_micro)
    end as growth_micro,
    case
        when open_row.pattern <> 'total' or open_row.required_micro = 0 then null
        when last_year.row_no is not null then 'exact'
        else 'unknown'
    end as required_basis,
    case when open_row.required_micro > 0 then rests.demanding_years end as demanding_years,
    case when open_row.required_micro > 0 then rests.demanding_of end as demanding_of,
    case when open_row.capacity = 'days_in_year' then open_row.final_period - open_row.period_end end
        as capacity_left
from open_row
left join rests on rests.row_no = open_row.row_no
left join last_year on last_year.row_no = open_row.row_no
