-- one row per rule set, kind and nature: the scale of severity, also as a fraction in lowest terms, and
-- whether the calendar alone is the schedule
with rule as (
    select * from main.book_rule
),

nature as (
    select distinct nature from main.book_target
),

chosen as (
    select
        rule.rule_set,
        rule.kind,
        nature.nature,
        micro(arg_min(rule.scale, rule.priority * 2 + (rule.nature = '*')::integer)) as scale_micro,
        bool_or(rule.rule_subject = 'linear_gap_points')
        and not bool_or(rule.rule_subject = 'gap_points') as uses_linear
    from rule
    inner join nature on rule.nature in (nature.nature, '*')
    group by rule.rule_set, rule.kind, nature.nature
)

select
    *,
    scale_micro // gcd(1000000, scale_micro) as scale_num,
    1000000 // gcd(1000000, scale_micro) as scale_den
from chosen
