-- one row per candidate with an identity to hold: cumulative = cumulative before + the period's own figure
-- (`sum_gap`, a share of the cumulative figure, beyond rounding); growth against the levels (`growth_gap`)
with figures as (
    select * from related
),

candidates as (
    select *, month(period_end) as month_of_year from asked
),

parts as (
    select
        candidates.*,
        figures.* exclude (row_id),
        if(candidates.basis = 'ytd', candidates.value, figures.whole) as sum_whole,
        case
            when candidates.basis in ('month', 'quarter') then candidates.value
            when month_part is not null and (before_month is not null or month_of_year = 1)
                then month_part
            else quarter_part
        end as sum_part,
        case
            when month_of_year = 1 then 0
            when candidates.basis = 'month' then before_month
            when candidates.basis = 'ytd' and month_part is not null and before_month is not null
                then before_month
            when month_of_year = 3 then 0
            else before_quarter
        end as sum_before
    from candidates
    inner join figures on figures.row_id = candidates.row_id
),

gaps as (
    select
        *,
        case
            when measure = 'total'
                then
                    abs(sum_whole - sum_before - sum_part)::double - coalesce(rounding, 0) - rounding_step / 2
        end as off_by,
        if(measure = 'growth', rounding_step / 2, 0) as growth_rounding,
        (if(measure = 'growth', level, value)::double / nullif(last_year, 0)::double - 1)
        * 100 as implied_growth,
        if(measure = 'growth', value, growth) as published_growth
    from parts
)

select
    row_id,
    if(measure = 'total', sum_whole, null) as sum_whole,
    sum_before,
    sum_part,
    if(off_by is null, null, greatest(off_by, 0) / nullif(abs(sum_whole), 0)::double) as sum_gap,
    if(last_year > 0, implied_growth, null) as implied_growth,
    published_growth,
    if(last_year > 0, abs(published_growth::double - implied_growth) - growth_rounding, null) as growth_gap
from gaps
