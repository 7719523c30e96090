"""Bytes to text: decided by evidence, refused where the evidence is bad."""

from __future__ import annotations

import pytest

from flows.receive.decoding import Decoded, decode
from flows.receive.faults import Fault

TABLE = (
    "地区,指标,时期,数值,单位\n重庆市,地区生产总值,2024-03,7232.03,亿元\n备注：初步核算数，以年度核实为准\n"
)


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_the_encodings_that_offices_use(codec: str, named: str) -> None:
    found = decode(TABLE.encode(codec))
    assert found == Decoded(TABLE, named)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(codec: str) -> None:
    assert decode(TABLE.encode(codec)) == Decoded(TABLE, "utf-16")


def test_four_byte_characters_of_gb18030() -> None:
    text = TABLE + "㐂镇,𠮷村\n"
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


def test_plain_ascii_is_utf_8() -> None:
    assert decode(b"region,value\n500000,1\n") == Decoded("region,value\n500000,1\n", "utf-8")


BROKEN = [
    ("utf-8 read as gbk and saved", TABLE.encode().decode("gb18030", "replace").encode(), "mojibake"),
    ("gbk read as latin-1 and saved", TABLE.encode("gbk").decode("latin-1").encode(), "mojibake"),
    ("utf-8 read as latin-1 and saved", TABLE.encode().decode("latin-1").encode(), "mojibake"),
    ("the three characters of a lost text", (TABLE + "锟斤拷锟斤拷\n").encode(), "mojibake"),
    ("replacement characters", (TABLE + "\ufffd\n").encode(), "mojibake"),
    (
        "big5",
        "地區,指標,數值\n重慶市,地區生產總值,7232.03\n臺灣,國內生產總額\n".encode("big5"),
        "unknown_encoding",
    ),
    ("a null byte in the middle", TABLE.encode().replace(b"7232", b"72\x0032"), "null_bytes"),
    ("cut within a character", TABLE.encode()[:-2], "broken_encoding"),
    ("random bytes", bytes(range(128, 256)) * 4, "unknown_encoding"),
    ("an executable", b"\x7fELF\x02\x01\x01\x00" + bytes(100), "null_bytes"),
]


@pytest.mark.parametrize(("content", "rule"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_what_is_not_sound_text_is_refused(content: bytes, rule: str) -> None:
    found = decode(content)
    assert isinstance(found, Fault)
    assert found.rule == rule
    assert found.message
    assert found.advice


def test_one_wrong_bom_does_not_make_utf_16_of_anything() -> None:
    found = decode(b"\xff\xfe\x00")
    assert isinstance(found, Fault)
    assert found.rule == "broken_encoding"


@pytest.mark.parametrize("text", ["city,note\nX,café £5\n", "a,±5\n", "Zürich,1\n"])
def test_a_few_western_letters_do_not_make_chinese_of_a_file(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")
