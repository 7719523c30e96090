"""Words that name a region, known to the books or not: 大连市 is one, 分地区 is none."""

from __future__ import annotations

import re

from flows.receive.lexicon import Lexicon
from flows.receive.titles import is_footnote
from models.indicator import normal_name

# "The whole city" is the region of the delivery, or the nearest one around it that is a city.
_WHOLE = re.compile(r"[全本](国|省|市|区|县|州)")
_LIKE = re.compile(r"(?!.*[分按各类、])[\u4e00-\u9fff]{1,9}(?:省|市|区|县|自治州|盟|旗)")
_SUMS = {"合计", "总计", "小计", "平均"}


def is_place(text: str, lexicon: Lexicon) -> bool:
    """A region's whole name, or what can be nothing else; an indicator's name never is."""
    name = normal_name(text)
    if not name or lexicon.indicator_named(name) is not None:
        return False
    return lexicon.region_named(text) is not None or bool(_LIKE.fullmatch(name))


def are_places(names: list[str], lexicon: Lexicon) -> bool:
    """Whether a label column holds regions and nothing else, sums and notes aside."""
    named = [name for name in names if normal_name(name) not in _SUMS and not is_footnote(name)]
    return bool(named) and all(is_place(name, lexicon) for name in named)


def whole_region(text: str, region: str, lexicon: Lexicon) -> str | None:
    """全市 in the table of `region`: it, or the nearest region around it whose name ends so; None where none does."""
    match = _WHOLE.fullmatch(normal_name(text))
    while match and region:
        if lexicon.region_names.get(region, "").endswith(match[1]):
            return region
        region = lexicon.parents.get(region, "")
    return None
