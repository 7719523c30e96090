"""make bench names what got slower, and its tables and picture show what was measured and nothing else."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from benchmarks.bench import BASELINE, ROOT, against
from benchmarks.bench_pages import STAGES, page_table, picture


def sizes(seconds: float) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    return {"sizes": {"10": {"judge": {"seconds": 9.0, "cpu": seconds, "peak_mib": 400.0}}}}


@pytest.mark.parametrize("seconds", [2.0, 2.5, 1.0])
def test_a_stage_that_takes_up_to_a_quarter_more_is_not_named(seconds: float) -> None:
    assert [*against(sizes(seconds), sizes(2.0))] == []


def test_a_stage_that_takes_more_is_named_with_both_numbers() -> None:
    assert [*against(sizes(3.0), sizes(2.0))] == [
        "slower: judge at 10 regions, 3.0 s against 2.0 s (1.50 times)"
    ]


def test_hundredths_of_a_second_are_noise() -> None:
    assert [*against(sizes(0.3), sizes(0.05))] == []


@pytest.mark.parametrize("known", [{}, {"sizes": {}}, {"sizes": {"1": {}}}, {"sizes": {"10": {}}}])
def test_what_was_never_measured_cannot_be_slower(known: dict[str, object]) -> None:
    assert [*against(sizes(3.0), known)] == []


def test_a_stage_that_was_not_measured_says_so() -> None:
    table = page_table({**sizes(3.0), "machine": {}, "start_up": {"": 0.02}})
    assert "| judge | 3.00 (400) |" in table
    assert f"| {STAGES['publish']} | not measured |" in table


def test_the_page_and_the_picture_show_the_committed_numbers() -> None:
    known = json.loads(BASELINE.read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    measured = re.search(r"<!-- measured -->\n(.*)\n<!-- /measured -->", page, re.DOTALL)
    assert measured and measured[1] == page_table(known)
    assert (ROOT / "docs" / "performance.svg").read_text(encoding="utf-8") == picture(known["sizes"])


def test_the_picture_is_a_drawing_with_a_title() -> None:
    drawing = ElementTree.fromstring(picture(sizes(3.0)["sizes"]))
    titles = [node.text for node in drawing.iter() if node.tag.endswith("title")]
    assert titles == ["Processor seconds of each stage by number of regions"]
