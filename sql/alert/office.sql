-- one row per office
select
    region,
    office_id,
    name,
    coalesce(name_en, name) as name_en,
    coalesce(role, '') as role,
    coalesce(leader, '') as leader,
    coalesce(emails, '') as emails,
    coalesce(language, 'zh') as language,
    coalesce(sections, '') as sections,
    min_severity,
    coalesce(wants_workbook, false) as wants_workbook
from book_office
order by region, office_id
