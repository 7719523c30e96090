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

from flows.errors import system_words
from flows.receive.faults import Fault, Findings
from models.delivery import Finality, Problem, Provenance, Severity, SideFile
from models.message import joined, say
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
    content = _content(side, findings)
    values = _load(side, content, findings)
    if values is None:
        return None
    if "received" not in values and _write_received(side, today, findings):
        values["received"], content = today, _content(side, findings)
    return _typed(values, hashlib.sha256(content or b"").hexdigest(), findings)


def peek_side(path: Path, *, today: date, file: str) -> tuple[SideFile | None, tuple[Problem, ...]]:
    """The side file of `path`, shown as `file`, as far as it goes; writes nothing, none at all is no problem."""
    if not os.path.lexists(side_path(path)):
        return None, ()
    findings = Findings(file)
    content = _content(side_path(path), findings)
    values = _load(side_path(path), content, findings)
    if values is None:
        return None, tuple(findings)
    side = _typed({"received": today, **values}, hashlib.sha256(content or b"").hexdigest(), findings)
    return side, tuple(findings)


def _content(side: Path, findings: Findings) -> bytes | None:
    """The bytes of a side file, read once; None with the reason noted."""
    try:
        with os.fdopen(os.open(side, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        findings.add(_missing_file(side))
        return None
    except OSError as error:
        findings.add(
            _bad_file(
                say("{name} 读不出来（{system_words}）。", name=side.name, system_words=system_words(error)),
                say("请核对文件及其权限。"),
            )
        )
        return None
    if len(content) <= _MAX_BYTES:
        return content
    findings.add(
        _bad_file(
            say("{name} 超过 {max_bytes} KB，没有读取。", name=side.name, max_bytes=_MAX_BYTES // 1024),
            say("请放入报送说明本身。"),
        )
    )
    return None


def _load(side: Path, content: bytes | None, findings: Findings) -> dict[str, Any] | None:
    if content is None:
        return None
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        findings.add(_bad_file(say("{name} 不是 UTF-8 编码。", name=side.name), say("请另存为 UTF-8。")))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = say("第 {row} 行", row=place[1]) if place else say("末尾")
        findings.add(
            _bad_file(
                say("{name} {where}的写法不对。", name=side.name, where=where), say('每行写作 键 = "值"。')
            )
        )
    return None


def _bad_file(message: str, advice: str) -> Fault:
    return Fault("bad_side_file", message, advice)


def _missing_file(side: Path) -> Fault:
    return Fault(
        "no_side_file",
        say("旁边没有报送说明 {name}，不知道是谁、何时、为哪个地区报送的。", name=side.name),
        say("请放入该文件，写明 region、reporting_office、provenance、finality、source、release_state。"),
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
        what = say(
            "{name} 没有 received，也写不进去（{system_words}）。",
            name=side.name,
            system_words=system_words(error),
        )
        findings.add(
            Fault("bad_side_file", what, say("请加一行 received = {today}。", today=today.isoformat()))
        )
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
        findings.add(_bad_key("region", region, say("请写六位行政区划代码，例如 500104。")))
    release = _release_state(values, findings)
    source = _optional(values, "source", findings)
    period = str(values.get("period", "")).strip()
    if period and parse_period(period) is None:
        findings.add(_bad_key("period", period, say("请写作 2024、2024-03 或 2024年1—3月。")))
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
        findings.add(_bad_key(key, value, say("只能写 {words} 之一。", words=joined("、", _WORDS[key]))))
    return value


def _release_state(values: Mapping[str, Any], findings: Findings) -> str:
    """Not said: treated as not yet released, the side on which no number leaks."""
    if "release_state" in values:
        return _word(values, "release_state", findings)
    findings.add(_missing_key("release_state", Severity.WARNING, say("；按未发布处理")))
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
            findings.add(_bad_key("received", str(value), say("请写作 2024-04-20。")))
        return None


def _missing_key(key: str, severity: Severity = Severity.REFUSED, more: str = "") -> Fault:
    return Fault(
        "missing_side_key",
        say("报送说明中缺少 {key}{more}。", key=key, more=more),
        say("请在 .delivery.toml 中补上 {key}。", key=key),
        severity,
    )


def _bad_key(key: str, value: str, advice: str) -> Fault:
    return Fault("bad_side_key", say("报送说明中的 {key} = “{value}” 不对。", key=key, value=value), advice)


def _unknown_key(key: str) -> Fault:
    return Fault(
        "unknown_side_key",
        say("报送说明中的 {key} 不认识，没有使用。", key=key),
        say("请核对拼写。"),
        Severity.WARNING,
    )
