"""督办 in a period: which papers went out, and how far each had come at the period's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

TOLD = ("notice", "order", "reminder", "talk")
"""The kinds of paper a bulletin tells of: referrals (移送) are confidential, never among them."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed paper of the ladder with the instants of its life, aware UTC."""

    kind: str
    level: int
    number: str
    unit: str
    cause: str
    signed_at: datetime
    delivered_at: datetime | None
    received_at: datetime | None
    feedback_at: datetime | None
    closed_at: datetime | None
    void_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper not closed at the end of a period; ``late``: no feedback by its date."""

    number: str
    unit: str
    cause: str
    signed_at: datetime
    due_at: datetime | None
    state: str
    late: bool


@dataclass(frozen=True, slots=True)
class Supervision:
    """What went out and came back: ``issued`` by (kind, level), of these ``void`` by its end.

    ``received``, ``answered`` and ``closed`` count what happened in the period whenever the paper
    went out; ``carried`` were open when it began, of these ``carried_closed`` within it.
    ``this_year`` are the 督办单 signed from the start of the year to the period's end.
    """

    issued: tuple[tuple[str, int, int], ...] = ()
    void: int = 0
    received: int = 0
    answered: int = 0
    closed: int = 0
    carried: int = 0
    carried_closed: int = 0
    this_year: int = 0
    open: tuple[OpenPaper, ...] = ()

    @property
    def total(self) -> int:
        """How many papers went out in the period."""
        return sum(count for *_, count in self.issued)


def supervised(
    papers: Iterable[SignedPaper], from_at: datetime, to_at: datetime, year_at: datetime
) -> Supervision:
    """Return what a period's 督办 came to as it stood at ``to_at``.

    ``year_at`` is the start of the bureau's year in which the period ends. Papers signed later,
    and kinds that are not told of, are left out.
    """
    signed = [one for one in papers if one.kind in TOLD and one.signed_at < to_at]

    def within(instant: datetime | None) -> bool:
        return instant is not None and from_at <= instant < to_at

    issued = [one for one in signed if within(one.signed_at)]
    carried = [one for one in signed if one.signed_at < from_at and _open(one, from_at)]
    return Supervision(
        issued=tuple(
            (kind, level, count)
            for (kind, level), count in sorted(Counter((o.kind, o.level) for o in issued).items())
        ),
        void=sum(_before(one.void_at, to_at) for one in issued),
        received=sum(within(one.received_at) for one in signed),
        answered=sum(within(one.feedback_at) for one in signed),
        closed=sum(within(one.closed_at) for one in signed),
        carried=len(carried),
        carried_closed=sum(within(one.closed_at) for one in carried),
        this_year=sum(one.kind == "order" and one.signed_at >= year_at for one in signed),
        open=tuple(
            _as_open(one, to_at)
            for one in sorted(signed, key=lambda one: (one.due_at or to_at, one.number))
            if _open(one, to_at)
        ),
    )


def _before(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant < at


def _open(one: SignedPaper, at: datetime) -> bool:
    """Whether a paper signed before an instant was neither closed nor void then."""
    return not _before(one.closed_at, at) and not _before(one.void_at, at)


def _as_open(one: SignedPaper, at: datetime) -> OpenPaper:
    answered = _before(one.feedback_at, at)
    return OpenPaper(
        one.number,
        one.unit,
        one.cause,
        one.signed_at,
        one.due_at,
        _state(one, at, answered=answered),
        _before(one.due_at, at) and not answered,
    )


def _state(one: SignedPaper, at: datetime, *, answered: bool) -> str:
    if answered:
        return "已反馈待审"
    if _before(one.received_at, at):
        return "已签收未反馈"
    return "已送达未签收" if _before(one.delivered_at, at) else "待送达"
