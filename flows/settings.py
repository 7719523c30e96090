"""Settings, read once at the edge: duban.toml, then DUBAN_* variables, then flags."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import ConfigurationError
from models.message import joined, say

if TYPE_CHECKING:
    from models.run import RunContext

LAKE = "ducklake:postgres:"
COMMON = "common"  # the regions of no group


@dataclass(frozen=True)
class Settings:
    """Everything a run may be told; `origins` says for each name where its value came from."""

    raw: Path = Path("data/raw/sample_2024")
    var: Path = Path("var/sample")
    reference: Path = Path("data/reference")
    lang: str = "zh"
    verbose: bool = False
    regions: tuple[str, ...] = ()  # six-digit codes to judge; empty = every region with targets
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # regions that one run takes together
    lake: str = ""  # the setting `warehouse`: ducklake:postgres:…; empty = the file under `var`
    lake_data: Path | None = None  # the lake's folder; empty = under `var`
    workers: int = 4  # processes that take groups at once, under `duban serve`
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"  # starttls | tls | none
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_password_file: Path | None = None
    smtp_ca_file: Path | None = None
    smtp_timeout_seconds: int = 30
    mail_from: str = "duban@localhost.invalid"
    mails_per_minute: int = 60
    allowed_domains: tuple[str, ...] = ()  # may receive numbers that are not yet released
    repeat_periods: int = 3  # still behind: told again after so many figures
    report_link: str = ""  # where readers find the reports, for links in mails
    copies_kept: int = 12  # dated copies of the published database
    max_file_megabytes: int = 50
    max_rows: int = 1_000_000
    prefect_port: int = 4200  # loopback only
    config: Path | None = None  # the file these came from, when one was named
    origins: Mapping[str, str] = field(default_factory=dict)
    context: RunContext | None = None  # the run on whose behalf a lake is looked at

    def group_of(self, region: str) -> str:
        """The group that a region is in; COMMON for all that are in none."""
        return next((name for name, regions in self.groups.items() if region in regions), COMMON)

    @property
    def warehouse(self) -> Path:
        return self.var / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.var / "published" / "duban.duckdb"


_FIELDS = {"warehouse": "lake"}  # settings whose field is named otherwise
_NAMED = {name: setting for setting, name in _FIELDS.items()}
NAMES = tuple(
    _NAMED.get(f.name, f.name) for f in fields(Settings) if f.name not in ("origins", "config", "context")
)
CHOICES = {"lang": ("zh", "en"), "smtp_security": ("starttls", "tls", "none")}
_KINDS = {_NAMED.get(f.name, f.name): str(f.type) for f in fields(Settings)}


def load(
    flags: Mapping[str, object], *, config: Path | None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Settings from file, environment and flags, the later winning; ConfigurationError for a bad value."""
    environ = os.environ if environ is None else environ
    file = config or Path("duban.toml")
    layers: list[tuple[str, Mapping[str, object]]] = [
        (str(file), settings_of_file(file, required=config is not None)),
        ("DUBAN_*", {n: environ[f"DUBAN_{n.upper()}"] for n in NAMES if f"DUBAN_{n.upper()}" in environ}),
        ("flag", {n: v for n, v in flags.items() if v is not None}),
    ]
    settings = Settings()
    origins = dict.fromkeys(NAMES, "default")
    for origin, values in layers:
        typed = {name: _typed(name, value, origin) for name, value in values.items()}
        named = {_FIELDS.get(name, name): value for name, value in typed.items()}
        settings = replace(settings, **named)  # type: ignore[arg-type]
        origins |= dict.fromkeys(typed, origin)
    return replace(settings, origins=origins, config=config)


