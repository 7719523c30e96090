-- one row per target in scope that its rule set or the calendar does not cover: the books do not allow a
-- run
select
    target_id,
    kind,
    rule_set,
    case when scale_micro is null then 'rule' else 'calendar' end as lacks
from judge_scope
where scale_micro is null or closes_on is null
union all
select
    scope.target_id,
    scope.kind,
    scope.rule_set,
    'condition' as lacks
from judge_status
inner join judge_scope as scope on scope.target_no = judge_status.target_no
where judge_status.status = 'no_rule'
