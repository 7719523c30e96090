-- one row per figure that others may be compared with: told once in its delivery, with one value or the one
-- that a person released; `stands_early` and `stands` say whether the rules so far leave it standing among
-- its own and for later ones; only of the regions and indicators in focus
with figures as (
    select * from figure
    semi join focus on focus.family = figure.family
),

verdicts as (
    select * from verdict
)

select
    figures.* exclude (values_of_key, copy_number),
    coalesce(not verdicts.is_out_early, true) as stands_early,
    coalesce(not verdicts.is_out, true) as stands
from figures
left join verdicts on verdicts.row_id = figures.row_id
where (figures.copy_number = 1 and figures.values_of_key = 1) or verdicts.is_released
