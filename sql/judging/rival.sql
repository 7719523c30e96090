-- one row per disputed series and period: the figures that contradict each other, each with its file, as JSON
with disputed as (
    select series_no, period_end, strength from judge_known
    where is_disputed
),

said as (
    select
        figure.series_no,
        figure.period_end,
        figure.value,
        coalesce(figure.bound, '') as bound,
        arg_min(figure, (figure.sha256, figure.delivery_id)) as figure
    from judge_figure as figure
    inner join disputed
        on
            disputed.series_no = figure.series_no
            and disputed.period_end = figure.period_end
            and disputed.strength = figure.strength
    group by figure.series_no, figure.period_end, figure.value, coalesce(figure.bound, '')
)

select
    series_no,
    period_end,
    to_json(
        list(
            {
                'value': value::text,
                'bound': bound,
                'file': figure.file,
                'sheet': figure.source_sheet,
                'row': figure.source_row,
                'column': figure.source_column,
                'sha256': figure.sha256,
                'delivery_id': figure.delivery_id
            } order by value, bound
        )
    )::text as rivals
from said
group by series_no, period_end
