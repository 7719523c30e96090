-- one row per candidate and figure it is comparable with: the same month up to three years away, or at most a
-- year away; what earlier deliveries said (of the same period too), and what else its own delivery says
with figures as (
    select
        *,
        value::double / case when basis = 'ytd' and measure = 'total' then month_of_year else 1 end as pace
    from standing_figure
    where bound = ''
),

earlier as (  -- a figure told again adds nothing
    select series, months, period_end, value, pace, min(place) as place
    from figures
    where stands
    group by all
),

candidates as (
    select
        figure.row_id, figure.place, figure.series, figure.months, figure.value, figure.bound, figure.measure,
        subject.is_whole,
        figure.value::double
        / case when figure.basis = 'ytd' and figure.measure = 'total' then figure.month_of_year else 1 end as pace
    from figure
    inner join focus on focus.row_id = figure.row_id
    left join subject on subject.indicator = figure.indicator
),

pairs as (
    select
        candidates.*, true as is_earlier, earlier.value as other, earlier.pace as other_pace,
        earlier.period_end as other_end, earlier.months - candidates.months as months_apart
    from candidates
    inner join earlier on earlier.series = candidates.series and earlier.place < candidates.place
    union all
    select
        candidates.*, false as is_earlier, figures.value as other, figures.pace as other_pace,
        figures.period_end as other_end, figures.months - candidates.months as months_apart
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
    -- which one a person would look at first: the same period, the same month of another year, the nearest
    case when months_apart in (0, 12, 24, 36, -12, -24, -36) then abs(months_apart) / 12 else 10 + abs(months_apart) end
    + if(is_earlier, 0, 100) as remoteness,
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
