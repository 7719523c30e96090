-- one row per series, month and final month of an earlier year that was restated: the two figures from one
-- vintage
with series as (
    select series_no from judge_series
    where measure = 'total' and basis = 'ytd'
),

restated as (
    select distinct series_no, year(period_end) as year from judge_known
    where is_restated
),

figure as (
    select
        figure.series_no,
        figure.period_end,
        micro(figure.value) as value_micro,
        figure.delivery_id,
        figure.received,
        row(figure.strength, figure.sha256) as strength
    from judge_figure as figure
    semi join series on series.series_no = figure.series_no
    inner join restated
        on restated.series_no = figure.series_no and restated.year = year(figure.period_end)
    where figure.bound is null
),

first_final as (
    select series_no, period_end, arg_min(figure, (received, strength)) as figure from figure
    group by series_no, period_end
),

together as (
    select
        final.series_no,
        figure.period_end,
        final.period_end as final_period_end,
        arg_max(row(figure.value_micro, final.value_micro), final.strength) as pair
    from figure as final
    inner join figure
        on
            figure.series_no = final.series_no
            and figure.delivery_id = final.delivery_id
            and figure.period_end <= final.period_end
            and year(figure.period_end) = year(final.period_end)
    group by all
),

at_first as (
    select
        first_final.series_no,
        figure.period_end,
        first_final.period_end as final_period_end,
        arg_max(row(figure.value_micro, first_final.figure.value_micro), figure.strength) as pair
    from first_final
    inner join figure
        on
            figure.series_no = first_final.series_no
            and figure.period_end <= first_final.period_end
            and year(figure.period_end) = year(first_final.period_end)
            and figure.received <= first_final.figure.received
    group by all
)

select
    series_no,
    period_end,
    final_period_end,
    coalesce(together.pair, at_first.pair)[1] as value_micro,
    coalesce(together.pair, at_first.pair)[2] as final_micro
from at_first
full join together using (series_no, period_end, final_period_end)
