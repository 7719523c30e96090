"""Talking to the mail server: one connection for a batch, every way it can fail named.

smtplib's own `send_message` cannot tell a connection that broke before the message was handed over from
one that broke after; the commands are therefore given one by one.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.alert.letter import plain
from flows.alert.outbox import Message
from flows.errors import ConfigurationError, system_words
from flows.settings import Settings
from models.addressee import is_address
from models.message import say
from models.sending import Outcome, Result

MAILS_PER_CONNECTION = 50


class Unavailable(Exception):
    """The server cannot be used now; the message says why in words for a person."""

    @property
    def message(self) -> str:
        text: str = self.args[0]
        return text


@contextmanager
def connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted, verified and logged in; Unavailable with the reason otherwise."""
    server = _open(settings)
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _open(settings: Settings) -> smtplib.SMTP:
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        server = _dial(settings)
    except ssl.SSLCertVerificationError as error:
        raise Unavailable(
            say(
                "邮件服务器 {place} 的证书不可信（{reason}）。未发送任何邮件，请核对 smtp_ca_file。",
                place=place,
                reason=error.verify_message,
            )
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Unavailable(
            say("邮件服务器 {place} 不支持 STARTTLS，未以明文发送。请核对 smtp_security。", place=place)
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            say("无法连接邮件服务器 {place}（{reason}）。", place=place, reason=_said(error))
        ) from error
    try:
        _log_in(server, settings)
        server.ehlo_or_helo_if_needed()
    except Unavailable:
        server.close()
        raise
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise Unavailable(
            say("邮件服务器 {place} 不应答（{reason}）。", place=place, reason=_said(error))
        ) from error
    return server


def _dial(settings: Settings) -> smtplib.SMTP:
    timeout = settings.smtp_timeout_seconds
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=timeout, context=_trust(settings)
        )
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=timeout)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=_trust(settings))
    except BaseException:
        server.close()
        raise
    return server


def _trust(settings: Settings) -> ssl.SSLContext:
    """The system's certificates, or the one of the installation; names and dates are always verified."""
    file = settings.smtp_ca_file
    try:
        return ssl.create_default_context(cafile=str(file) if file else None)
    except OSError as error:
        raise ConfigurationError(
            say(
                "设置 smtp_ca_file 的文件 {file} 无法读取（{error}）。请更正路径或内容。",
                file=file,
                error=error,
            )
        ) from error


def _log_in(server: smtplib.SMTP, settings: Settings) -> None:
    if not settings.smtp_user:
        return
    try:
        server.login(settings.smtp_user, password(settings))
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(
            say("邮件服务器拒绝登录（{code}）。请核对 smtp_user 和密码。", code=error.smtp_code)
        ) from error
    except smtplib.SMTPServerDisconnected as error:
        # Some servers hang up on a wrong password instead of saying so.
        raise Unavailable(
            say("邮件服务器在登录时断开连接，多半是密码不对。请核对 smtp_user 和密码。")
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(say("登录邮件服务器时出错（{reason}）。", reason=_said(error))) from error


def password(settings: Settings) -> str:
    """From the environment or from a file that only its owner can read; ConfigurationError otherwise."""
    file = settings.smtp_password_file
    if file and (problem := password_file_problem(file)):
        raise ConfigurationError(problem)
    secret = file.read_text(encoding="utf-8").strip() if file else settings.smtp_password
    if not secret.isascii():
        raise ConfigurationError(
            say("邮件密码含有非 ASCII 字符，登录协议不支持。请在邮件服务器改用授权码或 ASCII 密码。")
        )
    return secret


def check_sender(settings: Settings) -> None:
    """ConfigurationError when `mail_from` cannot be a sender: it stands in every message."""
    if not is_address(_bare(settings.mail_from)) or not settings.mail_from.isprintable():
        raise ConfigurationError(
            say("设置 mail_from 的值“{value}”不是邮箱地址。请更正。", value=plain(settings.mail_from))
        )


def check(settings: Settings) -> None:
    """ConfigurationError for what no server needs to be asked about: password, certificates, sender."""
    check_sender(settings)
    if settings.smtp_security not in ("starttls", "tls", "none"):
        raise ConfigurationError(
            say(
                "设置 smtp_security 的值“{value}”不对。可用的有：starttls、tls、none。",
                value=plain(settings.smtp_security),
            )
        )
    if settings.smtp_user:
        password(settings)
    if settings.smtp_security != "none":
        _trust(settings)


def password_file_problem(path: Path) -> str | None:
    """What is wrong with the password file, in words; None when it is safe to use."""
    try:
        found = path.stat()
    except OSError as error:
        return say(
            "密码文件 {path} 无法读取（{reason}）。请检查 smtp_password_file。",
            path=path,
            reason=system_words(error),
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        return say(
            "密码文件 {path} 可被他人读取（权限 {mode:04o}）。请执行 chmod 600 {path}。",
            path=path,
            mode=stat.S_IMODE(found.st_mode),
        )
    if found.st_uid not in (os.getuid(), 0):
        return say("密码文件 {path} 不属于运行本程序的用户。请改正属主后再运行。", path=path)
    return None


def hand_over(server: smtplib.SMTP, settings: Settings, message: Message) -> Result:
    """Give one message to the server and say how it ended."""
    handed_over = False
    try:
        refusal = _envelope(server, settings, message)
        if refusal:
            return refusal
        handed_over = True
        code, said = server.data(message.body.encode("ascii"))
        return _judged(code, said, message)
    except smtplib.SMTPDataError as error:
        return _judged(error.smtp_code, error.smtp_error, message)
    except (OSError, smtplib.SMTPException) as error:
        outcome = Outcome.UNCERTAIN if handed_over else Outcome.DEFERRED
        return Result(outcome, say("连接中断（{reason}）", reason=_without_address(_said(error), message)))


def _envelope(server: smtplib.SMTP, settings: Settings, message: Message) -> Result | None:
    code, said = server.mail(_bare(settings.mail_from))
    if code != 250:
        server.rset()
        result = _judged(code, said, message)
        # The sender is the same for every message: what is refused for good here says nothing about this one.
        is_final = result.outcome == Outcome.REFUSED
        return (
            Result(Outcome.UNAVAILABLE, say("发件地址被拒（{text}）", text=result.text))
            if is_final
            else result
        )
    code, said = server.rcpt(message.recipient)
    if code in (250, 251):
        return None
    server.rset()
    return _judged(code, said, message)


def _bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip("> ")


def _judged(code: int, said: bytes | str, message: Message) -> Result:
    """2xx sent, 5xx refused for good, everything else for now."""
    if 200 <= code < 300:
        return Result(Outcome.SENT)
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = _without_address(f"{code} {' '.join(words.split())[:200]}", message)
    return Result(Outcome.REFUSED if 500 <= code < 600 else Outcome.DEFERRED, text)


def _without_address(text: str, message: Message) -> str:
    """What the server said often repeats the address; logs and published tables must not."""
    user = message.recipient.partition("@")[0]
    someone = str(say("<收件人>"))
    text = text.replace(f"<{message.recipient}>", someone).replace(message.recipient, someone)
    return text.replace(f"{user}@", f"{someone}@")


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {words}"[:200]
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return say("超时")
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__)[:200]
