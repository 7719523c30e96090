-- one row per indicator, with its reporting calendar
select
    book_indicator.indicator,
    book_indicator.name as indicator_name,
    book_indicator.name_en as indicator_name_en,
    book_indicator.unit,
    book_indicator.measures,
    book_indicator.basis,
    book_indicator.direction,
    book_indicator.whole_number,
    book_indicator.valuation,
    book_indicator.frequency,
    book_indicator.reporting_office,
    book_calendar.months,
    book_calendar.lag_days,
    book_indicator.definition,
    book_indicator.reviewed_on
from main.book_indicator
left join main.book_calendar on book_calendar.indicator = book_indicator.indicator
