-- the arithmetic of judging: whole millionths (HUGEINT), so that nothing is divided before it is compared,
-- and one rounding, half away from zero, when a quotient is shown
create or replace temp macro micro(amount) as cast(amount * 1000000 as hugeint);

create or replace temp macro half_up(numerator, denominator) as (
    case
        when denominator = 0 then null
        when (numerator < 0) = (denominator < 0)
            then (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
        else -((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))
    end
);

create or replace temp macro amount(millionths) as (
    cast(cast(millionths as decimal(38, 0)) * 0.000001 as decimal(20, 6))
);
