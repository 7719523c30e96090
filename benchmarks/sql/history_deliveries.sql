-- one row per region and month that earlier runs would have loaded
insert into delivery by name
select distinct
    substr(sha256(region || period_end), 1, 16) as delivery_id,
    strftime(period_end, '%Y-%m') || '/' || region || '.csv' as file,
    sha256(region || period_end) as sha256,
    sha256('side' || region || period_end) as side_sha256,
    'made up' as books_fingerprint,
    region,
    'statistics_' || region as reporting_office,
    (period_end + interval 20 days)::date as received,
    'simulated' as provenance,
    'preliminary' as finality,
    '规模试验（模拟）' as source,
    'released' as release_state,
    'long' as layout,
    'utf-8' as encoding,
    50 as cells_read,
    50 as rows_read,
    50 as rows_accepted,
    0 as rows_quarantined,
    0 as rows_refused,
    'loaded' as outcome
from made
