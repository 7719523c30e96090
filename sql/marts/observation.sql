-- one row per region, indicator, measure, basis and period: the figure that counts
select
    counted.*,
    book_indicator.name as indicator_name
from staging.counted as counted
left join main.book_indicator on book_indicator.indicator = counted.indicator
