-- one row per written row with a figure: the forecast of its final figure, the probability of reaching the
-- target (1 or 0 once final; 0 when the days that are left are too few) and the outlook in a word
with written as (
    select judge_written.row_no, judged.status, judged.is_final
    from judge_written
    inner join judge_judged as judged on judged.row_no = judge_written.row_no
    where judged.period_end is not null
),

forecast_row as (
    select * from judge_forecast_row
),

weighed as (
    select
        written.*,
        forecast_row.target,
        forecast.forecast,
        forecast.low,
        forecast.high,
        forecast.method,
        forecast.n_years,
        case
            when written.is_final then null
            when forecast_row.row_no is null then 'not_forecast'
            else forecast.reason
        end as reason,
        case
            when written.is_final and written.status = 'achieved' then 1
            when written.is_final and written.status = 'missed' then 0
            when written.is_final then null
            when required.required_micro > required.capacity_left * 1000000::hugeint then 0
            when forecast.reason is null then probability.probability
        end as probability
    from written
    left join forecast_row on forecast_row.row_no = written.row_no
    left join forecast
        on
            forecast.series_id = forecast_row.series_no
            and forecast.year = forecast_row.year
            and forecast.origin_month = forecast_row.month
    left join forecast_probability as probability
        on
            probability.series_id = forecast_row.series_no
            and probability.year = forecast_row.year
            and probability.origin_month = forecast_row.month
            and probability.target = forecast_row.target
            and probability.direction = forecast_row.direction
    left join judge_required_total as required on required.row_no = written.row_no
)

select
    row_no,
    forecast::decimal(20, 6) as forecast,
    low::decimal(20, 6) as forecast_low,
    high::decimal(20, 6) as forecast_high,
    method as forecast_method,
    n_years as forecast_years,
    reason as forecast_reason,
    probability::decimal(20, 6) as probability,
    case
        when probability >= 0.8 then 'likely'
        when probability <= 0.2 then 'unlikely'
        when probability is not null then 'uncertain'
        when status = 'achieved' then 'likely'
        else 'unknown'
    end as outlook
from weighed
