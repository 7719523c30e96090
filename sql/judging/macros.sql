-- the arithmetic of judging: whole millionths (HUGEINT), so that nothing is divided before it is compared,
-- and one rounding, half away from zero, when a quotient is shown. Dividing 128-bit integers and decimals is
-- slow, so each has a way round: below a milliard a double holds millionths exactly (10^15 < 2^53) and rounds
-- to the whole number; a quotient of numbers that fit into 64 bits is taken in 64 bits
create or replace temp macro micro(amount) as (
    case
        when abs(amount) < 1000000000
            then cast(cast(round(cast(amount as double) * 1000000) as bigint) as hugeint)
        else cast(amount * 1000000 as hugeint)
    end
);

create or replace temp macro is_short(number) as (
    number between -2000000000000000000 and 2000000000000000000
);

create or replace temp macro half_up(numerator, denominator) as (
    case
        when denominator = 0 then null
        when is_short(numerator) and is_short(denominator)
            then
                cast(case when (numerator < 0) = (denominator < 0) then 1 else -1 end as hugeint) * (
                    cast(2 * abs(numerator) + abs(denominator) as bigint)
                    // cast(2 * abs(denominator) as bigint)
                )
        when (numerator < 0) = (denominator < 0)
            then (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
        else -((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))
    end
);

-- null where it has more digits than a column holds: a figure of 10^13 against a target of 1 stops no run
create or replace temp macro amount(millionths) as (
    try_cast(cast(millionths as decimal(38, 0)) * 0.000001 as decimal(20, 6))
);
