-- one row per problem that somebody has to deal with: refused, or held back, undecided, and not replaced since by a
-- figure that a later delivery brought
select rejection.*
from mart.rejection as rejection
inner join main.rejection as cell on cell.rejection_id = rejection.rejection_id
inner join mart.delivery as delivery on delivery.delivery_id = rejection.delivery_id
left join mart.observation as figure
    on
        rejection.gravity = 'quarantined'
        and figure.region = cell.region
        and figure.indicator = cell.indicator
        and figure.measure = cell.measure
        and figure.basis = cell.basis
        and figure.period_end = cell.period_end
        and figure.received > delivery.received
where
    rejection.gravity = 'refused'
    or (rejection.gravity = 'quarantined' and rejection.decision is null and figure.delivery_id is null)
