-- one row per candidate and figure it is comparable with: the same month up to three years away, or at most a
-- year away; what earlier deliveries said (of the same period too), and what else its own delivery says
with pairs as (
    select
        asked.*,
        other.place < asked.place as is_earlier,
        other.months - asked.months as months_apart,
        other.value as other,
        other.period_end as other_end,
        other.place as other_place,
        asked.basis = 'ytd' and asked.measure = 'total' as is_cumulative
    from asked
    inner join standing_figure as other on other.series = asked.series and other.place <= asked.place
    where
        (abs(months_apart) <= 12 or abs(months_apart) in (24, 36))
        and if(is_earlier, other.stands, months_apart <> 0)
),

paced as (  -- a cumulative total is divided by the months of its year, so that months can be compared
    select
        *,
        value::double / if(is_cumulative, month(period_end), 1) as pace,
        other::double / if(is_cumulative, month(other_end), 1) as other_pace
    from pairs
)

select
    row_id,
    is_earlier,
    months_apart,
    other,
    other_pace,
    other_end,
    other_place,
    bound,
    measure,
    abs(value - other)::double as difference,
    case
        when is_whole and greatest(abs(value), abs(other)) < 20 then 0  -- small counts may do anything
        when other = 0 then if(value = 0, 0, null)
        when value = 0 then -99
        else log10(abs(pace) / abs(other_pace))
    end as power
from paced
