-- one row per target whose year has begun by the as-of date, with what its indicator, its region and the
-- choice of rules say of it. `sign` is 1 where more is better and -1 for caps; `pattern` is the way it is
-- compared
with context as (
    select as_of from main.run_context
),

target as (
    select book_target.*
    from main.book_target
    cross join context
    where make_date(book_target.year, 1, 1) <= context.as_of
),

choice as (
    select
        target.target_id,
        min_by(
            book_rule_choice.rule_set,
            (book_rule_choice.target_id = '*')::integer * 2 + (book_rule_choice.region = '*')::integer
        ) as rule_set
    from target
    inner join main.book_rule_choice
        on
            book_rule_choice.target_id in (target.target_id, '*')
            and book_rule_choice.region in (target.region, '*')
    group by target.target_id
),

compiler as (
    select
        region,
        case when count(*) = 1 then max(office_id) end as office_id
    from main.book_office
    where list_contains(string_split(role, '|'), 'reporting')
    group by region
),

described as (
    select
        target.* replace (
            coalesce(target.year_end_only, false) as year_end_only, coalesce(target.lumpy, false) as lumpy
        ),
        book_indicator.name as indicator_name,
        book_indicator.direction,
        book_indicator.whole_number,
        book_indicator.valuation,
        book_indicator.proxy,
        book_indicator.capacity,
        case
            when own_office.region = target.region then book_indicator.reporting_office
            else coalesce(compiler.office_id, book_indicator.reporting_office)
        end as reporting_office,
        string_split(coalesce(book_indicator.atypical_years, ''), '|') as atypical_years,
        book_region.name as region_name,
        book_region.parent,
        coalesce(choice.rule_set, 'default@1') as rule_set,
        make_date(target.year, 1, 1) as span_start,
        (year(target.final_period) - target.year) * 12 + month(target.final_period) as months_total,
        case
            when target.measure in ('total', 'growth') and book_indicator.basis <> 'point' then 'ytd'
            when target.measure in ('level', 'stage') then 'point'
            else book_indicator.basis
        end as basis,
        case
            when target.measure = 'rank' or target.comparator in ('<=', 'decrease') then -1
            when target.comparator in ('>=', 'increase') or target.measure = 'stage' then 1
            when book_indicator.direction = 'lower' then -1
            else 1
        end as sign
    from target
    left join main.book_indicator on book_indicator.indicator = target.indicator
    left join main.book_region on book_region.region = target.region
    left join main.book_office as own_office on own_office.office_id = book_indicator.reporting_office
    left join compiler on compiler.region = target.region
    left join choice on choice.target_id = target.target_id
),

valued as (
    select
        *,
        micro(
            case
                when comparator = 'range' and sign < 0 then coalesce(value_high, target_value) else
                    target_value
            end
        ) as target_micro,
        micro(coalesce(tolerance, 0)) as tolerance_micro
    from described
)

select
    *,
    target_micro - case when comparator = '~=' then sign * tolerance_micro else 0 end as limit_micro,
    case
        when measure = 'stage' then 'stage'
        when comparator is null then 'none'
        when kind in ('relative', 'change') then kind
        when target_micro is null then 'open'
        when sign > 0 and measure in ('total', 'level') then measure
        else 'limit'
    end as pattern
from valued
