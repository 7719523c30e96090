-- one row per candidate and related figure that an identity needs: which one, and whether its own delivery
-- may give it (a pair that comes together is judged once, on the sum or on the growth)
with candidates as (
    select figure.*
    from figure
    inner join focus on focus.row_id = figure.row_id
    where figure.bound = ''
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
)

select
    candidates.row_id,
    identities.role,
    candidates.place,
    candidates.family,
    identities.other_measure as measure,
    if(identities.other_basis = '*', candidates.basis, identities.other_basis) as basis,
    candidates.months - identities.months_back as months,
    identities.from_own
from candidates
inner join identities
    on identities.measure = candidates.measure and identities.basis in (candidates.basis, '*')
