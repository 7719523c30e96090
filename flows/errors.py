"""What a user can cause: one base class, one subclass a cause, one exit code each.

Everything else is a bug and keeps its traceback (exit 1).
"""

from __future__ import annotations

import errno

from models.message import say

_SYSTEM_WORDS = {
    errno.ENOENT: say("没有这个文件或文件夹"),
    errno.ENOTDIR: say("上级不是文件夹"),
    errno.EEXIST: say("已经存在"),
    errno.EACCES: say("没有权限"),
    errno.EPERM: say("没有权限"),
    errno.ENOSPC: say("磁盘已满"),
    errno.EDQUOT: say("磁盘配额已满"),
    errno.EROFS: say("磁盘是只读的"),
    errno.EIO: say("磁盘读写出错"),
    errno.ELOOP: say("这是一个链接"),
    errno.EISDIR: say("这是一个文件夹"),
    errno.ENAMETOOLONG: say("路径过长"),
    errno.EMFILE: say("同时打开的文件太多"),
    errno.ENFILE: say("同时打开的文件太多"),
    errno.ENOMEM: say("内存不足"),
    errno.ESTALE: say("网络盘已断开"),
    errno.ETIMEDOUT: say("网络盘没有回应"),
    errno.ENXIO: say("这不是普通文件"),
}


def system_words(error: OSError) -> str:
    """What the operating system objects, in words of the catalogue; its own are English."""
    return _SYSTEM_WORDS.get(error.errno or 0) or say("系统错误 {errno}", errno=error.errno)


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
