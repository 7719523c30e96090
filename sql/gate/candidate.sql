-- one row per candidate row: as it was read, with what the books say of its indicator
select
    arrived.* exclude (subject, day, value),
    date '0001-01-01' + (arrived.day - 1) as period_end,
    arrived.value::decimal(20, 6) as value,
    subject.is_whole,
    subject.months,
    subject.capacity,
    subject.office,
    subject.office_region
from arrived
left join subject on subject.subject = arrived.subject
