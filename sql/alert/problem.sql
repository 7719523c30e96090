-- one row per refused or undecided quarantined problem of a delivery received by $as_of, in both languages
select
    problem.delivery_id,
    problem.gravity,
    problem.file,
    problem.sheet,
    problem."row",
    problem."column",
    problem.value,
    problem.message,
    problem.advice,
    coalesce(problem.message_en, problem.message) as message_en,
    coalesce(problem.advice_en, problem.advice) as advice_en,
    problem.rejection_id
from mart.open_problem as problem
inner join mart.delivery as delivery on delivery.delivery_id = problem.delivery_id
where delivery.received <= $as_of
order by problem.delivery_id, problem.sheet, problem."row", problem."column", problem.rejection_id
