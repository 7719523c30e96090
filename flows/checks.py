"""What must hold of the published relations: keys, joins, identities. Each query returns the rows that offend.

DuckDB tables here have no constraints, so that the same statements run on a lake; these queries prove instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.relations import PUBLISHED, Relation
from sql import FOLDER, query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHOWN = 3  # offending rows in the message
# A person may take a row out of a book while its figures stay: worth a word from the doctor, no reason to stop.
ABOUT_BOOKS = frozenset({"figure_has_a_known_indicator"})


class CheckFailed(Exception):
    """What would be published contradicts itself: a bug, not something a user did."""


@dataclass(frozen=True)
class Failure:
    """A check that returned rows."""

    check: str
    rows: tuple[tuple[object, ...], ...]

    def __str__(self) -> str:
        shown = "; ".join(str(tuple(map(str, row))) for row in self.rows[:SHOWN])
        return f"{self.check}: {len(self.rows)} rows, e.g. {shown}"


def statements() -> dict[str, str]:
    """Every check by name: a unique key a relation, and the files of sql/checks/published."""
    keys = {f"key_of_{relation.name}": repeated_keys(relation) for relation in PUBLISHED}
    files = sorted(path.stem for path in (FOLDER / "checks" / "published").glob("*.sql"))
    return keys | {name: query(f"checks/published/{name}") for name in files}


def failures(connection: DuckDBPyConnection) -> list[Failure]:
    """All checks over the published relations that `connection` has open; empty when all hold."""
    found = ((name, connection.execute(text).fetchall()) for name, text in statements().items())
    return [Failure(name, tuple(rows)) for name, rows in found if rows]


def require(connection: DuckDBPyConnection) -> None:
    """Raise CheckFailed with the names of the checks that do not hold."""
    if broken := [item for item in failures(connection) if item.check not in ABOUT_BOOKS]:
        raise CheckFailed("not published: " + " | ".join(map(str, broken)))


def repeated_keys(relation: Relation) -> str:
    """The query for keys of `relation` that more than one row has."""
    key = ", ".join(f'"{name}"' for name in relation.key)
    return query("checks/key").replace("any_key", key).replace("any_relation", relation.name)
