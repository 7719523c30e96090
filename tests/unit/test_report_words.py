"""One catalogue of words: both languages complete, and no word used that it does not have."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from models.assessment import DataState, Outlook, Status
from models.delivery import Finality, Outcome, Provenance
from models.target import KINDS
from models.words import WORDS, section_word, unit_word, word

REPORT = Path(__file__).parents[2] / "flows" / "report"
SOURCES = [*REPORT.rglob("*.py"), *(REPORT / "templates").glob("*.js"), *REPORT.parent.glob("status*.py")]
ASKED = re.compile(r"""word\(\s*["'`]([a-z_]+\.[a-z_]+)["'`]""")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_every_word_is_there_in_both_languages(key: str) -> None:
    zh, en = WORDS[key]
    assert zh.strip()
    assert en.strip()
    assert not re.search(r"[\u4e00-\u9fff]", en), "English holds Chinese characters"


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_fill_the_same_places(key: str) -> None:
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in WORDS[key])
    assert zh == en


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_word_is_asked_for_that_the_catalogue_lacks(source: Path) -> None:
    asked = set(ASKED.findall(source.read_text(encoding="utf-8")))
    assert sorted(key for key in asked if key not in WORDS and not key.endswith("_")) == []


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("status", Status),
        ("status_meaning", Status),
        ("data_state", DataState),
        ("outlook", Outlook),
        ("outcome", Outcome),
        ("finality", Finality),
        ("provenance", Provenance),
        ("kind", (*KINDS, "no_target")),
    ],
)
def test_every_state_has_its_word(group: str, values: object) -> None:
    missing = [str(value) for value in values if f"{group}.{value}" not in WORDS]  # type: ignore[attr-defined]
    assert missing == []


def test_an_unknown_word_is_an_error_and_not_an_empty_text() -> None:
    with pytest.raises(KeyError, match=r"status\.purple"):
        word("status.purple")


def test_places_are_filled() -> None:
    assert word("page.at_row", "zh", row=7) == "第7行"
    assert word("page.at_row", "en", row=7) == "row 7"


def test_a_unit_the_catalogue_does_not_know_stays_as_printed() -> None:
    assert unit_word("亿元", "en") == "¥100m"
    assert unit_word("万元/亩", "en") == "万元/亩"
    assert unit_word(None, "en") == ""


@pytest.mark.parametrize(
    ("section", "zh", "en"),
    [
        ("headline", "主要预期目标", "Headline targets"),
        ("3", "重点任务（三）", "Task 3"),
        ("10", "重点任务（十）", "Task 10"),
        ("21", "重点任务（二十一）", "Task 21"),
    ],
)
def test_sections_are_numbered_as_the_report_numbers_them(section: str, zh: str, en: str) -> None:
    assert section_word(section) == zh
    assert section_word(section, "en") == en


def test_sections_carry_the_reports_title_where_the_book_has_it() -> None:
    assert section_word("3", "zh", "现代服务业") == "任务三：现代服务业"
    assert section_word("3", "zh", "坚持消费引领，全力实施现代服务业提升行动", whole=True) == (
        "（三）坚持消费引领，全力实施现代服务业提升行动"
    )
    assert section_word("3", "en", "Modern services") == "3. Modern services"
    assert section_word("headline", "zh", "现代服务业") == "主要预期目标"
