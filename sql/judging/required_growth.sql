-- one row per open row of a growth target: the growth that the rest of the year needs, (g* - s·g) / (1 -
-- s), with s last year's own share at this month; exact where nominal levels reproduce the growth to its
-- printed digit, else with the share of the named proxy. The range is what the rounding of the growth to
-- that digit allows
with open_row as (
    select
        *,
        case when actual_micro % 100000 = 0 then 50000 when actual_micro % 10000 = 0 then 5000 else 500 end
            as half_digit
    from judge_open_row
    where kind = 'growth'
),

totals as (
    select * from judge_series
    where measure = 'total' and basis = 'ytd'
),

past as (
    select * from judge_past
),

own as (
    select open_row.row_no, past.value_micro, past.final_micro
    from open_row
    inner join totals on totals.region = open_row.region and totals.indicator = open_row.indicator
    inner join past
        on
            past.series_no = totals.series_no
            and past.year = open_row.year - 1
            and past.month = open_row.months_elapsed
            and past.final_month = open_row.months_total
    inner join judge_known as now
        on now.series_no = totals.series_no and now.period_end = open_row.period_end
    where
        open_row.valuation = 'nominal'
        and now.bound is null
        and not now.is_disputed
        and abs((now.value_micro - past.value_micro) * 100000000 - open_row.actual_micro * past.value_micro)
        <= open_row.half_digit * past.value_micro
),

proxy as (
    select open_row.row_no, past.value_micro, past.final_micro
    from open_row
    inner join totals on totals.region = open_row.region and totals.indicator = open_row.proxy
    inner join past
        on
            past.series_no = totals.series_no
            and past.year = open_row.year - 1
            and past.month = open_row.months_elapsed
            and past.final_month = open_row.months_total
),

shared as (
    select
        open_row.*,
        case
            when own.row_no is not null then 'exact' when proxy.row_no is not null then 'approximate' else
                'unknown'
        end
            as required_basis,
        coalesce(own.value_micro, proxy.value_micro) as part,
        nullif(coalesce(own.final_micro, proxy.final_micro), coalesce(own.value_micro, proxy.value_micro))
            as whole
    from open_row
    left join own on own.row_no = open_row.row_no
    left join proxy on proxy.row_no = open_row.row_no
)

select
    row_no,
    case when whole > part then required_basis else 'unknown' end as required_basis,
    case when required_basis = 'approximate' and whole > part then proxy end as required_proxy,
    case when whole > part then half_up(part * 1000000, whole) end as required_share_micro,
    case when whole > part then half_up(limit_micro * whole - part * actual_micro, whole - part) end
        as growth_micro,
    case
        when whole > part then half_up(limit_micro * whole - part * (actual_micro + half_digit), whole - part)
    end
        as low_micro,
    case
        when whole > part then half_up(limit_micro * whole - part * (actual_micro - half_digit), whole - part)
    end
        as high_micro
from shared
