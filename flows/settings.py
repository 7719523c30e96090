"""Settings, read once at the edge: duban.toml, then DUBAN_* variables, then flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from flows.errors import ConfigurationError


@dataclass(frozen=True)
class Settings:
    """Everything a run may be told; `origins` says for each name where its value came from."""

    raw: Path = Path("data/raw/sample_2024")
    var: Path = Path("var/sample")
    reference: Path = Path("data/reference")
    lang: str = "zh"
    verbose: bool = False
    regions: tuple[str, ...] = ()  # six-digit codes to judge; empty = every region with targets
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

    @property
    def warehouse(self) -> Path:
        return self.var / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.var / "published" / "duban.duckdb"


NAMES = tuple(f.name for f in fields(Settings) if f.name not in ("origins", "config"))
CHOICES = {"lang": ("zh", "en"), "smtp_security": ("starttls", "tls", "none")}
_KINDS = {f.name: str(f.type) for f in fields(Settings)}


def load(
    flags: Mapping[str, object], *, config: Path | None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Settings from file, environment and flags, the later winning; ConfigurationError for a bad value."""
    environ = os.environ if environ is None else environ
    file = config or Path("duban.toml")
    layers: list[tuple[str, Mapping[str, object]]] = [
        (str(file), _from_file(file, required=config is not None)),
        ("DUBAN_*", {n: environ[f"DUBAN_{n.upper()}"] for n in NAMES if f"DUBAN_{n.upper()}" in environ}),
        ("flag", {n: v for n, v in flags.items() if v is not None}),
    ]
    settings = Settings()
    origins = dict.fromkeys(NAMES, "default")
    for origin, values in layers:
        typed = {name: _typed(name, value, origin) for name, value in values.items()}
        settings = replace(settings, **typed)  # type: ignore[arg-type]
        origins |= dict.fromkeys(typed, origin)
    return replace(settings, origins=origins, config=config)


def _from_file(file: Path, *, required: bool) -> dict[str, object]:
    if not file.exists():
        if required:
            raise ConfigurationError(f"找不到配置文件 {file}。请检查 --config 的路径。")
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"配置文件 {file} 无法读取：{error}。请按 TOML 格式改正。") from error
    unknown = sorted(set(values) - set(NAMES))
    if unknown:
        raise ConfigurationError(
            f"配置文件 {file} 有不认识的设置：{'、'.join(unknown)}。可用的有：{'、'.join(NAMES)}。"
        )
    return values


def _typed(name: str, value: object, origin: str) -> object:
    kind = _KINDS[name]
    if name in CHOICES and str(value) not in CHOICES[name]:
        raise ConfigurationError(
            f"设置 {name} 的值“{value}”（来自 {origin}）不对，只能是 {'、'.join(CHOICES[name])}。"
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
            f"设置 {name} 的值“{value}”（来自 {origin}）不对。请改正后再运行。"
        ) from error
    return str(value)
