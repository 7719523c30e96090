-- one row per written row with a figure: the forecast of its final figure, within what the year has room for
-- and whole where it is a count; the probability of reaching the target (1 or 0 once final; 0 when the days that
-- are left are too few) and the outlook in a word
with written as (
    select judge_written.row_no, judged.status, judged.is_final, expected.lumpy
    from judge_written
    inner join judge_judged as judged on judged.row_no = judge_written.row_no
    left join judge_expected as expected on expected.row_no = judge_written.row_no
    where judged.period_end is not null
),

said as (
    select
        forecast_row.*,
        forecast.method,
        forecast.n_years,
        forecast.reason,
        -- least passes nulls over: without `most` nothing is cut
        case when forecast.reason is null then least(forecast.forecast, most) end as expected,
        case when forecast.reason is null then least(forecast.low, most) end as low,
        case when forecast.reason is null then least(forecast.high, most) end as high,
        case
            when forecast.reason is not null then null
            when forecast_row.direction = 'higher' and forecast_row.target > most then 0
            when forecast_row.direction = 'lower' and forecast_row.target >= most then 1
            else probability.probability
        end as probability
    from judge_forecast_row as forecast_row
    inner join forecast
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
),

weighed as (
    select
        written.*,
        case when said.is_count then round(said.expected) else said.expected end as forecast,
        case when said.is_count then floor(said.low) else said.low end as low,
        case when said.is_count then ceil(said.high) else said.high end as high,
        said.method,
        said.n_years,
        case
            when written.is_final then null
            when written.lumpy then 'lumpy'
            when said.row_no is null then 'not_forecast'
            else said.reason
        end as reason,
        case
            when written.is_final and written.status = 'achieved' then 1
            when written.is_final and written.status = 'missed' then 0
            when written.is_final then null
            when required.required_micro > required.capacity_left * 1000000::hugeint then 0
            else said.probability
        end as probability
    from written
    left join said on said.row_no = written.row_no
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
