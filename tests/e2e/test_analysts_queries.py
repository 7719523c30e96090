"""What docs/queries.md shows an analyst is true: every query runs, every answer is the sample year's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.queries_doc import Question, answer, examples, questions

TOOLS = {
    "shell": ["sh", "-c"],
    "pandas": [sys.executable, "-c"],
    "polars": [sys.executable, "-c"],
}


@pytest.fixture(scope="module")
def published(sample_year: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_year / "published" / "duban.duckdb"), read_only=True) as connection:
        yield connection


def test_twenty_questions_are_answered() -> None:
    assert [question.number for question in questions()] == list(range(1, 21))


@pytest.mark.parametrize("question", questions(), ids=lambda question: f"{question.number}")
def test_the_printed_answer_is_the_one_the_query_gives(
    published: duckdb.DuckDBPyConnection, question: Question
) -> None:
    assert answer(published, question.sql) == question.answer


def test_no_answer_is_empty() -> None:
    assert [question.number for question in questions() if question.answer.count("\n") < 3] == []


@pytest.mark.parametrize(
    ("tool", "shown"),
    [("shell", "新增高新技术企业"), ("pandas", "招商引资到位资金"), ("polars", "2024-10-31")],
)
def test_each_tool_is_shown_in_five_lines_that_run(sample_year: Path, tool: str, shown: str) -> None:
    code = examples()[tool].replace("var/sample", str(sample_year))
    assert len(code.splitlines()) <= 5
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "POLARS_FMT_MAX_ROWS": "99",
    }
    done = subprocess.run([*TOOLS[tool], code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout
