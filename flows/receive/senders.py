"""Who sent a file, held against the books: a region that no book knows is refused, an unknown office remarked."""

from __future__ import annotations

from difflib import get_close_matches

from flows.books import Books
from flows.receive.lexicon import Lexicon
from models.delivery import Problem, Severity, SideFile
from models.message import joined, say


def sender_problems(file: str, side: SideFile | None, books: Books, lexicon: Lexicon) -> tuple[Problem, ...]:
    """What the books say against the side file's region and office."""
    if side is None:
        return ()
    return (*_region(file, side, lexicon), *_office(file, side, lexicon))


def _region(file: str, side: SideFile, lexicon: Lexicon) -> tuple[Problem, ...]:
    if side.region in lexicon.region_names:
        return ()
    known = joined("、", (f"{code} {name}" for code, name in list(lexicon.region_names.items())[:3]))
    return (
        Problem(
            file,
            "unknown_region",
            say("报送说明中的地区 {region} 不在 regions.csv 中。", region=side.region),
            value=side.region,
            advice=say("请核对代码（已知如 {known}），或先把该地区登记入台账。", known=known),
        ),
    )


def _office(file: str, side: SideFile, lexicon: Lexicon) -> tuple[Problem, ...]:
    if side.reporting_office in lexicon.offices:
        return ()
    close = joined("、", get_close_matches(side.reporting_office, sorted(lexicon.offices), n=3)) or say("无")
    return (
        Problem(
            file,
            "unknown_office",
            say(
                "报送说明中的报数单位 {reporting_office} 不在 offices.csv 中，回执只能发给管理员。",
                reporting_office=side.reporting_office,
            ),
            Severity.WARNING,
            value=side.reporting_office,
            advice=say("请核对单位编号（相近的有：{close}）。", close=close),
        ),
    )
