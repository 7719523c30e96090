-- one row per region
select
    region,
    name as region_name,
    short_name,
    name_en,
    parent
from main.book_region
