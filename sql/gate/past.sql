-- one row per figure that stands and that the candidates can be compared with: loaded or released, from a
-- delivery that is not withdrawn and does not itself arrive now
select
    figure.delivery_id,
    figure.received,
    figure.sha256,
    figure.region,
    figure.indicator,
    figure.measure,
    figure.basis,
    figure.period_end,
    figure.value::varchar as value,
    figure.bound
from staging.figure as figure
inner join wanted
    on
        wanted.region = figure.region
        and wanted.indicator = figure.indicator
        and figure.period_end >= wanted.first_end::date - interval 37 months
        and figure.period_end <= wanted.last_end::date + interval 13 months
        -- what comes for one month is held against a year around it and its own month of earlier years
        and (
            figure.period_end >= wanted.first_end::date - interval 13 months
            or month(figure.period_end) = month(wanted.first_end::date)
            or wanted.first_end <> wanted.last_end
        )
anti join arriving on arriving.delivery_id = figure.delivery_id
