-- one row per target, the worst first; a milestone's gap is in days and a rank's in places, never points
select
    variance.region_name,
    variance.indicator_name || ' ' || variance.printed,
    coalesce(indicator.indicator_name_en, variance.indicator_name),
    strftime(variance.period_end, '%Y-%m'),
    variance.actual::double,
    variance.target_value::double,
    case when variance.kind not in ('stage', 'rank') then variance.gap_points::double end,
    variance.status,
    variance.data_state,
    variance.provenance
from variance
left join indicator on indicator.indicator = variance.indicator
order by variance.severity desc nulls last, variance.target_id
