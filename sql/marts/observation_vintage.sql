-- one row per figure of a delivery: all versions, each with what replaced it
select
    vintage.*,
    book_indicator.name as indicator_name
from staging.vintage as vintage
left join main.book_indicator on book_indicator.indicator = vintage.indicator
