-- one row per month's end that anything arriving can be held against: a year around each, and the same month up
-- to three years away. So few that most of the past falls while it is read
with arriving_day as (
    select distinct day from coming
)

select distinct last_day((date '0001-01-01' + (day - 1) + to_months(apart.away::integer))::date) as period_end
from arriving_day
cross join range(-36, 37) as apart (away)
where abs(apart.away) <= 12 or apart.away in (-36, -24, 24, 36)
