-- one row per candidate and related figure that an identity needs: which one, and whether its own delivery
-- may give it (a pair that comes together is judged once, on the sum or on the growth)
with candidates as (
    select * from asked
    where bound = ''
),

identities (measure, basis, role, other_measure, other_basis, months_back, from_own) as (
    values
    ('total', 'ytd', 'month_part', 'total', 'month', 0, true),
    ('total', 'ytd', 'before_month', 'total', 'ytd', 1, true),
    ('total', 'ytd', 'quarter_part', 'total', 'quarter', 0, true),
    ('total', 'ytd', 'before_quarter', 'total', 'ytd', 3, true),
    ('total', 'month', 'whole', 'total', 'ytd', 0, false),
    ('total', 'month', 'before_month', 'total', 'ytd', 1, true),
    ('total', 'quarter', 'whole', 'total', 'ytd', 0, false),
    ('total', 'quarter', 'before_quarter', 'total', 'ytd', 3, true),
    ('growth', '*', 'level', 'total', '*', 0, true),
    ('growth', '*', 'last_year', 'total', '*', 12, true),
    ('growth', '*', 'level', 'level', '*', 0, true),
    ('growth', '*', 'last_year', 'level', '*', 12, true),
    ('total', '*', 'growth', 'growth', '*', 0, false),
    ('total', '*', 'last_year', 'total', '*', 12, true),
    ('level', '*', 'growth', 'growth', '*', 0, false),
    ('level', '*', 'last_year', 'level', '*', 12, true)
),

wanted as (
    select
        identities.*,
        kind.basis as own_basis,
        kind.code as other_code
    from identities
    inner join kind
        on kind.measure = identities.other_measure and identities.other_basis in (kind.basis, '*')
)

select
    candidates.row_id,
    wanted.role,
    candidates.place,
    candidates.series // 32 * 32 + wanted.other_code as series,
    candidates.months - wanted.months_back as months,
    wanted.from_own
from candidates
inner join wanted
    on
        wanted.measure = candidates.measure
        and wanted.basis in (candidates.basis, '*')
        and (wanted.other_basis <> '*' or wanted.own_basis = candidates.basis)
