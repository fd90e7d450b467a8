"""会商: called over matters nobody owns, each unit heard, decided; the decision becomes a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import settle_first
from models.councils.council import CouncilView, council_of
from models.dispatch import put_line
from models.matter import load_matters, ticket_id_of
from models.store import Journal, LostRace, Work, retried
from models.tables import Council, CouncilTicket, CouncilUnit
from rules.clocks import chinese_date
from rules.dispatch import Line
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store

HELD_WITHIN = 60
"""How many days ago a council may have been held that is entered now."""


@retried
def hold_council(
    store: Store,
    *,
    topic: str,
    chair: str,
    held_at: datetime | None = None,
    place: str = "",
    units: Sequence[int] = (),
    numbers: Sequence[str] = (),
) -> CouncilView:
    """Enter a council: what over, who chairs it, when, which units sit, over which appeals."""
    with store.writing(journal=Journal("council.hold")) as work:
        work.require(verb="council.hold")
        topic, chair = harmless_line(topic), harmless_line(chair)
        if not topic or not chair:
            raise Refused("请写明会商议题和主持人：--topic --chair")
        if len(set(units)) < 2:
            raise Refused("会商至少要两个单位参加：请写明参加的单位（--unit 可写几次）")
        when = held_at or work.at
        if abs((when - work.at).days) > HELD_WITHIN:
            raise Refused(f"会商时间离现在超过{HELD_WITHIN}天：请核对日期")
        tickets = [ticket_id_of(work, one) for one in dict.fromkeys(numbers)]
        id = work.insert(
            Council,
            held_at=when,
            place=harmless_line(place),
            chair=chair,
            topic=topic,
            recorded_at=work.now,
            operator_id=work.operator.id,
        )
        for unit in dict.fromkeys(units):
            work.insert(CouncilUnit, council_id=id, unit_id=unit, present=True)
        for ticket in tickets:
            work.insert(CouncilTicket, council_id=id, ticket_id=ticket)
        told = {"topic": topic, "units": len(set(units)), "numbers": list(dict.fromkeys(numbers))}
        work.event("council.hold", "council", id, at=when, payload=told)
        return council_of(work, id)


@retried
def speak_at_council(
    store: Store,
    council: CouncilView,
    unit_id: int,
    *,
    opinion: str = "",
    person: str = "",
    dissents: bool = False,
    present: bool = True,
) -> CouncilView:
    """Enter what a unit held, who spoke for it, whether it dissents, or that it did not come."""
    with store.writing(journal=Journal("council.speak")) as work:
        work.require(verb="council.speak")
        now = _unmoved(work, council)
        seat = next((one for one in now.seats if one.unit_id == unit_id), None)
        if seat is None:
            raise Refused(f"该单位没有参加会商#{now.id}：请核对单位")
        opinion = harmless_line(opinion)
        if dissents and not opinion:
            raise Refused("持不同意见的，请写明意见")
        said = {
            "opinion": opinion,
            "person": harmless_line(person),
            "dissents": dissents,
            "present": present,
        }
        work.update(CouncilUnit, seat.id, 0, **said)
        work.update(Council, now.id, now.version, chair=now.chair)
        told = {"dissents": dissents, "present": present}
        reason = opinion or None
        work.event("council.speak", "council", now.id, unit_id=unit_id, reason=reason, payload=told)
        return council_of(work, now.id)


@retried
def decide_council(
    store: Store, council: CouncilView, *, decision: str, unit_id: int
) -> CouncilView:
    """Enter what was decided and who is to handle it; what a unit did first is settled by it."""
    with store.writing(journal=Journal("council.decide")) as work:
        work.require(verb="council.decide")
        now, decision = _unmoved(work, council), harmless_line(decision)
        if now.decided_at is not None:
            raise Refused(f"会商#{now.id}已有结论：另行会商请新登记一次")
        if not decision:
            raise Refused("请写明会商结论")
        if not any(seat.present for seat in now.seats):
            raise Refused("没有单位到会，不能作结论：请先登记到会单位的意见")
        if work.at < now.held_at:
            raise Refused("会商还没有开：请到会商时间以后再登记结论")
        work.update(
            Council, now.id, now.version, decision=decision, decided_at=work.at, unit_id=unit_id
        )
        matters = load_matters(work, [one.ticket_id for one in now.tickets])
        settled = [one.number for one in matters if settle_first(work, one, unit_id, now.id)]
        for one in now.tickets:
            if one.number in settled:
                told = {"council": now.id}
                work.event(
                    "ticket.settle_owner",
                    "ticket",
                    one.ticket_id,
                    unit_id=unit_id,
                    reason=decision,
                    payload=told,
                )
        work.event("council.decide", "council", now.id, unit_id=unit_id, reason=decision)
        return council_of(work, now.id)


@retried
def line_from_council(
    store: Store, council: CouncilView, *, words: Sequence[str] = ()
) -> CouncilView:
    """Let the decision be a line of the dispatch directory, by ``words`` or its appeals' category.

    Refused where the line would clash with one in force, or would fit everything.
    """
    with store.writing() as work:
        work.require(verb="line.add")
        now = _unmoved(work, council)
        if now.decision is None or now.unit_id is None:
            raise Refused(f"会商#{now.id}还没有结论：请先登记结论和承办单位")
        if now.line_number is not None:
            raise Refused(f"会商#{now.id}已写入派单目录第{now.line_number}条")
        line = _line(work, now, now.unit_id, tuple(filter(None, map(str.strip, words))))
        number = put_line(work, line, now.decision)
        work.update(Council, now.id, now.version, line_number=number)
        work.event("council.line", "council", now.id, unit_id=now.unit_id, payload={"line": number})
        return council_of(work, now.id)


def _line(work: Work, now: CouncilView, unit_id: int, words: tuple[str, ...]) -> Line:
    category = _shared(now)
    if not words and category is None:
        raise Refused("所议诉求没有共同的类别，请写派单用词：duban council line 编号 --words 用词")
    today = work.timekeeper().local(work.at).date()
    day = chinese_date(work.timekeeper().local(now.held_at).date())
    return Line(
        number=0,
        revision=0,
        problem=now.topic,
        words=words,
        category=category,
        nature=None,
        grid=(),
        taker=str(work.value(_NAME, id=unit_id)),
        unit_id=unit_id,
        co_units=(),
        duty=False,
        basis_kind="裁定",
        basis=f"{day}会商#{now.id}",
        since=today,
    )


_NAME = "SELECT name FROM unit WHERE id = :id"


def _shared(now: CouncilView) -> str | None:
    """Return the category that all its appeals have, None where they differ."""
    found = {one.category for one in now.tickets}
    return found.pop() if len(found) == 1 else None


def _unmoved(work: Work, council: CouncilView) -> CouncilView:
    """Return a council as it is now; ``LostRace`` where somebody moved it since it was seen."""
    now = council_of(work, council.id)
    if now.version != council.version:
        raise LostRace(f"会商#{now.id}刚被他人改动：已重新读取，请核对后再办")
    return now
