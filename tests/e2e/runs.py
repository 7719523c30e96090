"""Run duban as a user does, and look at what it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from models.relations import PUBLISHED

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample_2024"
PUBLIC = ROOT / "data" / "raw" / "public"
Rows = list[tuple[object, ...]]


def duban(*arguments: object, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in its own process, from an empty environment of settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=clean | environment,
        timeout=600,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def query(var: Path, sql: str) -> Rows:
    with duckdb.connect(str(var / "published" / "duban.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def relations(var: Path, *, without: str = "run") -> dict[str, Rows]:
    """Every published relation but `run`, rows in a fixed order; run ids name the run that wrote a row first."""
    names = [item.name for item in PUBLISHED if item.name not in without.split()]
    return {name: query(var, f"select * from {name} order by all") for name in names}


def comparable(var: Path) -> dict[str, Rows]:
    """Published relations without what differs between two runs by nature: run ids and wall-clock times."""
    shown: dict[str, Rows] = {}
    for item in PUBLISHED:
        kept = [
            c.name
            for c in item.columns
            if c.name not in ("run_id", "assessment_id", "evidence") and c.type != "TIMESTAMP"
        ]
        columns = ", ".join(f'"{name}"' for name in kept)
        if item.name != "run":
            shown[item.name] = query(var, f"select {columns} from {item.name} order by all")
    return shown


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
