"""单位办理表: a unit's open matters, to be filled in by it and taken back by ``import``.

What is against the unit is left out; of what is kept back no word goes out but its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.intake.remembered import Digester
from models.intake.stamps import Stamp
from models.matter import AGAINST, Matter, load_matters, positions
from models.merging import Mark, marks
from models.store import Query, retried
from rules.casework import paper_title, status_label
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class HandoutLine:
    """One open matter of a unit, masked; instants are aware UTC.

    ``step`` is the clock that leads, due at ``due_at`` in colour ``colour`` and ``level``, with
    ``left`` of it in words; ``close_due_at`` is when the whole must be done. ``merged`` tells a
    lead, and what is under one (并单), which follows it.
    """

    number: str
    title: str
    channel: str
    dispatched_at: datetime | None
    status: str
    acknowledged: bool
    contacted: bool
    step: str
    due_at: datetime | None
    left: str
    colour: str | None
    level: int
    close_due_at: datetime | None
    provisional: bool
    stamp: str
    merged: Mark | None = None

    @property
    def follows(self) -> bool:
        """Whether it is done with its lead (并单), and nothing is filled in for it alone."""
        return self.merged is not None and self.merged.lead is not None


@dataclass(frozen=True, slots=True)
class Handout:
    """A workbook for a unit: what goes into it, and what was left out because it is against it."""

    number: int
    unit_id: int
    unit: str
    bureau: str
    maker: str
    made_at: datetime
    lines: tuple[HandoutLine, ...]
    withheld: int


@retried
def make_handouts(
    store: Store, unit_ids: Sequence[int], ready: Callable[[Handout], object]
) -> list[Handout]:
    """Make the workbooks of units, each with its event; ``ready`` writes one before the commit.

    A unit that has nothing open gets none. Raises ``NotAllowed``.
    """
    with store.writing() as work:
        work.require(verb="handout.make")
        made = [found for id in unit_ids if (found := _handout(work, id)) is not None]
        for one in made:
            payload = {"number": one.number, "tickets": len(one.lines), "withheld": one.withheld}
            work.event("handout.make", "unit", one.unit_id, unit_id=one.unit_id, payload=payload)
            ready(one)
        return made


@dataclass(frozen=True, slots=True)
class _Open:
    """An open matter of a unit with its leading clock."""

    ticket_id: int
    number: str
    title: str
    nature: str
    channel: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None
    step: str | None
    limit_text: str | None
    started_at: datetime | None
    blue_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None
    due_at: datetime | None
    paused_at: datetime | None
    provisional: bool | None
    close_due_at: datetime | None


_AGAINST = AGAINST.format(ticket="t.id", unit=":unit")

_OF_UNIT = """
FROM round r JOIN ticket t ON t.id = r.ticket_id AND r.n = t.rounds
"""

_HELD = "WHERE r.lead_unit_id = :unit AND r.state IN ('dispatched', 'acknowledged', 'replied')"

_OPEN = Query(
    _Open,
    f"""
SELECT t.id AS ticket_id, t.number, t.title, t.nature, t.channel, t.confidential,
       p.reporter, p.phone, p.address, l.step, l.limit_text, l.started_at, l.blue_at, l.yellow_at,
       l.red_at, l.due_at, l.paused_at, l.provisional, c.due_at AS close_due_at
{_OF_UNIT}
LEFT JOIN ticket h ON h.id = t.merged_into
LEFT JOIN deadline l ON l.ticket_id = coalesce(h.id, t.id) AND l.subject_kind = 'ticket'
    AND l.stopped_at IS NULL AND l.leads
LEFT JOIN deadline c ON c.ticket_id = coalesce(h.id, t.id) AND c.subject_kind = 'ticket'
    AND c.step = 'close' AND c.stopped_at IS NULL
LEFT JOIN citizen p ON p.ticket_id = t.id
{_HELD} AND NOT {_AGAINST}
ORDER BY (l.red_at IS NULL), l.red_at, coalesce(h.number, t.number), (h.id IS NOT NULL), t.number
""",
)

_WITHHELD = f"SELECT count(*) {_OF_UNIT} {_HELD} AND {_AGAINST}"

_LAST = "SELECT coalesce(max(seq), 0) FROM event"


def _handout(work: Work, unit_id: int) -> Handout | None:
    found = work.read(_OPEN, unit=unit_id)
    if not found:
        return None
    number = work.next_number("handout")
    since, digester = int(work.value(_LAST)), Digester(work)
    matters = load_matters(work, [one.ticket_id for one in found])
    places = positions(work, matters, work.timekeeper(), work.now)
    merged = marks(work, [one.ticket_id for one in found])
    lines = [
        _line(
            work,
            one,
            matter,
            merged.get(one.ticket_id),
            status_label("ticket", place.state, facts=place.facts, round=place.round),
            Stamp(number, unit_id, matter.n, since).text(one.number, digester),
        )
        for one, matter, place in zip(found, matters, places, strict=True)
    ]
    return Handout(
        number,
        unit_id,
        UnitDirectory(work).names[unit_id],
        work.policy.bureau.name,
        work.operator.name,
        work.now,
        tuple(lines),
        int(work.value(_WITHHELD, unit=unit_id)),
    )


def _line(
    work: Work, one: _Open, matter: Matter, merged: Mark | None, status: str, stamp: str
) -> HandoutLine:
    left, colour, level = _standing(work, one) if one.paused_at is None else ("", None, 0)
    return HandoutLine(
        number=one.number,
        title=MASKED.about(one).text(paper_title(one.title, one.nature, one.confidential)),
        channel=one.channel,
        dispatched_at=matter.dispatched_at,
        status=status,
        acknowledged=matter.acknowledged_at is not None,
        contacted=matter.contacted_at is not None,
        step=one.step or "",
        due_at=one.due_at,
        left=left,
        colour=colour,
        level=level,
        close_due_at=one.close_due_at,
        provisional=bool(one.provisional),
        stamp=stamp,
        merged=merged,
    )


def _standing(work: Work, one: _Open) -> tuple[str, str | None, int]:
    """Return what is left of the leading clock, its colour, and how deep a red is."""
    if not (one.limit_text and one.started_at and one.due_at):
        return "", None, 0
    assert one.blue_at and one.yellow_at and one.red_at, "a clock has all its instants"
    keeper, now = work.timekeeper(), work.now
    return (
        keeper.remaining(one.limit_text, one.due_at, now),
        keeper.colour(one.blue_at, one.yellow_at, one.red_at, now),
        keeper.level(one.limit_text, one.started_at, one.due_at, now),
    )
