"""The words of a mail: what became of a project, figures in one unit, falls that are called falls."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.stage_words import stage_text

TARGETS = Path("data/reference/targets.csv")


@pytest.mark.parametrize(
    ("printed", "done", "open_"),
    [
        ("建好经济运行调度平台", "已建好", "尚未建好"),
        ("推动华润万象汇B馆开业运营", "已开业运营", "尚未开业运营"),
        ("建成投用“万吨通”线上平台", "已建成投用", "尚未建成投用"),
        ("力促蒲公英成长酷玩营地二期投用", "已投用", "尚未投用"),
        ("力促虬龙总部主体完工", "主体已完工", "主体尚未完工"),
        ("完成区中医院、区妇幼保健院搬迁", "已完成", "尚未完成"),
        ("启动区养老院建设", "已启动", "尚未启动"),
        ("让群众满意", "已完成", "尚未完成"),
        ("", "已完成", "尚未完成"),
    ],
)
def test_a_project_is_reported_in_the_words_of_its_promise(printed: str, done: str, open_: str) -> None:
    assert stage_text(printed, is_reached=True) == done
    assert stage_text(printed, is_reached=False) == open_
    assert stage_text(printed, is_reached=True, lang="en") == "done"


def test_every_project_of_the_report_has_an_outcome_of_its_own_words() -> None:
    with TARGETS.open(encoding="utf-8-sig", newline="") as file:
        printed = [row["printed"] for row in csv.DictReader(file) if row["measure"] == "stage"]
    assert printed
    for text in printed:
        assert stage_text(text, is_reached=True).replace("已", "") in text
