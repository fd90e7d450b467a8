"""What happens to a ticket, one verb each: check, change, event; inside the caller's transaction.

Every verb takes the matter as it was seen and returns it as it is now. ``work.at`` is when the act
happened unless ``at`` says otherwise. Order is checked here; who may act, in ``casework``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from models.clocks import settle
from models.matter import Matter, load
from models.tables import Person, Rating, Review, Round, Ticket
from models.trail import iso
from models.work import Work
from rules.course import UNIT_STEPS, state_of
from rules.errors import Refused
from rules.lifecycle import label

LIMITING = {"nature", "urgency", "category", "channel", "due_fixed_at", "received_at"}
REVIEW_WITHIN = timedelta(days=30)  # an older unsatisfied rating is history, not a task


def dispatch(
    work: Work,
    matter: Matter,
    unit_id: int,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    routed_by: str | None = None,
    assumed: bool = False,
) -> Matter:
    """交办: hand a waiting ticket to a unit, whose clocks start; or hand it on (改派).

    A ticket handed on starts the new unit's clocks afresh, as a next revision of each.
    """
    when = at or work.at
    _require(matter, "waiting", "dispatched", "acknowledged", act="交办")
    if matter.state != "waiting" and matter.unit_id == unit_id:
        raise Refused(f"{matter.number} 已在该单位办理：请选择另一个承办单位")
    _not_before(matter, when, matter.opened_at, "交办", "受理")
    moved = matter.state != "waiting"
    _change(
        work, matter, lead_unit_id=unit_id, dispatched_at=when, dispatch_assumed=assumed,
        routed_by=routed_by, acknowledged_at=None, contacted_at=None,
    )  # fmt: skip
    if matter.state == "waiting":
        work.update(Ticket, matter.ticket_id, matter.ticket_version, unit_text=None)
    _event(work, matter, "ticket.transfer" if moved else "ticket.dispatch", when, unit_id=unit_id,
           reason=reason, payload={"from_unit": matter.unit_id} if moved else None)  # fmt: skip
    return settle(work, matter.ticket_id, restart=UNIT_STEPS if moved else ())


def acknowledge(work: Work, matter: Matter, *, at: datetime | None = None) -> Matter:
    """签收: the unit takes it."""
    when = at or work.at
    _require(matter, "dispatched", act="签收")
    _not_before(matter, when, matter.dispatched_at, "签收", "交办")
    return _act(work, matter, "ticket.acknowledge", when, acknowledged_at=when)


def contact(work: Work, matter: Matter, *, at: datetime | None = None) -> Matter:
    """首次联系: the unit has spoken with the citizen."""
    when = at or work.at
    _require(matter, "dispatched", "acknowledged", act="登记首次联系")
    if matter.contacted_at is not None:
        raise Refused(f"{matter.number} 已登记过首次联系：如时间有误请改用更正")
    _not_before(matter, when, matter.dispatched_at, "首次联系", "交办")
    return _act(work, matter, "ticket.contact", when, contacted_at=when)


def reply(work: Work, matter: Matter, text: str | None, *, at: datetime | None = None) -> Matter:
    """答复: the unit's answer; the centre's judgement is awaited from now."""
    when = at or work.at
    _require(matter, "waiting", "dispatched", "acknowledged", act="登记答复")
    _not_before(matter, when, matter.dispatched_at or matter.opened_at, "答复", "交办")
    return _act(work, matter, "ticket.reply", when, reply=text or matter.reply, replied_at=when)


def close(
    work: Work,
    matter: Matter,
    outcome: str | None = None,
    *,
    at: datetime | None = None,
    reason: str | None = None,
) -> Matter:
    """办结: the centre accepts what was done, with its outcome."""
    when = at or work.at
    _require(matter, "waiting", "dispatched", "acknowledged", "replied", act="办结")
    _not_before(matter, when, matter.opened_at, "办结", "受理")
    return _act(
        work, matter, "ticket.close", when, reason=reason,
        payload={"outcome": outcome} if outcome else None,
        closed_at=when, outcome=outcome or matter.outcome,
    )  # fmt: skip


def rate(
    work: Work,
    matter: Matter,
    result: str | None,
    how: str | None,
    *,
    at: datetime | None = None,
    means: str = "operator",
) -> Matter:
    """评价: a citizen's rating is kept as given; a later one stands beside it, never over it.

    ``result`` rates the outcome, ``how`` the unit's work. An unsatisfied result opens a review.
    """
    if not (result or how):
        raise Refused("没有评价内容：请填写群众满意或工作满意")
    when = at or work.at
    work.insert(Rating, round_id=matter.round_id, at=when, recorded_at=work.now,
                result_rating=result, work_rating=how, means=means)  # fmt: skip
    if matter.rated_at is None or when >= matter.rated_at:
        _change(work, matter, result_rating=result or matter.result_rating,
                work_rating=how or matter.work_rating, rated_at=when)  # fmt: skip
    _event(work, matter, "ticket.rate", when, payload={"result": result, "work": how})
    if result == "不满意" and work.at - when <= REVIEW_WITHIN:
        _open_review(work, matter, when)
    return load(work.rows, matter.ticket_id)


def correct(work: Work, matter: Matter, **instants: datetime | None) -> Matter:
    """更正: set the times of acts already recorded; the clocks follow them."""
    before = {name: getattr(matter, name) for name in instants}
    told = {"dispatch_assumed": False} if "dispatched_at" in instants else {}
    _change(work, matter, **instants, **told)
    anew = UNIT_STEPS if "dispatched_at" in instants else ()
    payload = {name: [_told(before[name]), _told(new)] for name, new in instants.items()}
    _event(work, matter, "ticket.correct", work.at, payload=payload)
    return settle(work, matter.ticket_id, restart=anew)


def amend(
    work: Work,
    matter: Matter,
    *,
    ticket: dict[str, Any] | None = None,
    round_: dict[str, Any] | None = None,
    person: dict[str, Any] | None = None,
) -> Matter:
    """修改登记: what is known of the appeal; limits that depend on it start anew from their start.

    The event names the columns, with old and new value unless they are personal or long.
    """
    ticket, round_, person = ticket or {}, round_ or {}, person or {}
    changed = sorted({*ticket, *round_, *person})
    if ticket:
        work.update(Ticket, matter.ticket_id, matter.ticket_version, **ticket)
    if round_:
        work.update(Round, matter.round_id, matter.round_version, **round_)
    if person:
        _amend_person(work, matter.ticket_id, person)
    _event(work, matter, "ticket.amend", work.at, payload={"columns": changed})
    tags = LIMITING & set(ticket)
    if tags and matter.closed_at is None:
        return settle(work, matter.ticket_id, restart=("dispatch", *UNIT_STEPS, "judge"))
    return load(work.rows, matter.ticket_id)


def _amend_person(work: Work, ticket_id: int, person: dict[str, Any]) -> None:
    found = work.rows("SELECT id, version FROM person WHERE ticket_id = :id", id=ticket_id)
    if found:
        work.update(Person, found[0][0], found[0][1], **person)
    else:
        work.insert(Person, ticket_id=ticket_id, **person)


def _act(
    work: Work,
    matter: Matter,
    verb: str,
    when: datetime,
    *,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
    **changes: Any,
) -> Matter:
    """Change the round, record it, and let the clocks follow."""
    _change(work, matter, **changes)
    _event(work, matter, verb, when, reason=reason, payload=payload)
    return settle(work, matter.ticket_id)


def _change(work: Work, matter: Matter, **changes: Any) -> None:
    """Change the round and the state that follows from its acts."""
    work.update(Round, matter.round_id, matter.round_version, **changes)
    now = load(work.rows, matter.ticket_id)
    state = state_of(now.acts)
    if state != now.state:
        work.update(Round, now.round_id, now.round_version, state=state)


def _open_review(work: Work, matter: Matter, when: datetime) -> None:
    if not work.rows("SELECT 1 FROM review WHERE round_id = :r", r=matter.round_id):
        work.insert(Review, ticket_id=matter.ticket_id, round_id=matter.round_id, opened_at=when)
        _event(work, matter, "review.open", when)


def _require(matter: Matter, *states: str, act: str) -> None:
    if matter.state not in states:
        status = label("ticket", matter.state)
        raise Refused(f"{matter.number} 现在是“{status}”，不能{act}：请核对后再办")


def _not_before(
    matter: Matter, when: datetime, earlier: datetime | None, act: str, before: str
) -> None:
    if earlier is not None and when < earlier:
        raise Refused(f"{matter.number} 的{act}时间早于{before}时间：请核对时间")


def _event(
    work: Work,
    matter: Matter,
    verb: str,
    when: datetime,
    *,
    unit_id: int | None = None,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
) -> None:
    work.event(verb, "ticket", matter.ticket_id, unit_id=unit_id or matter.unit_id, at=when,
               reason=reason, payload=payload)  # fmt: skip


def _told(instant: datetime | None) -> str | None:
    return iso(instant) if instant is not None else None
