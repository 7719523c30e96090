-- one row per judged row to write, in the columns of `assessment` but for its ids
with context as (
    select * from main.run_context
),

written as (
    select * from judge_written
)

select
    scope.region, scope.region_name, scope.year, scope.target_id, scope.promise_id, scope.indicator,
    scope.indicator_name,
    scope.responsible_office,
    scope.reporting_office,
    scope.kind,
    scope.measure,
    scope.basis,
    scope.comparator,
    scope.target_value,
    scope.value_high,
    scope.unit,
    scope.nature,
    scope.modality,
    scope.stretch,
    judged.period_end,
    context.as_of,
    judged.actual,
    judged.bound as actual_bound,
    judged.reference_value,
    amount(half_up(judged.months_elapsed::hugeint * 1000000, scope.months_total)) as linear_share,
    judged.schedule_share,
    judged.schedule_basis,
    judged.expected,
    judged.gap,
    judged.gap_points,
    judged.severity,
    judged.completion,
    amount(required.required_micro) as required,
    amount(required.per_period_micro) as required_per_period,
    amount(coalesce(required.growth_micro, growth.growth_micro)) as required_growth,
    forecast.forecast, forecast.forecast_low, forecast.forecast_high, forecast.probability,
    coalesce(
        judged.status,
        case
            when scope.pattern = 'none' then 'no_target'
            when scope.pattern = 'open' then 'unknown'
            when scope.pattern = 'stage' and not scope.has_stages then 'no_plan'
            when scope.year_end_only and state.data_state <> 'closed' then 'not_due'
            else 'unknown'
        end
    ) as status,
    judged.status_since,
    judged.periods_in_status::integer as periods_in_status,
    case
        when written.is_newest then state.data_state
        when known.is_disputed then 'disputed'
        else 'current'
    end as data_state,
    coalesce(forecast.outlook, 'unknown') as outlook,
    scope.rule_set,
    known.provenance, known.finality, source.delivery_id, delivery.file as source_file, source.source_sheet,
    source.source_row, scope.section, scope.paragraph, scope.printed,
    context.run_id,
    scope.tolerance, scope.final_period, scope.sign, amount(scope.limit_micro) as limit_value,
    judged.months_elapsed, scope.months_total, array_to_string(
        list_transform(
            share.years, lambda y: concat(y.year, ':', amount(y.part), '/', amount(y.whole))  -- noqa: RF01
        ), '|'
    ) as share_years,
    interim.interim_period, amount(interim.interim_micro) as interim_value,
    reference.reference_period, scope.reference_target, referred.indicator_name as reference_name,
    scope.parent as peer_region, peer_region.name as peer_region_name,
    amount(reference.peer_micro) as peer_value,
    state.due_on, state.days_late, written.is_newest,
    judged.rule_priority, judged.rule_label, judged.rule_label_en, amount(scope.scale_micro) as scale,
    judged.period_previous, amount(judged.actual_previous_micro) as actual_previous, judged.status_previous,
    open_row.periods_after,
    coalesce(required.required_basis, growth.required_basis) as required_basis,
    growth.required_proxy, proxy.name as required_proxy_name,
    amount(growth.required_share_micro) as required_share,
    amount(growth.low_micro) as required_growth_low, amount(growth.high_micro) as required_growth_high,
    required.demanding_years, required.demanding_of, required.capacity_left,
    forecast.forecast_reason, forecast.forecast_method, forecast.forecast_years,
    source.source_column,
    delivery.sha256,
    delivery.received,
    scope.whole_number,
    scope.year_end_only,
    scope.lumpy,
    judged.rivals
from written
cross join context
inner join judge_judged as judged on judged.row_no = written.row_no
inner join judge_scope as scope on scope.target_no = judged.target_no
left join judge_state as state on state.target_no = judged.target_no
left join judge_known as known on known.series_no = judged.series_no and known.period_end = judged.period_end
left join judge_known as source
    on
        source.series_no = judged.series_no
        and source.period_end = judged.period_end
        and not source.is_disputed
left join main.delivery on delivery.delivery_id = source.delivery_id
left join judge_share as share on share.row_no = written.row_no
left join judge_interim as interim on interim.row_no = written.row_no
left join judge_reference as reference on reference.row_no = written.row_no
left join judge_open_row as open_row on open_row.row_no = written.row_no
left join judge_required_total as required on required.row_no = written.row_no
left join judge_required_growth as growth on growth.row_no = written.row_no
left join judge_outlook as forecast on forecast.row_no = written.row_no
left join judge_target as referred on referred.target_id = scope.reference_target
left join main.book_region as peer_region on peer_region.region = scope.parent
left join main.book_indicator as proxy on proxy.indicator = growth.required_proxy
