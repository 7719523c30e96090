-- one row per target of each region's newest target year that has begun, and of every earlier year still
-- open: its newest assessment as of the run's date
with context as (
    select as_of from main.run_context
),

head as (
    select
        head.*,
        max(head.year) over (partition by head.region) as newest_year,
        bool_and(head.data_state = 'closed') over (partition by head.region, head.year) as is_year_closed
    from staging.head as head
    inner join context on context.as_of = head.as_of
    inner join main.book_target on book_target.target_id = head.target_id
)

select * exclude (newest_year, is_year_closed)
from head
where year = newest_year or not is_year_closed
