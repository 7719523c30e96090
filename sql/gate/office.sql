-- one row per office of the book
select
    office_id,
    region,
    name
from main.book_office
