"""派单争议: a matter that units will not have; who has it meanwhile, who was heard, the ruling.

A dispute opens by itself with the second return of a round, or when a unit objects to a dispatch.
The centre names a provisional handler, whose work counts and whose clock is the one that runs; it
asks the office of posts (编办) or of justice (司法) for its opinion; the ruling names the unit, and
in the same act the line of the directory that will spare the next dispute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from models.bureau import UnitDirectory
from models.casework import arbitrate, dispatch, finish, line_of, open_dispute, tell
from models.dispatch.lines import line_by_number, put_line
from models.matter import Matter, load_matters
from models.store import Query, Source, Store, Work, retried
from models.tables import Dispute, DisputeOpinion
from rules.dispatch import DISTRICT_OWN, STREET_OWN, Line
from rules.errors import DubanError, Refused

IN_HAND = ("dispatched", "acknowledged")
"""States of a round in which a unit has it and has not answered."""

DISTRICT = 6

ORGANS = ("编办", "司法", "其他")
"""Who is asked for an opinion."""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute as lists show it; ``letter`` is the number of its 裁定书, once there is one."""

    id: int
    version: int
    ticket_id: int
    number: str
    kind: str
    unit: str
    reason: str | None
    opened_at: datetime
    holder: str | None
    provisional: str | None
    provisional_at: datetime | None
    ruled_at: datetime | None
    ruled_unit: str | None
    ruling: str | None
    line_number: int | None
    opinions: int
    letter: str | None


_DISPUTES = Query(
    DisputeView,
    """
SELECT d.id, d.version, d.ticket_id, t.number, d.kind, u.short_name AS unit,
       d.reason, d.opened_at, h.short_name AS holder, p.short_name AS provisional,
       d.provisional_at, d.ruled_at, w.short_name AS ruled_unit, d.ruling, d.line_number,
       (SELECT count(*) FROM dispute_opinion o WHERE o.dispute_id = d.id) AS opinions,
       (SELECT max(coalesce(l.number, l.title)) FROM letter l
        WHERE l.ticket_id = d.ticket_id AND l.kind = 'ruling' AND l.status <> 'void') AS letter
FROM dispute d JOIN ticket t ON t.id = d.ticket_id JOIN unit u ON u.id = d.unit_id
JOIN round r ON r.id = d.round_id
LEFT JOIN unit h ON h.id = r.lead_unit_id LEFT JOIN unit p ON p.id = d.provisional_id
LEFT JOIN unit w ON w.id = d.ruled_unit_id
""",
)

