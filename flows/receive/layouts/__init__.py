"""Layouts, each a small module recognised by what is in the sheet. A new one: a new file, one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.receive.desk import Desk
from flows.receive.layouts import long
from flows.receive.sheet import Sheet


@dataclass(frozen=True)
class Layout:
    """`recognise` looks at a sheet and gives its frame or None; `read` puts what the frame holds on the desk."""

    name: str
    recognise: Callable[[Sheet], Any]
    read: Callable[[Any, Sheet, Desk], None]


LAYOUTS: tuple[Layout, ...] = (Layout("long", long.recognise, long.read),)
