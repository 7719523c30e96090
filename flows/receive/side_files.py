"""The side file `<file>.delivery.toml`: what the sender says of a file. A gap is reported, never asked about."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.receive.faults import Fault, Findings
from models.delivery import Finality, Problem, Provenance, Severity, SideFile
from models.period import parse_period

SIDE_SUFFIX = ".delivery.toml"
_MAX_BYTES = 64 * 1024
_WORDS: dict[str, tuple[str, ...]] = {
    "provenance": tuple(item.value for item in Provenance),
    "finality": tuple(item.value for item in Finality),
    "release_state": ("released", "unreleased"),
}
_KEYS = {
    "region",
    "reporting_office",
    "received",
    "provenance",
    "finality",
    "source",
    "release_state",
    "period",
}


def side_path(path: Path) -> Path:
    return path.with_name(path.name + SIDE_SUFFIX)


def read_side(path: Path, *, today: date, findings: Findings) -> SideFile | None:
    """The side file of `path`, or None with every gap noted. Writes `received` once where it is missing."""
    side = side_path(path)
    values = _load(side, findings)
    if values is None:
        return None
    if "received" not in values and _write_received(side, today, findings):
        values["received"] = today
    return _typed(values, hashlib.sha256(side.read_bytes()).hexdigest(), findings)


def peek_side(path: Path, *, today: date) -> tuple[SideFile | None, tuple[Problem, ...]]:
    """The side file as far as it goes, writing nothing; none at all is no problem here."""
    if not side_path(path).exists():
        return None, ()
    findings = Findings(str(path))
    values = _load(side_path(path), findings)
    if values is None:
        return None, tuple(findings)
    sha256 = hashlib.sha256(side_path(path).read_bytes()).hexdigest()
    side = _typed({"received": today, **values}, sha256, findings)
    return side, tuple(findings)


def _load(side: Path, findings: Findings) -> dict[str, Any] | None:
    try:
        if side.is_symlink() or side.stat().st_size > _MAX_BYTES:
            findings.add(Fault("bad_side_file", f"{side.name} 是链接或过大，没有读取。", "请放入文件本身。"))
            return None
        return tomllib.loads(side.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        findings.add(_missing_file(side))
    except OSError as error:
        findings.add(
            Fault("bad_side_file", f"{side.name} 读不出来（{error.strerror}）。", "请核对文件权限。")
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.add(Fault("bad_side_file", f"{side.name} 的写法不对（{error}）。", '每行写作 键 = "值"。'))
    return None


def _missing_file(side: Path) -> Fault:
    return Fault(
        "no_side_file",
        f"旁边没有报送说明 {side.name}，不知道是谁、何时、为哪个地区报送的。",
        "请放入该文件，写明 region、reporting_office、provenance、finality、source、release_state。",
    )


def _write_received(side: Path, today: date, findings: Findings) -> bool:
    """Append the day of first sight, by a new file that takes the old one's place."""
    new = side.with_name(f".{side.name}.{os.getpid()}")
    try:
        text = side.read_text(encoding="utf-8-sig")
        end = "" if text.endswith("\n") or not text else "\n"
        # Before any [table], or the key would belong to it.
        new.write_text(f"received = {today.isoformat()}\n{text}{end}", encoding="utf-8")
        new.replace(side)
    except OSError as error:
        new.unlink(missing_ok=True)
        what = f"{side.name} 没有 received，也写不进去（{error.strerror}）。"
        findings.add(Fault("bad_side_file", what, f"请加一行 received = {today.isoformat()}。"))
        return False
    return True


def _typed(values: Mapping[str, Any], sha256: str, findings: Findings) -> SideFile | None:
    before = len(findings.problems)
    for key in sorted(values.keys() - _KEYS):
        findings.add(_unknown_key(key))
    region = _text(values, "region", findings)
    office = _text(values, "reporting_office", findings)
    provenance = _word(values, "provenance", findings)
    finality = _word(values, "finality", findings)
    received = _received(values, findings)
    if region and not re.fullmatch(r"\d{6}", region):
        findings.add(_bad_key("region", region, "请写六位行政区划代码，例如 500104。"))
    release = _release_state(values, findings)
    source = _optional(values, "source", findings)
    period = str(values.get("period", "")).strip()
    if period and parse_period(period) is None:
        findings.add(_bad_key("period", period, "请写作 2024、2024-03 或 2024年1—3月。"))
    if any(problem.severity == Severity.REFUSED for problem in findings.problems[before:]):
        return None
    assert received is not None
    return SideFile(
        region=region,
        reporting_office=office,
        received=received,
        provenance=Provenance(provenance),
        finality=Finality(finality),
        source=source,
        release_state=release,
        sha256=sha256,
        period=period,
    )


def _text(values: Mapping[str, Any], key: str, findings: Findings) -> str:
    value = values.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, int) and key == "region":
        return str(value)
    findings.add(_missing_key(key))
    return ""


def _word(values: Mapping[str, Any], key: str, findings: Findings) -> str:
    if key not in values:
        findings.add(_missing_key(key))
        return ""
    value = str(values[key]).strip()
    if value not in _WORDS[key]:
        findings.add(_bad_key(key, value, f"只能写 {'、'.join(_WORDS[key])} 之一。"))
    return value


def _release_state(values: Mapping[str, Any], findings: Findings) -> str:
    """Not said: treated as not yet released, the side on which no number leaks."""
    if "release_state" in values:
        return _word(values, "release_state", findings)
    findings.add(_missing_key("release_state", Severity.WARNING, "；按未发布处理"))
    return "unreleased"


def _optional(values: Mapping[str, Any], key: str, findings: Findings) -> str:
    if not str(values.get(key, "")).strip():
        findings.add(_missing_key(key, Severity.WARNING))
    return str(values.get(key, "")).strip()


def _received(values: Mapping[str, Any], findings: Findings) -> date | None:
    value = values.get("received")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        if value is not None:
            findings.add(_bad_key("received", str(value), "请写作 2024-04-20。"))
        return None


def _missing_key(key: str, severity: Severity = Severity.REFUSED, more: str = "") -> Fault:
    return Fault(
        "missing_side_key", f"报送说明中缺少 {key}{more}。", f"请在 .delivery.toml 中补上 {key}。", severity
    )


def _bad_key(key: str, value: str, advice: str) -> Fault:
    return Fault("bad_side_key", f"报送说明中的 {key} = “{value}” 不对。", advice)


def _unknown_key(key: str) -> Fault:
    return Fault(
        "unknown_side_key", f"报送说明中的 {key} 不认识，没有使用。", "请核对拼写。", Severity.WARNING
    )
