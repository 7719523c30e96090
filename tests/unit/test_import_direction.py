"""Imports point one way: flows → expectations, sql, models; models knows the standard library only."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("flows", "expectations", "sql", "models")
MAY_IMPORT = {
    "flows": {"flows", "expectations", "sql", "models"},
    "expectations": {"expectations", "sql", "models", "flows.errors"},
    "sql": {"sql"},
    "models": {"models"},
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", OURS)
def test_a_package_imports_only_what_stands_below_it(package: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(package)
        for name in imports(file)
        if name.split(".")[0] in OURS and not {name, name.split(".")[0]} & MAY_IMPORT[package]
    ]
    assert wrong == []


def test_models_know_the_standard_library_only() -> None:
    wrong = [
        f"{file.name} imports {name}"
        for file in modules("models")
        if file.name != "tables.py"
        for name in imports(file)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "models"}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("great_expectations", {"expectations"}),
        ("sqlalchemy", {"models/tables.py", "flows/warehouse.py", "flows/ledger.py"}),
        (
            "prefect",
            {"flows/prefect_flow.py", "flows/artifacts.py", "flows/deployments.py", "flows/work_pool.py"},
        ),
    ],
)
def test_a_library_has_one_home(library: str, homes: set[str]) -> None:
    users = {
        str(file.relative_to(ROOT))
        for package in OURS
        for file in modules(package)
        if library in {name.split(".")[0] for name in imports(file)}
    }
    assert users, f"nothing uses {library}"
    assert [user for user in users if not any(user.startswith(home) for home in homes)] == []
