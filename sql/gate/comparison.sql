-- one row per candidate and figure it is comparable with: the same month up to three years away, or at most a
-- year away; what earlier deliveries said (of the same period too), and what else its own delivery says
with figures as (
    select * from standing_figure
    where bound = ''
),

earlier as (  -- a figure told again adds nothing
    select series, months, period_end, value, pace, min(place) as place
    from figures
    where stands
    group by all
),

candidates as (
    select figure.*, subject.is_whole
    from figure
    inner join focus on focus.row_id = figure.row_id
    left join subject on subject.indicator = figure.indicator
),

pairs as (
    select
        candidates.*, true as is_earlier, earlier.months - candidates.months as months_apart,
        earlier.value as other,
        earlier.pace as other_pace,
        earlier.period_end as other_end,
        earlier.place as other_place
    from candidates
    inner join earlier on earlier.series = candidates.series and earlier.place < candidates.place
    union all
    select
        candidates.*, false as is_earlier, figures.months - candidates.months as months_apart,
        figures.value as other,
        figures.pace as other_pace,
        figures.period_end as other_end,
        figures.place as other_place
    from candidates
    inner join figures on figures.series = candidates.series and figures.place = candidates.place
    where figures.months <> candidates.months
)

select
    row_id,
    is_earlier,
    other,
    other_pace,
    other_end,
    -- which one a person would look at first: the same period, the same month of another year, the nearest;
    -- of two as near the earlier, of two vintages the newer
    (
        if(months_apart % 12 = 0, abs(months_apart) // 12, 10 + abs(months_apart)) * 4
        + if(is_earlier, 0, 1000) + if(months_apart > 0, 1, 0)
    ) * 100000000 - other_place as remoteness,
    bound,
    measure,
    abs(value - other)::double as difference,
    case
        when is_whole and greatest(abs(value), abs(other)) < 20 then 0  -- small counts may do anything
        when other = 0 then if(value = 0, 0, null)
        when value = 0 then -99
        else log10(abs(pace) / abs(other_pace))
    end as power
from pairs
where abs(months_apart) <= 12 or abs(months_apart) in (24, 36)
