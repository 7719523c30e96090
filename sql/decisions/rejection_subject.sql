-- one row per rejection in the warehouse, with the decision that holds
select
    rejection.rejection_id as subject_id,
    concat_ws(
        ' ', rejection.file, rejection.sheet, '第 ' || rejection."row" || ' 行', rejection.printed_value
    ) as label,
    rejection.gravity as state,
    verdict.decision,
    verdict.author,
    verdict.reason
from main.rejection as rejection
left join staging.verdict as verdict
    on
        verdict.subject_kind = 'rejection'
        and verdict.subject_id = rejection.rejection_id
order by rejection.gravity, label, subject_id