def unknown_variables(environ: Mapping[str, str]) -> str:
    """What to say of DUBAN_* variables that name no setting, such as a misspelt one; nothing where there is none."""
    known = {f"DUBAN_{name.upper()}" for name in NAMES}
    unknown = sorted(name for name in environ if name.startswith("DUBAN_") and name not in known)
    if not unknown:
        return ""
    return say(
        "环境变量 {unknown} 不是设置，未被采用。可用的设置见 duban doctor，变量名为 DUBAN_ 加大写的设置名。",
        unknown=joined("、", unknown),
    )


def settings_of_file(file: Path, *, required: bool) -> dict[str, object]:
    """What a settings file says, as it stands there; ConfigurationError for one that cannot be read."""
    if not file.exists():
        if required:
            raise ConfigurationError(say("找不到配置文件 {file}。请检查 --config 的路径。", file=file))
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(
            say("配置文件 {file} 无法读取：{error}。请按 TOML 格式改正。", file=file, error=error)
        ) from error
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise ConfigurationError(
            say(
                "配置文件 {file} 有不认识的设置：{unknown}。可用的有：{names}。",
                file=file,
                unknown=joined("、", unknown),
                names=joined("、", NAMES),
            )
        )
    return values


def _typed(name: str, value: object, origin: str) -> object:
    kind = _KINDS[name]
    if name == "warehouse":
        return _place(str(value), origin)
    if name == "groups":
        return _groups(value, origin)
    if name in CHOICES and str(value) not in CHOICES[name]:
        raise ConfigurationError(
            say(
                "设置 {name} 的值“{value}”（来自 {origin}）不对，只能是 {choices}。",
                name=name,
                value=value,
                origin=origin,
                choices=joined("、", CHOICES[name]),
            )
        )
    try:
        if kind.startswith("Path"):
            return Path(str(value)).expanduser() if str(value) else None
        if kind == "int":
            return int(str(value))
        if kind == "bool":
            return (
                value
                if isinstance(value, bool)
                else {"1": True, "true": True, "0": False, "false": False}[str(value).lower()]
            )
        if kind.startswith("tuple"):
            items = value if isinstance(value, list | tuple) else str(value).split(",")
            return tuple(str(item).strip() for item in items if str(item).strip())
    except (ValueError, KeyError) as error:
        raise ConfigurationError(
            say(
                "设置 {name} 的值“{value}”（来自 {origin}）不对。请改正后再运行。",
                name=name,
                value=value,
                origin=origin,
            )
        ) from error
    return str(value)


def _place(value: str, origin: str) -> str:
    if value and not value.startswith(LAKE):
        raise ConfigurationError(
            say(
                "设置 warehouse 的值（来自 {origin}）不对：只能是 ducklake:postgres:…，或留空使用 --var 下的文件。",
                origin=origin,
            )
        )
    if "password" in value:  # it would stand in logs, parameters and messages
        raise ConfigurationError(
            say(
                "设置 warehouse（来自 {origin}）里不要写密码。请改用 ~/.pgpass 或环境变量 PGPASSWORD。",
                origin=origin,
            )
        )
    return value


def _groups(value: object, origin: str) -> dict[str, tuple[str, ...]]:
    """`[groups]` of duban.toml: a name and its regions a line; a region is in one group at most."""
    groups = value if isinstance(value, dict) else {}
    made = {
        str(name): tuple(map(str, regions)) for name, regions in groups.items() if isinstance(regions, list)
    }
    regions = [region for own in made.values() for region in own]
    twice = sorted({region for region in regions if regions.count(region) > 1})
    odd = [name for name in made if not re.fullmatch(r"[\w-]+", name) or name == COMMON or not made[name]]
    if len(made) != len(groups) or not isinstance(value, dict) or twice or odd:
        raise ConfigurationError(
            say(
                "设置 groups（来自 {origin}）不对：{what}。请在 duban.toml 的 [groups] 下每行写 名称 = [地区代码, …]，一个地区只在一组。",
                origin=origin,
                what=joined("、", [*odd, *twice]) or say("不是分组表"),
            )
        )
    return made