_OPEN = _DISPUTES.also("WHERE d.ruled_at IS NULL ORDER BY d.opened_at, d.id")
_ALL = _DISPUTES.also("ORDER BY d.opened_at DESC, d.id DESC")
_ONE = _DISPUTES.also("WHERE d.id = :id")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said of a dispute by whom."""

    organ: str
    person: str
    given_at: datetime
    said: str


_OPINIONS = Query(
    Opinion,
    "SELECT organ, person, given_at, said FROM dispute_opinion WHERE dispute_id = :id ORDER BY id",
)


def open_disputes(source: Source, *, ruled: bool = False) -> list[DisputeView]:
    """Return the open disputes, the oldest first; ``ruled``: every one, the newest first."""
    return source.read(_ALL if ruled else _OPEN)


def dispute_by_id(source: Source, id: int) -> DisputeView:
    """Return one dispute."""
    found = source.first(_ONE, id=id)
    if found is None:
        raise DubanError(f"没有派单争议 {id}：请用 duban dispute list 核对")
    return found


def opinions_of(source: Source, id: int) -> list[Opinion]:
    """Return what others said of a dispute, in the order it was recorded."""
    return source.read(_OPINIONS, id=id)


@retried
def raise_dispute(store: Store, ticket_id: int, *, reason: str) -> DisputeView:
    """Record that the unit that has a matter objects to the dispatch; the clock runs on."""
    if not reason.strip():
        raise Refused("争议没有写理由：请用 --reason 写明单位为什么不承办")
    with store.writing() as work:
        work.require(verb="ticket.dispute")
        matter = _matter(work, ticket_id)
        if matter.state not in IN_HAND:
            raise Refused(f"{matter.number} 不在单位手里：派出去、还没答复的才有派单争议")
        id = open_dispute(work, matter, "objection", reason)
        finish(work, matter, matter)
        return dispute_by_id(work, id)


def name_provisional(store: Store, id: int, *, unit_id: int, reason: str) -> DisputeView:
    """Let a unit handle the matter until the ruling; time is not given back."""

    def write(work: Work, found: DisputeView, matter: Matter) -> Matter:
        after = matter
        if unit_id != matter.unit_id:
            _require_in_hand(matter)
            after = dispatch(work, matter, unit_id=unit_id, reason=reason)
        tell(work, after, "provisional", unit_id=unit_id, reason=reason)
        work.update(Dispute, id, found.version, provisional_id=unit_id, provisional_at=work.at)
        return after

    return _changed(store, id, "ticket.provisional", write)


def record_opinion(
    store: Store, id: int, *, organ: str, person: str, said: str, given_at: datetime | None = None
) -> DisputeView:
    """Record what the office of posts or of justice said: who, when, in which words."""
    if organ not in ORGANS:
        raise Refused(f"没有“{organ}”：可写 {'、'.join(ORGANS)}")

    def write(work: Work, found: DisputeView, matter: Matter) -> Matter:
        if given_at is not None and given_at > work.now:
            raise Refused("出具意见的时间还没有到：请核对时间")
        work.insert(
            DisputeOpinion,
            dispute_id=id,
            ticket_id=found.ticket_id,
            organ=organ,
            person=person,
            given_at=given_at or work.at,
            said=said,
            recorded_at=work.now,
            operator_id=work.operator.id,
        )
        tell(work, matter, "opinion", payload={"organ": organ, "person": person})
        return matter

    return _changed(store, id, "ticket.opinion", write)


def rule_dispute(
    store: Store,
    id: int,
    *,
    unit_id: int,
    ruling: str,
    basis: str,
    number: int | None = None,
) -> DisputeView:
    """Rule who has the matter, for good, and in the same act write it into the directory.

    ``basis`` names the ruling's paper. The line ``number``, else the one that counts for the
    matter, goes to the unit from now on; where there is none, or it leaves the unit to the place,
    a line of its own is drafted for somebody to look at (``duban directory change``).
    """

    def write(work: Work, found: DisputeView, matter: Matter) -> Matter:
        if unit_id != matter.unit_id:
            _require_in_hand(matter)
        line = _line_after(work, matter, unit_id, basis, number)
        written = put_line(work, line, ruling) if line is not None else None
        after = arbitrate(work, matter, unit_id=unit_id, reason=ruling)
        if written is not None:
            ruled = dispute_by_id(work, id)
            work.update(Dispute, id, ruled.version, line_number=written)
        return after

    return _changed(store, id, "ticket.arbitrate", write)


def _line_after(
    work: Work, matter: Matter, unit_id: int, basis: str, number: int | None
) -> Line | None:
    """Return what a ruling makes of the directory; None where no line could tell such matters."""
    before = line_by_number(work, number).line if number else line_of(work, matter)
    taker = UnitDirectory(work).names[unit_id]
    if before is not None and before.taker not in (DISTRICT_OWN, STREET_OWN):
        return replace(before, taker=taker, basis_kind="裁定", basis=basis)
    category = before.category if before is not None else matter.category
    words = before.words if before is not None else ()
    if not (category or words):
        return None
    grid = (matter.grid[:DISTRICT],) if matter.grid and before is not None else ()
    today = work.timekeeper().local(work.at).date()
    problem = before.problem if before is not None else str(category)
    return Line(
        0,
        0,
        problem,
        words,
        category,
        before.nature if before is not None else None,
        grid,
        taker,
        None,
        (),
        False,
        "裁定",
        basis,
        today,
        draft=True,
    )


@retried
def _changed(
    store: Store, id: int, verb: str, write: Callable[[Work, DisputeView, Matter], Matter]
) -> DisputeView:
    """Do something with an open dispute and its matter in one act."""
    with store.writing() as work:
        work.require(verb=verb)
        found = dispute_by_id(work, id)
        if found.ruled_at is not None:
            raise Refused(f"派单争议 {id} 已经裁定由{found.ruled_unit}办理：不能再改")
        matter = _matter(work, found.ticket_id)
        finish(work, matter, write(work, found, matter))
        return dispute_by_id(work, id)


def _matter(work: Work, ticket_id: int) -> Matter:
    matter = load_matters(work, [ticket_id])[0]
    if matter.nature == "举报":
        raise Refused("举报件不走派单争议：请移送有权机关")
    work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
    return matter


def _require_in_hand(matter: Matter) -> None:
    if matter.state not in IN_HAND:
        raise Refused(f"{matter.number} 已答复或不在单位手里：只能裁定由现在的单位办理")
