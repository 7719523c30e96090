"""What duban says to people: written in Chinese where it is said, rendered in English from one catalogue.

`say("文件目录 {raw} 不存在。", raw=raw)` is a `str` with the Chinese text, so that storing, comparing and hashing
know nothing of languages; it keeps its template and values, and `in_language(text, "en")` fills the English
template of models/sentences instead. The Chinese template is the key, as in gettext: the code stays readable, and
a sentence without its English is found by a test, not by a reader.

    either("社零", "Retail sales")        a name that has two forms: data, not a sentence
    joined("、", parts)                   parts with a separator, which is Chinese or English as well

A plain str stays what it is. f-strings, `+` and `str.join` give a plain str and lose the English: use `say` with
the parts as values, or `joined`.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from typing import Any

SEPARATORS = {"、": ", ", "，": ", ", "；": "; ", "。": ". ", "": " ", " 另外：": " Moreover: "}


class Message(str):
    """A Chinese sentence that knows its template and values."""

    template: str
    values: Mapping[str, object]

    def __new__(cls, text: str, template: str = "", values: Mapping[str, object] | None = None) -> Message:
        made = super().__new__(cls, text)
        made.template, made.values = template, values or {}
        return made

    def english(self) -> str:
        """The same in English; the Chinese text where the catalogue does not know the template."""
        from models.sentences import ENGLISH

        template = ENGLISH.get(self.template)
        if template is None:
            return str(self)
        return _ENGLISH.vformat(template, (), {name: _english(value) for name, value in self.values.items()})


class _Either(Message):
    """A name in both languages."""

    def english(self) -> str:
        return str(self.values["en"]) or str(self)


class _Joined(Message):
    """Parts in a row."""

    def english(self) -> str:
        separator = SEPARATORS.get(self.template, self.template)
        return separator.join(str(_english(part)) for part in self.values.values())


class _Counting(string.Formatter):
    """`{n:figure|figures}` is the first word for one, the second for any other number."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, many = format_spec.split("|")
        return one if value == 1 else many


_ENGLISH = _Counting()


def say(template: str, **values: object) -> Message:
    """The Chinese sentence `template` with its places filled; its English is in models/sentences."""
    return Message(template.format(**values), template, values)


def either(zh: str, en: str) -> Message:
    """A name or word that has its own English, such as an indicator's."""
    return _Either(zh, values={"en": en})


def joined(separator: str, parts: Iterable[object]) -> Message:
    """`parts` in a row; the separator is one of SEPARATORS or the same in both languages."""
    named = {str(position): part for position, part in enumerate(parts)}
    return _Joined(separator.join(str(part) for part in named.values()), separator, named)


def in_language(text: object, lang: str) -> str:
    """`text` in `lang`; a plain str, and whatever has no English, as it stands."""
    return str(_english(text) if lang == "en" else text)


def _english(value: object) -> object:
    """Sentences within sentences, and errors that carry one, are rendered; numbers keep their type."""
    if isinstance(value, Exception) and len(value.args) == 1:
        value = value.args[0]
    elif not isinstance(value, str | int | float) and type(value).__str__ is not object.__str__:
        said = value.__str__()
        value = said if isinstance(said, Message) else value
    return value.english() if isinstance(value, Message) else value
