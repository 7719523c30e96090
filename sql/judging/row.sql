-- one row per target in scope and period of its span with a figure that counts; a target without any has
-- one row without a period. A total that runs over several years carries the Decembers of the years before
with scope as (
    select * from judge_scope
),

known as (
    select * from judge_known
),

delivered as (
    select
        scope.target_no,
        scope.year,
        scope.months_total,
        scope.measure,
        scope.basis,
        scope.series_no,
        known.period_end,
        (year(known.period_end) - scope.year) * 12 + month(known.period_end) as months_elapsed,
        known.period_end = scope.final_period as is_final_period,
        known.period_end = scope.final_period and known.finality <> 'estimate' as is_final,
        known.value_micro,
        known.low_micro,
        known.high_micro,
        known.bound,
        known.is_disputed,
        known.has_rival_bound
    from scope
    left join known
        on
            known.series_no = scope.series_no
            and known.period_end between scope.span_start and scope.final_period
),

carried as (
    select
        delivered.target_no,
        delivered.period_end,
        case
            when count(december.period_end) = year(delivered.period_end) - delivered.year
                then sum(december.value_micro)::hugeint
        end as carried_micro
    from delivered
    left join known as december
        on
            december.series_no = delivered.series_no
            and december.period_end >= make_date(delivered.year, 1, 1)
            and december.period_end < make_date(year(delivered.period_end), 1, 1)
            and month(december.period_end) = 12
            and december.bound is null
            and not december.is_disputed
    where
        delivered.months_elapsed > 12
        and delivered.basis = 'ytd'
        and delivered.measure = 'total'
    group by delivered.target_no, delivered.period_end, delivered.year
)

select
    row_number() over ()::integer as row_no,
    delivered.* exclude (value_micro, low_micro, high_micro, has_rival_bound),
    case
        when carried.target_no is null or carried.carried_micro is not null
            then delivered.value_micro + coalesce(carried.carried_micro, 0)
    end as value_micro,
    delivered.low_micro + coalesce(carried.carried_micro, 0) as low_micro,
    delivered.high_micro + coalesce(carried.carried_micro, 0) as high_micro,
    carried.target_no is not null and carried.carried_micro is null
    or delivered.is_disputed and delivered.has_rival_bound as is_unknowable
from delivered
left join carried on carried.target_no = delivered.target_no and carried.period_end = delivered.period_end
