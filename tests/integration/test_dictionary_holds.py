"""docs/data_dictionary.md says what the published database says, and every comment says something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows import warehouse
from flows.dictionary import dictionary
from flows.publish import publish
from flows.settings import Settings
from models.assessment import DataState, Outlook, Status
from models.columns import COLUMNS, DECIMAL, SHARE
from models.delivery import Basis, Finality, Measure, Provenance
from models.relations import BOOKS, KEPT, PUBLISHED
from models.run import RunContext
from models.sending import SendState

DOCUMENT = Path(__file__).parents[2] / "docs" / "data_dictionary.md"
CHINESE = re.compile("[\u4e00-\u9fff]")
WORDS = {
    "status": Status,
    "data_state": DataState,
    "outlook": Outlook,
    "measure": Measure,
    "basis": Basis,
    "finality": Finality,
    "provenance": Provenance,
    "state": SendState,
}
UNITS = ("unit", "单位", "%", "share", "ratio", "points", "0 to 1")


def test_the_document_is_what_the_database_says(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    publish(settings)
    with warehouse.read_published(settings) as connection:
        assert dictionary(connection) == DOCUMENT.read_text(encoding="utf-8"), "run `make dictionary`"


def test_every_column_is_explained_in_both_languages() -> None:
    poor = [
        c.name for c in COLUMNS.values() if not CHINESE.search(c.zh) or CHINESE.sub("", c.en).strip() == ""
    ]
    assert poor == []


def test_no_column_is_explained_by_its_own_name() -> None:
    same = [c.name for c in COLUMNS.values() if c.en.lower().strip() == c.name.replace("_", " ")]
    assert same == []


def test_every_measured_column_names_its_unit() -> None:
    measured = {c.name: c for r in PUBLISHED for c in r.columns if c.type in (DECIMAL, SHARE)}
    bare = [name for name, column in measured.items() if not any(word in column.en for word in UNITS)]
    assert bare == []


def test_every_time_of_day_names_its_zone() -> None:
    assert [c.name for c in COLUMNS.values() if c.type == "TIMESTAMP" and "北京时间" not in c.zh] == []


@pytest.mark.parametrize("name", WORDS)
def test_every_value_of_a_vocabulary_is_explained(name: str) -> None:
    column = COLUMNS[name]
    assert [word for word in WORDS[name] if word.value not in column.zh or word.value not in column.en] == []


@pytest.mark.parametrize("relation", BOOKS + KEPT + PUBLISHED, ids=lambda relation: relation.name)
def test_every_relation_says_what_one_row_is(relation: object) -> None:
    assert re.search("一行|每|只有", relation.zh)  # type: ignore[attr-defined]
    assert "one row" in relation.en  # type: ignore[attr-defined]


def test_a_key_is_made_of_columns_of_its_relation() -> None:
    for relation in BOOKS + KEPT + PUBLISHED:
        assert set(relation.key) <= {column.name for column in relation.columns}
