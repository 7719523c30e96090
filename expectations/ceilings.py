"""What no region of any country can reach, by unit: for figures that have neither a past nor a target to be held
against. Far above everything that is ever reported; a figure beyond is a slip of the hand.
"""

from __future__ import annotations

from functools import cache

from models.quantity import parse_unit

NONE = 0.0
_MOST = {
    "money": 1e17,  # 元: ten times what all payment systems of China turn over in a year
    "us_dollar": 1e16,  # a hundred times the output of the world
    "area": 1e15,  # 平方米: twice the surface of the earth
    "count_人": 1e10,  # more than mankind
    "count_户": 1e10,
    "count_家": 1e10,
    "count_套": 1e10,
}


@cache
def ceiling(unit: str) -> float:
    """The largest figure in `unit` that anything can have, NONE where nobody can say."""
    known = parse_unit(unit)
    if known is None or known.dimension not in _MOST:
        return NONE
    return _MOST[known.dimension] / float(known.factor)
