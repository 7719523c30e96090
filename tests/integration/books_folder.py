"""A small set of books for tests: two indicators, two offices, one region, written as CSV into a folder."""

from __future__ import annotations

import csv
from pathlib import Path

from flows.book_files import BOOK_FILES
from models.cell import columns_of

Row = dict[str, str]
ENTERED = {"entered_on": "2030-01-01"}


def region(**cells: str) -> Row:
    return {"region": "990001", "name": "样例区", "short_name": "样例", "name_en": "Sample"} | ENTERED | cells


def office(**cells: str) -> Row:
    row = {
        "office_id": "bureau",
        "region": "990001",
        "name": "样例局",
        "name_en": "Bureau",
        "role": "reporting|responsible",
    }
    return row | {"language": "zh", "wants_workbook": "no", "suggested": "yes"} | ENTERED | cells


def indicator(**cells: str) -> Row:
    row = {
        "indicator_id": "sales",
        "name": "样例销售额",
        "name_en": "Sales",
        "unit": "亿元",
        "measures": "total|growth",
    }
    row |= {
        "basis": "ytd",
        "direction": "higher",
        "whole_number": "no",
        "valuation": "nominal",
        "frequency": "month",
    }
    return row | {"reporting_office": "bureau", "definition": "样例"} | ENTERED | cells


def calendar(**cells: str) -> Row:
    row = {
        "indicator_id": "sales",
        "months": "3|6|9|12",
        "lag_days": "20",
        "final_lag_days": "30",
        "grace_days": "60",
    }
    return row | ENTERED | cells


def target(**cells: str) -> Row:
    row = {"target_id": "t1", "region": "990001", "year": "2030", "indicator": "sales", "measure": "total"}
    row |= {"comparator": ">=", "value": "50", "unit": "亿元", "nature": "预期性", "final_period": "2030-12"}
    row |= {"year_end_only": "no", "lumpy": "no", "responsible_office": "bureau"}
    return row | {"section": "1", "paragraph": "1", "printed": "50亿元"} | ENTERED | cells


def point(**cells: str) -> Row:
    return {"target_id": "t1", "period": "2030-06", "value": "20", "reason": "样例"} | ENTERED | cells


def rule(**cells: str) -> Row:
    row = {
        "rule_set": "plain@1",
        "kind": "total",
        "nature": "*",
        "priority": "9",
        "subject": "gap",
        "operator": "any",
    }
    return row | {"status": "on_schedule", "scale": "5", "label": "样例", "label_en": ""} | ENTERED | cells


def rule_choice(**cells: str) -> Row:
    return {"region": "*", "target_id": "*", "rule_set": "plain@1"} | ENTERED | cells


def figure(**cells: str) -> Row:
    row = {"region": "990001", "year": "2030", "section": "1", "paragraph": "1", "printed": "2030年"}
    return row | {"occurrence": "1", "reason": "年份"} | ENTERED | cells


def section(**cells: str) -> Row:
    row = {"region": "990001", "year": "2030", "section": "1", "section_title": "坚持开放，扩大市场"}
    return row | {"section_short": "市场", "section_title_en": "Markets"} | ENTERED | cells


def good_books() -> dict[str, list[Row]]:
    """Books without a fault, one row or two in each."""
    return {
        "regions": [region()],
        "offices": [office()],
        "indicators": [indicator()],
        "calendar": [calendar()],
        "calendar_moves": [
            {"indicator_id": "sales", "period": "2030-06", "due_on": "2030-07-25", "reason": "节假日"}
            | ENTERED
        ],
        "targets": [target()],
        "schedule_points": [point()],
        "rules": [rule()],
        "rule_choices": [rule_choice()],
        "figures_not_targets": [figure()],
        "sections": [section()],
    }


def write_books(folder: Path, **changed: list[Row]) -> Path:
    """Good books in `folder`, some of them replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (good_books() | changed).items():
        file, book = BOOK_FILES[name]
        with (folder / file).open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, list(columns_of(book)), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
