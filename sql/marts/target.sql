-- one row per target: every column of the book, with its kind and the full name of its indicator
select
    book_target.*,
    book_indicator.name as indicator_name
from main.book_target
left join main.book_indicator on book_indicator.indicator = book_target.indicator
