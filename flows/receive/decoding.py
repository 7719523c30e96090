"""Bytes → text. The encoding is decided by evidence, and what looks like mojibake is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from flows.receive.faults import Fault
from models.message import say

_CJK = re.compile(r"[\u4e00-\u9fff]")
_WORDS = re.compile("指标|地区|时期|时间|单位|数值|年|月|亿元|万元|增长")
_SAMPLE = 200_000  # characters looked at for evidence
_ADVICE = say("请用 Excel 另存为“CSV UTF-8（逗号分隔）”，或直接报送 xlsx。")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding that it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | Fault:
    """UTF-8 with or without BOM, UTF-16, GB18030; anything else, or a broken mix, is refused."""
    found = _by_mark(content)
    if found is None:
        found = _without_mark(content)
    if isinstance(found, Decoded):
        return _mojibake_fault(found.text) or found
    return found


def _by_mark(content: bytes) -> Decoded | Fault | None:
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ):
        if content.startswith(mark):
            text = _strict(content[len(mark) :], codec)
            return Decoded(text, name) if text is not None else _broken(name)
    return None


def _without_mark(content: bytes) -> Decoded | Fault:
    if b"\x00" in content:
        return _bare_utf16(content) or _null_bytes()
    text, chinese = _strict(content, "utf-8"), None
    if text is None or not (text.isascii() or _CJK.search(text[:_SAMPLE])):
        chinese = _strict(content, "gb18030")
    if (
        chinese is not None
        and _is_plain_chinese(chinese[:_SAMPLE])
        and (text is None or _WORDS.search(chinese))
    ):
        return Decoded(
            chinese, "gb18030"
        )  # a few Chinese words can be sound UTF-8 by chance, and é can be Chinese
    if text is not None:
        return Decoded(text, "utf-8")
    return _broken("utf-8") if _is_mostly_utf8(content) else _unknown()


def _strict(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _bare_utf16(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: commas and line ends show which byte is the empty one."""
    if len(content) % 2:
        return None
    for codec, newline in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        text = _strict(content, codec)
        if text and newline in content and "\x00" not in text and _is_printable(text[:_SAMPLE]):
            return Decoded(text, "utf-16")
    return None


def _is_printable(text: str) -> bool:
    known = sum(
        times
        for c, times in Counter(text).items()
        if c.isascii() or _CJK.match(c) or unicodedata.category(c)[0] in "PSNZ"
    )
    return known >= 0.98 * len(text)


def _is_plain_chinese(text: str) -> bool:
    """Whether the Chinese characters are the common ones (level 1 of GB2312), as in any real table.

    GB18030 decodes almost any bytes; other encodings then show as rare characters. Four-byte characters
    are welcome as long as the rest is plain.
    """
    counts = Counter(text)
    characters = {c: times for c, times in counts.items() if _CJK.match(c)}
    if not characters or any(unicodedata.category(c) in ("Co", "Cn") for c in counts):
        return False
    common = sum(times for c, times in characters.items() if _is_common(c))
    return common >= 0.7 * sum(characters.values())


def _is_common(character: str) -> bool:
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= code <= b"\xd7\xf9"


def _is_mostly_utf8(content: bytes) -> bool:
    """A file cut in the middle of a character, or with a few bytes broken."""
    text = content.decode("utf-8", errors="replace")
    return len(_CJK.findall(text)) > 5 * text.count("\ufffd")


def _mojibake_fault(text: str) -> Fault | None:
    sample = text[:_SAMPLE]
    if "\x00" in sample:
        return _null_bytes()
    if "\ufffd" in text or "锟斤拷" in text or _was_decoded_wrongly(sample):
        return Fault(
            "mojibake",
            say("文件内容是乱码：它曾被用错误的编码打开并保存，原来的汉字已经丢失或改变。"),
            say("请从原系统重新导出，不要用乱码的文件另存。"),
        )
    return None


def _was_decoded_wrongly(text: str) -> bool:
    """UTF-8 that was read as GBK or Latin-1 turns back into sound UTF-8 when read the other way."""
    for codec in ("gb18030", "cp1252", "latin-1"):
        for line in _telling_lines(text):
            try:
                back = line.encode(codec).decode("utf-8" if codec == "gb18030" else "gb18030")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            if codec == "gb18030" or _is_plain_chinese(back):
                return True
            if _CJK.search(line.encode(codec).decode("utf-8", errors="ignore")):
                return True
    return False


def _telling_lines(text: str) -> list[str]:
    """The first lines with enough characters beyond ASCII for a chance hit to be out of the question."""
    lines = (re.sub(r"[\x00-\x7f]+", "", line) for line in text.splitlines()[:50])
    return [line for line in lines if len(line) >= 6][:10]


def _broken(encoding: str) -> Fault:
    return Fault(
        "broken_encoding",
        say("文件按 {encoding} 编码读到一半就断了：字节有缺损，可能没有传完整。", encoding=encoding),
        say("请重新传送原文件。"),
    )


def _unknown() -> Fault:
    return Fault("unknown_encoding", say("文件既不是 UTF-8、UTF-16，也不是 GB18030 编码的中文。"), _ADVICE)


def _null_bytes() -> Fault:
    return Fault("null_bytes", say("文件中有空字节，不是文本文件，或已经损坏。"), _ADVICE)
