"""A real SMTP server for tests, with STARTTLS and login, that can be told to misbehave."""

from __future__ import annotations

import asyncio
import datetime
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    from flows.settings import Settings

USER, PASSWORD = "duban", "geheim-4711"


@dataclass
class Behaviour:
    """What the server does; each field may be changed while it runs."""

    refuse: dict[str, str] = field(default_factory=dict)  # recipient → answer to RCPT
    answer: str = "250 OK"  # to DATA
    answers: list[str] = field(default_factory=list)  # to the next DATAs, before `answer`
    cut_after_data: int = 0  # so many messages are kept, then the line is cut without an answer
    cut_at_mail: int = 0
    to_sender: str = "250 OK"  # answer to MAIL
    hang_seconds: float = 0
    hang_up_on_login: bool = False
    kept: list[Envelope] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.cut_at_mail > 0:
            self.cut_at_mail -= 1
            server.transport.abort()
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.hang_seconds)
        answer = self.answers.pop(0) if self.answers else self.answer
        if answer.startswith("2"):
            self.kept.append(envelope)
            self.recipients += envelope.rcpt_tos
        if self.cut_after_data > 0:
            self.cut_after_data -= 1
            server.transport.abort()
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        right = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        if not right and self.hang_up_on_login:
            server.transport.abort()
        return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    behaviour: Behaviour,
    certificate: Path | None = None,
    *,
    login: bool = False,
    from_the_start: bool = False,
) -> Iterator[int]:
    """The port of a running server; where a certificate is given with STARTTLS, or encrypted from the start."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    controller = Controller(
        behaviour,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=context if from_the_start else None,
        tls_context=None if from_the_start else context,
        require_starttls=bool(certificate) and not from_the_start,
        authenticator=behaviour.authenticate if login else None,
        auth_required=login,
        auth_require_tls=login,
    )
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_certificate(folder: Path, host: str = "localhost") -> Path:
    """A certificate for `host` that signs itself, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def plainly(settings: Settings, port: int, **changes: object) -> Settings:
    """Settings for a server without encryption and login."""
    from dataclasses import replace

    standard: dict[str, object] = {
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_timeout_seconds": 5,
        "mails_per_minute": 0,
    }
    return replace(settings, **(standard | changes))  # type: ignore[arg-type]
