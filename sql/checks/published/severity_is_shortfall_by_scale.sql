-- one row per assessment whose severity is not its shortfall (in points; where there are none, as for days and
-- for targets of zero, in the unit) divided by the scale of its rule. What no column can hold stands at the
-- largest number
with short as (
    select
        assessment_id,
        target_id,
        period_end,
        status,
        gap,
        gap_points,
        scale,
        severity,
        case when status = 'achieved' then 0 else greatest(0, -coalesce(gap_points, gap)) end as shortfall
    from assessment
    where severity is not null and severity < 99999999999999
)

select * from short
where abs(severity * scale - shortfall) > 0.000001 * (1 + scale)
