"""Who sent a file, held against the books: a region that no book knows is refused, an unknown office remarked."""

from __future__ import annotations

from difflib import get_close_matches

from flows.books import Books
from flows.receive.lexicon import Lexicon
from models.delivery import Problem, Severity, SideFile


def sender_problems(file: str, side: SideFile | None, books: Books, lexicon: Lexicon) -> tuple[Problem, ...]:
    """What the books say against the side file's region and office."""
    if side is None:
        return ()
    return (*_region(file, side, lexicon), *_office(file, side, books))


def _region(file: str, side: SideFile, lexicon: Lexicon) -> tuple[Problem, ...]:
    if side.region in lexicon.region_names:
        return ()
    known = "、".join(f"{code} {name}" for code, name in list(lexicon.region_names.items())[:3])
    return (
        Problem(
            file,
            "unknown_region",
            f"报送说明中的地区 {side.region} 不在 regions.csv 中。",
            value=side.region,
            advice=f"请核对代码（已知如 {known}），或先把该地区登记入台账。",
        ),
    )


def _office(file: str, side: SideFile, books: Books) -> tuple[Problem, ...]:
    offices = {office.office_id for office in books.offices}
    if side.reporting_office in offices:
        return ()
    close = "、".join(get_close_matches(side.reporting_office, offices, n=3)) or "无"
    return (
        Problem(
            file,
            "unknown_office",
            f"报送说明中的报数单位 {side.reporting_office} 不在 offices.csv 中，回执只能发给管理员。",
            Severity.WARNING,
            value=side.reporting_office,
            advice=f"请核对单位编号（相近的有：{close}）。",
        ),
    )
