"""Holding the warehouse for a moment, for the commands that write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows import migrate, warehouse
from flows.settings import Settings

PATIENCE_SECONDS = 60  # a person waits this long for a run to end before being told who holds the warehouse


@contextmanager
def held(settings: Settings, purpose: str) -> Iterator[None]:
    """Hold an existing warehouse; CannotOpen before the first run, LockedError when another keeps it."""
    warehouse.require(settings)
    with warehouse.locked(settings, wait=PATIENCE_SECONDS, purpose=purpose):
        migrate.upgrade(settings)
        warehouse.look_back(settings)
        yield
