-- one row per region, indicator and month of the made-up country: 40 cumulative totals and 10 growth rates a region,
-- smooth enough to pass the gate, no two regions alike; `month_number` counts months since year 0
with region as (
    select
        number::integer as region_number,
        (110000 + number)::text as region
    from range($regions) as numbers (number)
),

indicator as (
    select
        number::integer as indicator_number,
        format('made_up_{:02d}', number + 1) as indicator,
        number >= 40 as is_growth
    from range(50) as numbers (number)
),

month as (
    select
        month_number,
        month_number // 12 as year,
        month_number % 12 + 1 as month
    from range($first_month, $last_month + 1) as numbers (month_number)
),

figure as (
    select
        *,
        100 + (region_number * 31 + indicator_number * 17) % 400 as size,
        (region_number * 7 + indicator_number * 13 + month * 5 + year * 3) % 11 - 5 as wobble
    from region
    cross join indicator
    cross join month
)

select
    region_number,
    region,
    indicator_number,
    indicator,
    if(is_growth, 'growth', 'total') as measure,
    last_day(make_date(year, month, 1)) as period_end,
    case
        when is_growth then 5 + (region_number + indicator_number) % 4 + wobble / 10.0
        else round(size * (1 + 0.06 * (year - 2020)) * (month * 100 + wobble) / 1200, 2)
    end::decimal(20, 6) as value,
    if(is_growth, '%', '亿元') as unit
from figure
