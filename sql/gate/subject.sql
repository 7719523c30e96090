-- one row per indicator of the book: what the gate asks of it
select
    indicator.indicator,
    indicator.name,
    indicator.whole_number,
    calendar.months,
    indicator.capacity,
    indicator.reporting_office
from main.book_indicator as indicator
left join main.book_calendar as calendar on calendar.indicator = indicator.indicator
