"""alert: decide who is told what, write it to the outbox, send the outbox.

    facts → transitions → tellings → letters → outbox → mail or .eml file

Transitions, messages and the mark that an as-of date is done are one transaction, so that a run that was
killed is made up for by the next one, and nothing is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.settings import Settings
from models.message import joined, say
from models.run import RunContext


@dataclass(frozen=True)
class Alerted:
    """What a run told: transitions and messages written, messages sent (or filed) and failed."""

    transitions: int
    messages: int
    sent: int
    failed: int
    trouble: str = ""

    def __str__(self) -> str:
        text = say(
            "提醒 {transitions} 项，写信 {messages} 封，发出 {sent} 封，失败 {failed} 封",
            transitions=self.transitions,
            messages=self.messages,
            sent=self.sent,
            failed=self.failed,
        )
        return joined("；", [text, self.trouble]) if self.trouble else text


def alert(settings: Settings, context: RunContext) -> Alerted:
    """Tell what changed as of the run's date, and of earlier dates that a killed run left untold."""
    from flows.alert.derive import derive_all
    from flows.alert.send import Round, send_and_log

    written = derive_all(settings, context)
    sent = send_and_log(Round(settings), context)
    return Alerted(written.transitions, written.messages, sent.sent, sent.failed, sent.trouble)
