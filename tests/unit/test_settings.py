"""Settings come from file, environment and flags, the later winning, each with its origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigurationError
from flows.settings import Settings, load


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
