"""Commands that people type often answer at once: they import nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"great_expectations", "prefect", "pandas", "sqlalchemy"}
LIST = """
import contextlib, io, json, sys
from flows.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    try:
        code = main(sys.argv[1:])
    except SystemExit as stop:
        code = stop.code
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]))
"""


def imported(*arguments: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", LIST, *arguments], capture_output=True, text=True, check=True
    )
    code, names = json.loads(done.stdout)
    return code, set(names)


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["nonsense"]])
def test_help_and_usage_import_no_library_at_all(arguments: list[str]) -> None:
    code, names = imported(*arguments)
    assert code == (2 if arguments == ["nonsense"] else 0)
    assert names & (HEAVY | {"duckdb", "numpy", "rich"}) == set()
