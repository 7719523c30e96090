-- one row per candidate and figure it is comparable with: the same month up to three years away, or at most a
-- year away; what earlier deliveries said (of the same period too), and what else its own delivery says
with figures as (
    select * from standing
    where bound = ''
),

earlier as (  -- a figure told again adds nothing
    select series, months, value, min(place) as place, any_value(period_end) as period_end
    from figures
    where stands
    group by series, months, value
),

candidates as (
    select figure.*, candidate.is_whole
    from figure
    inner join focus on focus.row_id = figure.row_id
    inner join candidate on candidate.row_id = figure.row_id
),

pairs as (
    select
        candidates.*, true as is_earlier, earlier.months - candidates.months as months_apart,
        earlier.value as other,
        earlier.period_end as other_end,
        earlier.place as other_place
    from candidates
    inner join earlier on earlier.series = candidates.series and earlier.place < candidates.place
    union all
    select
        candidates.*, false as is_earlier, figures.months - candidates.months as months_apart,
        figures.value as other,
        figures.period_end as other_end,
        figures.place as other_place
    from candidates
    inner join figures on figures.series = candidates.series and figures.place = candidates.place
    where figures.months <> candidates.months
),

near as (  -- a cumulative total is divided by the months of its year, so that months can be compared
    select
        *,
        basis = 'ytd' and measure = 'total' as is_cumulative,
        value::double / if(is_cumulative, month(period_end), 1) as pace,
        other::double / if(is_cumulative, month(other_end), 1) as other_pace
    from pairs
    where abs(months_apart) <= 12 or abs(months_apart) in (24, 36)
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
    )::bigint * 100000000 - other_place as remoteness,
    bound,
    measure,
    abs(value - other)::double as difference,
    case
        when is_whole and greatest(abs(value), abs(other)) < 20 then 0  -- small counts may do anything
        when other = 0 then if(value = 0, 0, null)
        when value = 0 then -99
        else log10(abs(pace) / abs(other_pace))
    end as power
from near
