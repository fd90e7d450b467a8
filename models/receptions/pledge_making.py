"""承诺 made at a reception, its clock, and the paper that its leader and unit sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.clocks import Clocks, Subject
from models.matter import grid_code
from models.receptions.pledge import PledgeView, Unwritten, pledge_of, pledges_of_ids
from models.store import Journal, Query, Work, retried
from models.tables import Pledge
from rules.errors import Refused
from rules.receptions import PLEDGE, Promise, require_promise
from rules.text import harmless, harmless_line

if TYPE_CHECKING:
    from models.store import Store

STEP = "pledge"
"""The step of a promise's clock."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where a promise is made: the place's leader and grid, the matter's place and people."""

    leader: str
    place_grid: str | None
    ticket_id: int | None
    grid: str | None
    channel: str | None
    urgency: str | None
    unit_id: int | None
    reporter: str | None


_SCENE = Query(
    _Scene,
    """
SELECT e.leader, e.grid AS place_grid, t.id AS ticket_id, t.grid, t.channel, t.urgency,
       r.lead_unit_id AS unit_id, p.reporter
FROM reception e LEFT JOIN ticket t ON t.id = :ticket
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE e.id = :reception
""",
)


def promise(
    work: Work,
    *,
    reception_id: int,
    meeting_id: int | None,
    ticket_id: int | None,
    unit_id: int | None,
    leader: str,
    text: str,
    due_at: datetime | None,
    person: str = "",
    kind: str = PLEDGE,
) -> int:
    """Write a promise down within an act, its clock with it; return its id.

    Without ``leader`` it is the one who receives there, without ``unit_id`` the unit that has the
    matter. ``Refused`` says what is missing.
    """
    scene = work.first(_SCENE, reception=reception_id, ticket=ticket_id)
    if scene is None or (ticket_id is not None and scene.ticket_id is None):
        raise Refused("没有这个接访点或诉求：请用 duban reception list 查看")
    said = Promise(
        harmless(text),
        due_at,
        unit_id or scene.unit_id,
        harmless_line(leader) or scene.leader,
        harmless_line(person),
        kind,
    )
    due = require_promise(said, work.at, scene.reporter)
    row = {
        "reception_id": reception_id,
        "meeting_id": meeting_id,
        "ticket_id": ticket_id,
        "kind": kind,
        "text": said.text,
        "unit_id": said.unit_id,
        "leader": said.leader,
        "person": said.person or None,
    }
    return _put(work, row, scene, due)


def _put(work: Work, row: dict[str, Any], scene: _Scene, due: datetime) -> int:
    """Write a promise with its clock; return its id."""
    own = {"made_at": work.at, "due_at": due, "original_due_at": due}
    id = work.insert(Pledge, **row, **own, operator_id=work.operator.id)
    filed = (grid_code(scene.grid) or scene.place_grid, scene.channel, scene.urgency)
    clocks = Clocks(work, Subject("pledge", id, scene.ticket_id, None, *filed), ())
    clocks.put(work.timekeeper().fixed(STEP, work.at, due), row["unit_id"])
    clocks.lead()
    clocks.write()
    local = work.timekeeper().local(due).isoformat()
    told = {"kind": row["kind"], "leader": row["leader"], "due": local}
    work.event("pledge.make", "pledge", id, unit_id=row["unit_id"], payload=told)
    return id


@retried
def make_pledge(
    store: Store,
    reception_id: int,
    *,
    text: str,
    due_at: datetime | None,
    unit_id: int | None = None,
    leader: str = "",
    person: str = "",
    ticket_id: int | None = None,
    meeting_id: int | None = None,
    kind: str = PLEDGE,
) -> PledgeView:
    """登记承诺: write down what was promised at a reception."""
    with store.writing(journal=Journal("pledge.make")) as work:
        work.require(verb="pledge.make")
        id = promise(
            work,
            reception_id=reception_id,
            meeting_id=meeting_id,
            ticket_id=ticket_id,
            unit_id=unit_id,
            leader=leader,
            text=text,
            due_at=due_at,
            person=person,
            kind=kind,
        )
        return pledge_of(work, id)


@retried
def write_promises(
    store: Store,
    said: Sequence[tuple[Unwritten, str, datetime]],
    at: datetime,
) -> list[PledgeView]:
    """Write down at once what parties of a day were promised: what, and by when."""
    with store.writing(at=at, journal=Journal("pledge.make")) as work:
        work.require(verb="pledge.make")
        ids = [
            promise(
                work,
                reception_id=party.reception_id,
                meeting_id=party.meeting_id,
                ticket_id=party.ticket_id,
                unit_id=party.unit_id,
                leader=party.leader,
                text=text,
                due_at=due_at,
            )
            for party, text, due_at in said
        ]
        return pledges_of_ids(work, ids)


Keep = Callable[[str, bytes], object]
Draw = Callable[[Sequence[PledgeView]], tuple[str, bytes]]


@retried
def print_pledges(store: Store, views: Sequence[PledgeView], draw: Draw, keep: Keep) -> None:
    """Print papers to be signed: ``draw`` gives name and content of the file, ``keep`` keeps it.

    Each is on record; the paper of what was given up cannot be printed.
    """
    gone = [one for one in views if one.void_at is not None]
    if gone:
        raise Refused(f"承诺#{gone[0].id} 已作废，不能打印")
    name, content = draw(views)
    with store.writing() as work:
        work.require(verb="pledge.print")
        for one in views:
            told = {"file": name}
            work.event("pledge.print", "pledge", one.id, unit_id=one.unit_id, payload=told)
        keep(name, content)


@retried
def sign_pledges(
    store: Store, views: Sequence[PledgeView], at: datetime | None = None
) -> list[PledgeView]:
    """登记签字: the papers are there, signed by the receiving leader and by the unit."""
    with store.writing(at=at, journal=Journal("pledge.sign")) as work:
        work.require(verb="pledge.sign")
        for view in views:
            now = seen(work, view)
            if now.signed_at is not None:
                raise Refused(f"{name_of(now)}已登记签字")
            if work.at < now.made_at:
                raise Refused(f"签字时间早于作出承诺的时间：请核对{name_of(now)}")
            work.update(Pledge, now.id, now.version, {"signed_at": None}, signed_at=work.at)
            told = {"leader": now.leader, "unit": now.unit}
            work.event("pledge.sign", "pledge", now.id, unit_id=now.unit_id, payload=told)
        return [pledge_of(work, view.id) for view in views]


def name_of(view: PledgeView) -> str:
    """Return how a refusal names a promise."""
    return f"{view.noun}#{view.id}"


def seen(work: Work, view: PledgeView) -> PledgeView:
    """Return a promise as it is now; ``Refused`` where it is void, or is not as it was seen."""
    now = pledge_of(work, view.id)
    if now.void_at is not None:
        raise Refused(f"{name_of(now)}已作废，不能再办")
    if now.version != view.version:
        raise Refused(f"{name_of(now)}刚被他人改动：请刷新后核对再办")
    return now
