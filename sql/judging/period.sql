-- one row per period that has a figure; the forecast learns from every month of earlier years, also from those
-- that this year has not reached, so no month may be left out
select distinct period_end from main.observation
union
select distinct period_end from main.rejection
where period_end is not null
