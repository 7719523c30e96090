"""receive: find files, recognise their layout, decode them, and turn cells into candidate rows."""

from __future__ import annotations

from flows.receive.arrivals import Received, receive
from flows.receive.finding import find
from flows.receive.lexicon import Lexicon
from flows.receive.limits import Limits
from flows.receive.reading import read

__all__ = ["Lexicon", "Limits", "Received", "find", "read", "receive"]
