"""The language of the command line itself: help, usage and the words of argparse, before any setting is read."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any

from flows.errors import ConfigurationError
from flows.settings import CHOICES, settings_of_file
from models.message import in_language

# argparse's own words; in English it has them itself.
ARGPARSE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本帮助并退出",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s。请用 --help 查看用法。\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)s 这一项，可用的有：%(choices)s",
    "invalid %(type)s value: %(value)r": "值 %(value)s 不对",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "expected at most one argument": "后面至多写一个值",
    "ignored explicit argument %r": "不需要值 %r",
    "not allowed with argument %s": "不能与 %s 同时使用",
}


def asked_language(argv: Sequence[str]) -> str:
    """The language in flags, environment or duban.toml, whatever else is wrong with them; Chinese by default."""
    named = _flag(argv, "--lang") or os.environ.get("DUBAN_LANG") or _in_file(_flag(argv, "--config"))
    return named if named in CHOICES["lang"] else "zh"


def _flag(argv: Sequence[str], name: str) -> str:
    following = [after for part, after in zip(argv, argv[1:], strict=False) if part == name]
    joined = [part.partition("=")[2] for part in argv if part.startswith(f"{name}=")]
    return next(iter([*joined, *following]), "")


def _in_file(config: str) -> str:
    try:
        return str(settings_of_file(Path(config or "duban.toml"), required=False).get("lang", ""))
    except ConfigurationError:
        return ""


def speak(lang: str) -> None:
    """Let argparse use our words; to be called before a parser is made."""
    own: Callable[[str], str] = gettext.gettext if lang == "en" else lambda text: ARGPARSE.get(text, text)
    argparse._ = own  # type: ignore[attr-defined]


def render(parser: argparse.ArgumentParser, lang: str) -> argparse.ArgumentParser:
    """`parser` and all below it with their texts in `lang`; they are written in Chinese."""
    if lang != "zh":
        parser.description = in_language(parser.description or "", lang)
        for group in parser._action_groups:
            group.title = in_language(group.title, lang)
        for action in parser._actions:
            _render_action(action, lang)
    return parser


def _render_action(action: argparse.Action, lang: str) -> None:
    action.help = in_language(action.help, lang) if action.help else None
    if isinstance(action.metavar, str):
        action.metavar = in_language(action.metavar, lang)
    if isinstance(action.type, FunctionType):
        action.type = _reading(action.type, lang)
    if isinstance(action, argparse._SubParsersAction):
        for choice in action._choices_actions:
            choice.help = in_language(choice.help, lang)
        for below in action.choices.values():
            render(below, lang)


def _reading(read: Callable[[str], Any], lang: str) -> Callable[[str], Any]:
    def reading(text: str) -> Any:  # noqa: ANN401
        try:
            return read(text)
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentTypeError(in_language(error, lang)) from error

    return reading
