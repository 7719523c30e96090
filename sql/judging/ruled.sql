-- one row per judged row and end with the condition of its rule set that holds first; quotients are
-- compared by multiplication. A condition on the actual itself is for targets where more is better
with gap as (
    select * from judge_gap
),

rule as (
    select
        *,
        priority * 2 + (nature = '*')::integer as precedence,
        micro(threshold) as threshold_micro
    from main.book_rule
),

subject as (
    select
        gap.row_no,
        gap.which_end,
        rule.precedence,
        rule.priority,
        rule.label,
        rule.label_en,
        rule.status,
        rule.operator,
        rule.threshold_micro,
        case rule.rule_subject
            when 'gap' then gap.gap_num
            when 'gap_points' then case when gap.points_den is not null then gap.points_num end
            when 'linear_gap_points'
                then
                    case
                        when gap.linear_points_den is not null then gap.linear_points_num
                        when gap.points_den is not null then gap.points_num
                    end
            when 'actual' then case when gap.sign > 0 then gap.actual_micro end
            when 'peer_gap' then gap.sign * (gap.actual_micro - gap.peer_micro)
        end as num,
        case rule.rule_subject
            when 'gap' then gap.gap_den
            when 'gap_points' then gap.points_den
            when 'linear_gap_points' then coalesce(gap.linear_points_den, gap.points_den)
            else 1
        end as den
    from gap
    inner join rule
        on rule.rule_set = gap.rule_set and rule.kind = gap.kind and rule.nature in (gap.nature, '*')
)

select
    row_no,
    which_end,
    arg_min(status, precedence) as status,
    arg_min(priority, precedence) as priority,
    arg_min(label, precedence) as label,
    arg_min_null(label_en, precedence) as label_en
from subject
where
    case operator
        when 'any' then true
        when '>=' then num >= threshold_micro * den
        when '>' then num > threshold_micro * den
        when '<=' then num <= threshold_micro * den
        when '<' then num < threshold_micro * den
    end
group by row_no, which_end
