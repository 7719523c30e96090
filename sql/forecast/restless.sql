-- one row per moment with history: its signal, and how restless its year was up to the month before: how far
-- single months strayed from the growth over the same months of last year by then (mean with the last four
-- years, as far as known), natural logarithms. The figure of the month itself has no part
-- in it: were an interval to widen with the figure, a better one could lower a probability.
with signal as (

    select * from forecast_signal

),

grown as (

    select
        *,
        -- greatest and least pass nulls over: the first month of a year must not count as a fall
        case
            when before[-1][2] > 0
                then ln(least(greatest(before[-1][1] / before[-1][2], exp(-1)), exp(1)))
        end as grown
    from signal

),

strayed as (

    select
        *,
        list_avg([
            abs(ln(least(greatest(
                (before[n][1] - before[n - 1][1]) / (before[n][2] - before[n - 1][2]),
                exp(-1)
            ), exp(1))) - grown)
            for n in range(2, len(before) + 1)
            if before[n][2] > before[n - 1][2]
        ]) as strayed
    from grown

)

select
    * exclude (before, grown, strayed, unrest),
    coalesce((strayed + unrest) / 2, unrest, 0.08) as unrest
from strayed
