"""Settings come from file, environment and flags, the later winning, each with its origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigurationError
from flows.settings import NAMES, Settings, load, unknown_variables


def write(folder: Path, text: str) -> Path:
    file = folder / "duban.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, 'var = "from-file"\nlang = "en"\nsmtp_port = 25\n')
    settings = load({"var": Path("flag")}, config=file, environ={"DUBAN_VAR": "env", "DUBAN_LANG": "zh"})
    assert (settings.var, settings.lang, settings.smtp_port) == (Path("flag"), "zh", 25)
    assert settings.origins["var"] == "flag"
    assert settings.origins["lang"] == "DUBAN_*"
    assert settings.origins["smtp_port"] == str(file)
    assert settings.origins["raw"] == "default"


def test_lists_may_be_written_as_lists_or_with_commas(tmp_path: Path) -> None:
    assert load({}, config=write(tmp_path, 'regions = ["500104", "500000"]')).regions == ("500104", "500000")
    assert load({}, config=None, environ={"DUBAN_REGIONS": "500104, 500000,"}).regions == ("500104", "500000")


def test_the_password_is_never_shown() -> None:
    assert "geheim" not in repr(Settings(smtp_password="geheim"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("var = ", "无法读取"),
        ("colour = 1", "有不认识的设置：colour"),
        ('smtp_port = "many"', "设置 smtp_port 的值“many”"),
        ('verbose = "perhaps"', "设置 verbose 的值“perhaps”"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        load({}, config=write(tmp_path, text), environ={})


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="找不到配置文件"):
        load({}, config=tmp_path / "nowhere.toml")


def test_the_warehouse_is_a_file_unless_a_lake_is_named(tmp_path: Path) -> None:
    assert load({}, config=None, environ={}).lake == ""
    settings = load({}, config=None, environ={"DUBAN_WAREHOUSE": "ducklake:postgres:dbname=duban"})
    assert (settings.lake, settings.origins["warehouse"]) == ("ducklake:postgres:dbname=duban", "DUBAN_*")
    named = load({}, config=write(tmp_path, 'warehouse = "ducklake:postgres:dbname=x"\nlake_data = "data"'))
    assert (named.lake, named.lake_data) == ("ducklake:postgres:dbname=x", Path("data"))


@pytest.mark.parametrize("place", ["other.duckdb", "ducklake:sqlite:x", "postgres:dbname=duban"])
def test_another_kind_of_warehouse_is_refused(place: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load({}, config=None, environ={"DUBAN_WAREHOUSE": place})
    assert str(caught.value) == (
        "设置 warehouse 的值（来自 DUBAN_*）不对：只能是 ducklake:postgres:…，或留空使用 --var 下的文件。"
    )


def test_a_password_in_the_warehouse_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load({}, config=None, environ={"DUBAN_WAREHOUSE": "ducklake:postgres:password=geheim"})
    assert str(caught.value) == (
        "设置 warehouse（来自 DUBAN_*）里不要写密码。请改用 ~/.pgpass 或环境变量 PGPASSWORD。"
    )


def test_groups_are_a_table_of_regions(tmp_path: Path) -> None:
    text = '[groups]\nnorth = ["110101", "110102"]\nsouth = ["110105"]\n'
    settings = load({}, config=write(tmp_path, text), environ={})
    assert settings.groups == {"north": ("110101", "110102"), "south": ("110105",)}
    assert [settings.group_of(region) for region in ("110102", "110105", "500104", "")] == [
        "north",
        "south",
        "common",
        "common",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('groups = "north"', "不是分组表"),
        ('[groups]\nnorth = "110101"', "不是分组表"),
        ("[groups]\nnorth = []", "north"),
        ('[groups]\ncommon = ["110101"]', "common"),
        ('[groups]\n"a/b" = ["110101"]', "a/b"),
        ('[groups]\nnorth = ["110101"]\nsouth = ["110101"]', "110101"),
    ],
)
def test_groups_that_cannot_be_meant_are_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match=f"设置 groups（来自 .*）不对：{what}。"):
        load({}, config=write(tmp_path, text), environ={})


@pytest.mark.parametrize("name", ["DUBAN_LANGUAGE", "DUBAN_ORIGINS", "DUBAN_lang"])
def test_a_variable_that_is_no_setting_is_named(name: str) -> None:
    assert unknown_variables({name: "x", "DUBAN_LANG": "zh", "PATH": "y"}) == (
        f"环境变量 {name} 不是设置，未被采用。可用的设置见 duban doctor，变量名为 DUBAN_ 加大写的设置名。"
    )


def test_nothing_is_said_of_variables_that_are_settings_or_not_ours() -> None:
    environ = {f"DUBAN_{name.upper()}": "x" for name in NAMES} | {"HOME": "/", "XDUBAN_A": "x"}
    assert unknown_variables(environ) == ""
