"""What a user can cause: one base class, one subclass a cause, one exit code each.

Everything else is a bug and keeps its traceback (exit 1).
"""

from __future__ import annotations


class DubanError(Exception):
    """A plain message for a person: what, where, and what to do. Never shown with a traceback."""

    exit_code = 4

    @property
    def message(self) -> str:
        """What was said, in every language it has; `str(error)` is the Chinese text alone."""
        text: str = self.args[0] if self.args else ""
        return text


class UsageError(DubanError):
    """The command was called wrongly."""

    exit_code = 2


class RefusedError(DubanError):
    """`--strict`, `check` or `verify` found something to refuse."""

    exit_code = 3


class ConfigurationError(DubanError):
    """Settings or books do not allow a run."""


class LockedError(DubanError):
    """Another process holds the warehouse."""


class DiskError(DubanError):
    """The disk is full, read-only or not permitted, or a database file is damaged."""


class MixedProvenanceError(DubanError):
    """Simulated and real figures in one warehouse."""


class NotFoundError(UsageError):
    """The thing named on the command line does not exist; the message lists what does."""


class CannotOpen(DubanError):
    """There is nothing to read yet."""


class SchemaError(DubanError):
    """The database file was written by another version."""


class MailError(DubanError):
    """The mail server cannot be used; the messages stay in the outbox."""
