"""`duban alias add`: one cell of one book changes, nothing else, and who decided is kept."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from books_folder import Row, calendar, indicator, write_books

from flows import alias as alias_module
from flows import cli
from flows.alias import add_alias
from flows.books import load
from flows.errors import DiskError, DubanError, NotFoundError, RefusedError, UsageError

TODAY = date(2030, 3, 4)
OTHER = indicator(indicator_id="sales_large", name="大户销售额", name_en="Large sales", aliases="大户销售")


def two_indicators(folder: Path, **cells: str) -> Path:
    calendars = [calendar(), calendar(indicator_id="sales_large")]
    return write_books(folder, indicators=[indicator(**cells), OTHER], calendar=calendars)


def add(folder: Path, subject: str, name: str) -> str:
    return add_alias(folder, subject, name, author="张三", reason="统计局来函", today=TODAY)


def test_the_alias_is_read_afterwards(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    assert add(folder, "sales", "样例销售") == (
        "已为 sales 登记别名“样例销售”（张三：统计局来函）。下次运行会重新判读此前拒收的文件。"
    )
    assert load(folder).indicator_names()["样例销售"] == "sales"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_other_byte_stays(tmp_path: Path, mark: str, ending: str) -> None:
    folder = two_indicators(tmp_path, aliases="旧名", definition='定义，带"引号", 逗号\n和换行')
    book = folder / "indicators.csv"
    text = mark + book.read_text(encoding="utf-8-sig").replace("\n", ending)
    book.write_bytes(text.encode())
    add(folder, "sales", "新名")
    assert book.read_bytes() == text.replace("旧名", "旧名|新名").encode()


def test_an_alias_with_a_comma_is_quoted(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    add(folder, "sales", '销售,"全部"')
    assert load(folder).indicators[0].aliases == ('销售,"全部"',)


def test_the_newest_row_of_a_corrected_indicator_gets_the_alias(tmp_path: Path) -> None:
    rows: list[Row] = [indicator(entered_on="2030-02-01"), indicator(definition="旧定义")]
    folder = write_books(tmp_path, indicators=rows)
    add(folder, "sales", "新名")
    assert [row.aliases for row in load(folder).indicators] == [("新名",), ()]


def test_author_and_reason_are_kept(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    add(folder, "sales", "甲")
    add(folder, "990001", "乙")
    assert (folder / "alias_log.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "entered_on,subject,alias,author,reason",
        "2030-03-04,sales,甲,张三,统计局来函",
        "2030-03-04,990001,乙,张三,统计局来函",
    ]


def test_a_region_gets_an_alias_too(tmp_path: Path) -> None:
    folder = write_books(tmp_path)
    add(folder, "990001", "样例新区")
    assert load(folder).region_names()["样例新区"] == "990001"


@pytest.mark.parametrize("taken", ["大户销售", "大户销售额", "Large Sales", "sales_large", "大户 销售"])
def test_a_name_of_another_indicator_is_refused(tmp_path: Path, taken: str) -> None:
    folder = two_indicators(tmp_path)
    before = (folder / "indicators.csv").read_bytes()
    with pytest.raises(RefusedError) as refusal:
        add(folder, "sales", taken)
    assert str(refusal.value) == f"别名“{taken}”已属于 sales_large，不能再给 sales。请核对名称，或先改台账。"
    assert (folder / "indicators.csv").read_bytes() == before
    assert not (folder / "alias_log.csv").exists()


def test_a_name_it_has_already_changes_nothing(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    before = (folder / "indicators.csv").read_bytes()
    assert add(folder, "sales", "样例 销售额") == "sales 已有这个名称“样例 销售额”，未作改动。"
    assert (folder / "indicators.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["", "  ", "甲|乙", "甲\n乙", "=1+1", "@甲", "甲\x00", "甲\u2028乙"])
def test_an_alias_that_is_no_plain_cell_is_refused(tmp_path: Path, name: str) -> None:
    folder = two_indicators(tmp_path)
    with pytest.raises(UsageError) as refusal:
        add(folder, "sales", name)
    assert str(refusal.value) == f"别名“{name}”不能登记：不能为空，不能含 | 或换行，不能以 = + - @ 开头。"


def test_an_unknown_subject_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refusal:
        add(two_indicators(tmp_path), "sale", "甲")
    assert str(refusal.value) == "台账里没有编号为“sale”的指标或地区。相近的有：sales、sales_large。"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiskError) as refusal:
        add(tmp_path / "none", "sales", "甲")
    assert (
        str(refusal.value)
        == f"{tmp_path}/none：无法打开（没有这个文件或文件夹）。请检查 --reference 的路径。"
    )


def test_a_write_that_fails_leaves_the_book_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = two_indicators(tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(alias_module.os, "fsync", full)
    with pytest.raises(DubanError) as refusal:
        add(folder, "sales", "甲")
    assert str(refusal.value) == f"{folder}/alias_log.csv：无法写入（磁盘已满）。请检查权限和磁盘空间。"
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_the_book_keeps_its_permissions(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    (folder / "indicators.csv").chmod(0o640)
    add(folder, "sales", "甲")
    assert (folder / "indicators.csv").stat().st_mode & 0o777 == 0o640


def test_two_people_at_once_lose_no_alias(tmp_path: Path) -> None:
    folder = two_indicators(tmp_path)
    children = []
    for name in ("甲", "乙", "丙", "丁"):
        if (child := os.fork()) == 0:
            add(folder, "sales", name)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert set(load(folder).indicators[0].aliases) == {"甲", "乙", "丙", "丁"}


def test_the_command_adds_an_alias(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = two_indicators(tmp_path)
    words = [
        "alias",
        "add",
        "sales",
        "甲",
        "--author",
        "张三",
        "--reason",
        "来函",
        "--reference",
        str(folder),
    ]
    assert cli.main(words) == 0
    assert capsys.readouterr().out.startswith("已为 sales 登记别名“甲”（张三：来函）。")
    assert load(folder).indicators[0].aliases == ("甲",)
