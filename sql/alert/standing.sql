-- one row per target: its newest period as of $as_of, with what of the books decides who is told
with assessments as (
    select * from assessment
    where as_of = $as_of and is_newest
    qualify row_number() over (
        partition by target_id
        order by revision desc
    ) = 1
),

targets as (
    select * from book_target
),

deliveries as (
    select delivery_id, release_state from delivery
)

select
    assessments.assessment_id,
    assessments.region,
    assessments.region_name,
    assessments.year,
    assessments.target_id,
    assessments.promise_id,
    assessments.indicator,
    assessments.indicator_name,
    book_indicator.name_en as indicator_name_en,
    assessments.responsible_office,
    coalesce(targets.co_responsible, '') as co_responsible,
    coalesce(targets.leader, '') as leader,
    coalesce(assessments.reporting_office, '') as reporting_office,
    assessments.kind,
    assessments.measure,
    assessments.basis,
    assessments.comparator,
    assessments.target_value,
    assessments.value_high,
    assessments.unit,
    assessments.nature,
    assessments.modality,
    assessments.stretch,
    assessments.period_end,
    assessments.as_of,
    assessments.actual,
    assessments.actual_bound,
    assessments.reference_value,
    assessments.linear_share,
    assessments.schedule_share,
    assessments.schedule_basis,
    assessments.expected,
    assessments.gap,
    assessments.gap_points,
    coalesce(assessments.severity, 0) as severity,
    assessments.completion,
    assessments.required,
    assessments.required_per_period,
    assessments.required_growth,
    assessments.forecast,
    assessments.forecast_low,
    assessments.forecast_high,
    assessments.probability,
    assessments.status,
    assessments.status_since,
    assessments.periods_in_status,
    assessments.data_state,
    assessments.outlook,
    assessments.rule_set,
    assessments.provenance,
    assessments.finality,
    assessments.delivery_id,
    assessments.source_file,
    assessments.source_sheet,
    assessments.source_row,
    assessments.section,
    assessments.paragraph,
    assessments.printed,
    targets.reference_target,
    targets.final_period,
    coalesce(deliveries.release_state, 'released') = 'unreleased' as is_unreleased,
    coalesce(book_indicator.whole_number, false) as is_whole_number,
    coalesce(assessments.lumpy, false) and assessments.status = 'slightly_behind'
    and coalesce(assessments.schedule_basis, '') <> 'interim' as is_between_dates,
    book_indicator.frequency
from assessments
left join targets on targets.target_id = assessments.target_id
left join book_indicator on book_indicator.indicator = assessments.indicator
left join deliveries on deliveries.delivery_id = assessments.delivery_id
order by assessments.target_id
