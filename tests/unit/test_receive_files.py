"""Finding files and their side files: what is a delivery, and what is said of one that is not whole."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from flows.receive import find
from models.delivery import Finality, Provenance, Severity

TODAY = date(2024, 11, 20)
SIDE = """region = "500104"
reporting_office = "statistics"
received = 2024-11-18
provenance = "official"
finality = "preliminary"
source = "月报"
release_state = "released"
"""


def put(folder: Path, name: str = "a.csv", side: str | None = SIDE, content: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if side is not None:
        path.with_name(path.name + ".delivery.toml").write_text(side, encoding="utf-8")
    return path


def rules(folder: Path) -> dict[str, list[str]]:
    return {raw.path: [problem.rule for problem in raw.side_problems] for raw in find(folder, today=TODAY)}


def test_a_file_with_its_side_file(tmp_path: Path) -> None:
    put(tmp_path, "2024-10/a.csv")
    (raw,) = find(tmp_path, today=TODAY)
    assert raw.side is not None
    assert (raw.path, raw.size, raw.side.region) == ("2024-10/a.csv", 1, "500104")
    assert raw.side.received == date(2024, 11, 18)
    assert (raw.side.provenance, raw.side.finality) == (Provenance.OFFICIAL, Finality.PRELIMINARY)
    assert raw.side_problems == ()


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.csv", "a/b.csv", "10.csv"):
        put(tmp_path, name)
    assert [raw.path for raw in find(tmp_path, today=TODAY)] == ["10.csv", "b.csv", "a/b.csv", "a/z.csv"]


def test_hidden_files_lock_files_and_side_files_are_no_deliveries(tmp_path: Path) -> None:
    for name in (".hidden.csv", "~$open.xlsx", ".git/config"):
        put(tmp_path, name)
    assert find(tmp_path, today=TODAY) == []


def test_received_is_written_once_at_first_sight(tmp_path: Path) -> None:
    path = put(tmp_path, side=SIDE.replace("received = 2024-11-18\n", ""))
    side_file = path.with_name("a.csv.delivery.toml")
    (first,) = find(tmp_path, today=TODAY)
    written = side_file.read_bytes()
    (again,) = find(tmp_path, today=date(2025, 1, 1))
    assert first.side is not None
    assert first.side.received == TODAY
    assert first == again
    assert side_file.read_bytes() == written
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_file_times_are_never_used(tmp_path: Path) -> None:
    path = put(tmp_path)
    before = find(tmp_path, today=TODAY)
    os.utime(path, (0, 0))
    assert find(tmp_path, today=TODAY) == before


def test_a_file_without_side_file_is_reported_with_the_keys_to_write(tmp_path: Path) -> None:
    put(tmp_path, side=None)
    (raw,) = find(tmp_path, today=TODAY)
    (problem,) = raw.side_problems
    assert raw.side is None
    assert problem.message == "旁边没有报送说明 a.csv.delivery.toml，不知道是谁、何时、为哪个地区报送的。"
    assert problem.advice == (
        "请放入该文件，写明 region、reporting_office、provenance、finality、source、release_state。"
    )


@pytest.mark.parametrize("key", ["region", "reporting_office", "provenance", "finality"])
def test_a_missing_key_is_reported_and_the_file_waits(tmp_path: Path, key: str) -> None:
    put(tmp_path, side="".join(line for line in SIDE.splitlines(keepends=True) if not line.startswith(key)))
    (raw,) = find(tmp_path, today=TODAY)
    assert raw.side is None
    assert [problem.message for problem in raw.side_problems] == [f"报送说明中缺少 {key}。"]


def test_what_is_not_said_to_be_released_is_unreleased(tmp_path: Path) -> None:
    put(tmp_path, side=SIDE.replace('release_state = "released"\n', ""))
    (raw,) = find(tmp_path, today=TODAY)
    assert raw.side is not None
    assert raw.side.release_state == "unreleased"
    assert [problem.severity for problem in raw.side_problems] == [Severity.WARNING]


WRONG = [
    ('region = "500104"', 'region = "大渡口区"', "bad_side_key"),
    ('provenance = "official"', 'provenance = "newspaper"', "bad_side_key"),
    ('finality = "preliminary"', 'finality = "sure"', "bad_side_key"),
    ("received = 2024-11-18", 'received = "上周"', "bad_side_key"),
    ('source = "月报"', 'source = "月报"\nperiod = "上个月"', "bad_side_key"),
    ('source = "月报"', "source = 月报", "bad_side_file"),
    ('source = "月报"', 'source = "月报"\nregoin = "500104"', "unknown_side_key"),
]


@pytest.mark.parametrize(("old", "new", "rule"), WRONG)
def test_a_side_file_that_is_wrong_is_reported(tmp_path: Path, old: str, new: str, rule: str) -> None:
    put(tmp_path, side=SIDE.replace(old, new))
    assert rules(tmp_path) == {"a.csv": [rule]}


def test_links_are_reported_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    secret = put(outside, "secret.csv")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "link.csv").symlink_to(secret)
    (raw / "folder").symlink_to(outside)
    (raw / "dangling.csv").symlink_to(tmp_path / "nowhere")
    assert rules(raw) == {"dangling.csv": ["symlink"], "folder": ["symlink"], "link.csv": ["symlink"]}


def test_a_side_file_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, side=None)
    target = tmp_path / ".elsewhere"
    target.write_text(SIDE, encoding="utf-8")
    (tmp_path / "a.csv.delivery.toml").symlink_to(target)
    assert rules(tmp_path) == {"a.csv": ["bad_side_file"]}


@pytest.mark.parametrize("name", ["a.csv.part", "a.xlsx.crdownload", "b.tmp"])
def test_a_file_that_is_still_coming_in_waits(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert rules(tmp_path) == {name: ["still_being_written"]}


def test_a_pipe_does_not_hang_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert rules(tmp_path) == {"pipe.csv": ["not_a_file"]}


def test_a_name_with_control_characters_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a\x1b[31m.csv")
    assert list(rules(tmp_path).values()) == [["bad_file_name"]]


def test_one_bad_file_leaves_the_others_alone(tmp_path: Path) -> None:
    put(tmp_path, "bad.csv", side=None)
    put(tmp_path, "good.csv")
    good = [raw for raw in find(tmp_path, today=TODAY) if raw.side]
    assert [raw.path for raw in good] == ["good.csv"]


def test_files_that_cannot_be_read_are_deliveries_of_their_own(tmp_path: Path) -> None:
    for name in ("a.csv.part", "b.csv.part"):
        put(tmp_path, name)
    one, other = find(tmp_path, today=TODAY)
    assert one.delivery_id != other.delivery_id
