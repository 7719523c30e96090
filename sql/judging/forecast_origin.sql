-- one row per series, year and month that is forecast from
select distinct series_no as series_id, year, month from judge_forecast_row
