"""From a letter to the bytes of a mail: the same letter gives the same bytes on every machine."""

from __future__ import annotations

from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.alert.compose import Written
from models.run import TIME_ZONE
from models.words_alert import say

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
MAIL_HOUR = time(9, 0)
WORKBOOK_TYPE = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_NUMERALS = "一二三四五六七八九十"
# A line break inside a header is refused by the policy; long headers are folded as RFC 2047 asks.
POLICY = SMTP.clone(cte_type="7bit", max_line_length=76)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(written: Written, kind: str) -> str:
    """The letter as `txt` or `html`."""
    language = written.letter.language

    def numeral(number: int, title: str) -> str:
        shown = str(number) if language == "en" else _NUMERALS[number - 1]
        return say("mail.numbered", language, number=shown, title=title)

    colon, semicolon = say("mail.colon", language), say("mail.semicolon", language)
    template = _environment().get_template(f"letter.{kind}.j2")
    return template.render(letter=written.letter, numeral=numeral, colon=colon, semicolon=semicolon)


def message_id(written: Written, mail_from: str) -> str:
    """From recipient and transitions only, never from rendered text."""
    domain = mail_from.rpartition("@")[2].strip("> ") or "duban.invalid"
    return f"<{written.notification_id}.duban@{domain}>"


def build(
    written: Written, *, mail_from: str, as_of: date, workbook: tuple[str, bytes] | None = None
) -> bytes:
    """The whole mail, text and HTML alike, with the workbook where there is one."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = mail_from
    mail["To"] = written.envelope.address
    mail["Subject"] = written.letter.subject
    mail["Date"] = format_datetime(datetime.combine(as_of, MAIL_HOUR, TIME_ZONE))
    mail["Message-ID"] = message_id(written, mail_from)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "en" if written.letter.language == "en" else "zh-CN"
    mail.set_content(render(written, "txt"), cte="base64")
    mail.add_alternative(render(written, "html"), subtype="html", cte="base64")
    if workbook:
        name, content = workbook
        maintype, subtype = WORKBOOK_TYPE
        mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    _fix_boundaries(mail, written.notification_id)
    return mail.as_bytes()


def _fix_boundaries(mail: EmailMessage, seed: str) -> None:
    """Boundaries are drawn at random otherwise, and the same mail would have other bytes each time."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{seed}_{number}")
