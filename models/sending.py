"""The rules of sending: what a failure means, how long to wait, when to give up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
GROWTH = 3
MOST_ATTEMPTS = 8  # refused this often for a while, a message is a dead letter
CLAIM_HOLDS = timedelta(minutes=15)  # a claim this old belongs to a process that died elsewhere


class SendState(StrEnum):
    """发送状态: where the sending of a message stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DEAD = "dead"


class Outcome(StrEnum):
    """How one attempt ended."""

    SENT = "sent"
    REFUSED = "refused"  # for good: 5xx about this message or its recipient
    DEFERRED = "deferred"  # for now: 4xx, timeout, connection lost before the message was handed over
    UNCERTAIN = "uncertain"  # the message was handed over, the answer never came
    UNAVAILABLE = "unavailable"  # the server itself: no connection, untrusted certificate, login refused
    INTERRUPTED = "interrupted"  # this process died between claiming and recording


@dataclass(frozen=True)
class Result:
    """One attempt's outcome and what the server said, without addresses or secrets."""

    outcome: Outcome
    text: str = ""

    @property
    def stops_batch(self) -> bool:
        return self.outcome == Outcome.UNAVAILABLE


@dataclass(frozen=True)
class Standing:
    """What is recorded of a message after an attempt: its state, and the wait before the next one."""

    state: SendState
    wait: timedelta | None = None


def wait_after(attempts: int) -> timedelta:
    """5 minutes after the first attempt, three times as long after each further one, at most 12 hours."""
    growth: int = GROWTH ** min(max(attempts - 1, 0), 10)
    return min(FIRST_WAIT * growth, LONGEST_WAIT)


def after(outcome: Outcome, attempts: int) -> Standing:
    """What becomes of a message whose attempt number `attempts` ended with `outcome`.

    A server that cannot be reached says nothing about the message, so it never kills one.
    """
    if outcome == Outcome.SENT:
        return Standing(SendState.SENT)
    if outcome == Outcome.REFUSED:
        return Standing(SendState.DEAD)
    if attempts >= MOST_ATTEMPTS and outcome != Outcome.UNAVAILABLE:
        return Standing(SendState.DEAD)
    return Standing(SendState.WAITING, wait_after(attempts))
