-- one row per cumulative candidate: the figure before it in its year, and one after it that came earlier
with figures as (
    select *, months - month(period_end) as year_before from standing_figure
),

candidates as (
    select *, months - month(period_end) as year_before from asked
    where bound = '' and basis = 'ytd' and measure = 'total'
),

pairs as (
    select
        candidates.row_id,
        figures.value,
        figures.period_end,
        figures.months - candidates.months as months_apart,
        figures.place,
        figures.place < candidates.place as is_earlier
    from candidates
    inner join figures
        on
            figures.series = candidates.series
            and figures.year_before = candidates.year_before
            and figures.months <> candidates.months
            and (
                figures.place < candidates.place and figures.stands
                or figures.place = candidates.place and figures.stands_early
            )
)

select
    row_id,
    arg_max(value, months_apart * 100000000 + place) filter (months_apart < 0) as previous_value,
    arg_max(period_end, months_apart * 100000000 + place) filter (months_apart < 0) as previous_end,
    arg_min(value, months_apart * 100000000 - place) filter (months_apart > 0 and is_earlier) as next_value,
    arg_min(period_end, months_apart * 100000000 - place) filter (months_apart > 0 and is_earlier) as next_end
from pairs
group by row_id
