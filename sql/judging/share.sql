-- one row per target of a total and judged period with earlier years: the mean share, in millionths, that
-- up to three complete typical earlier years had reached by the same month, and those years
with scope as (
    select * from judge_scope
    where pattern = 'total' and basis = 'ytd' and months_total <= 12
),

target_row as (
    select
        judge_row.row_no,
        judge_row.months_elapsed,
        scope.series_no,
        scope.year,
        scope.months_total,
        scope.atypical_years
    from judge_row
    inner join scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null
),

newest_years as (
    select
        target_row.row_no,
        max({ 'year': past.year, 'part': past.value_micro, 'whole': past.final_micro }, 3) as years
    from target_row
    inner join judge_past as past
        on
            past.series_no = target_row.series_no
            and past.final_month = target_row.months_total
            and past.month = target_row.months_elapsed
            and past.year < target_row.year
    where not list_contains(target_row.atypical_years, past.year::text)
    group by target_row.row_no
),

summed as (
    select
        row_no,
        years,
        list_sum(
            list_transform(years, lambda y: half_up(y.part * 1000000000000::hugeint, y.whole))
        )::hugeint as shares
    from newest_years
)

select
    row_no,
    half_up(shares, 1000000::hugeint * len(years)) as share_micro,
    years
from summed
