"""What a person decides on problems: confirmed or none, its name, what belongs to it.

What was decided stays: linking never undoes it. Each verb compares the version that was seen, is
one act that can be taken back, and says so in the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.problems.keyed import OPEN_TO_ALL
from models.problems.listing import ProblemLine, problem_of
from models.problems.retelling import counts_of, retell
from models.store import Journal, LostRace, Query, Work, retried
from models.tables import Problem, ProblemTicket
from rules.errors import Refused
from rules.text import harmless_line, mask_text

if TYPE_CHECKING:
    from models.store import Store

LONGEST_NAME = 40
"""Signs of a problem's name."""

GONE = "没有这个共性问题：请刷新后重试"
CHANGED = "这个共性问题刚被他人改动：请看过现在的样子再办"


def _seen(work: Work, id: int, version: int | None) -> ProblemLine:
    """Return a problem as it stands; ``LostRace`` where it is not what was seen."""
    found = problem_of(work, id)
    if found is None:
        raise Refused(GONE)
    if version is not None and found.version != version:
        raise LostRace(CHANGED)
    if found.joined_id is not None:
        raise Refused(f"该问题已并入第{found.joined_id}号共性问题：请办那一个")
    return found


@retried
def confirm_problem(store: Store, id: int, version: int | None = None) -> None:
    """确认: it is one problem indeed."""
    with store.writing(journal=Journal("confirm")) as work:
        work.require(verb="problem.confirm")
        found = _seen(work, id, version)
        if found.state == "confirmed":
            raise Refused("已经确认过：不用再确认")
        _decide(work, found, state="confirmed")
        work.event("problem.confirm", "problem", id)


@retried
def refuse_problem(store: Store, id: int, version: int | None = None, *, reason: str) -> None:
    """否定: it is none; what comes later and says the same makes no new one."""
    with store.writing(journal=Journal("refuse")) as work:
        work.require(verb="problem.refuse")
        found = _seen(work, id, version)
        said = harmless_line(reason).strip()
        if not said:
            raise Refused("请写明为什么不是共性问题")
        if found.state == "refused":
            raise Refused("已经否定过：不用再否定")
        _decide(work, found, state="refused")
        work.event("problem.refuse", "problem", id, reason=said)


@retried
def name_problem(store: Store, id: int, version: int | None = None, *, name: str) -> None:
    """命名: the name stays whatever comes later."""
    with store.writing(journal=Journal("name")) as work:
        work.require(verb="problem.name")
        found = _seen(work, id, version)
        said = mask_text(harmless_line(name).strip())
        if not 0 < len(said) <= LONGEST_NAME:
            raise Refused(f"名称要有1至{LONGEST_NAME}字")
        if said == found.name:
            raise Refused("名称没有变：不用再命名")
        work.update(Problem, id, found.version, name=said, named_by=work.operator.id)
        work.event("problem.name", "problem", id, payload={"from": found.name, "to": said})


@retried
def link_tickets(
    store: Store, id: int, version: int | None = None, *, tickets: Sequence[int]
) -> int:
    """关联: tickets belong to a problem because a person says so; return how many came to it.

    One that belonged to another leaves it. 举报 and 保密 are refused.
    """
    with store.writing(journal=Journal("link")) as work:
        work.require(verb="problem.link")
        _seen(work, id, version)
        _refuse_secret(work, tickets)
        standing = _standing(work, tickets)
        came = [
            ticket
            for ticket in dict.fromkeys(tickets)
            if not any(one.problem_id == id and one.linked for one in standing.get(ticket, ()))
        ]
        if not came:
            raise Refused("所选诉求已在这个共性问题中：不用再关联")
        left = set[int]()
        for ticket in came:
            left |= _leave(work, standing.get(ticket, ()))
            _put(work, id, ticket, standing.get(ticket, ()))
        _retold(work, [id, *left])
        for other in sorted({id, *left}):
            work.event("problem.link", "problem", other, payload={"tickets": len(came), "to": id})
        return len(came)


@retried
def split_tickets(
    store: Store, id: int, version: int | None = None, *, tickets: Sequence[int]
) -> int:
    """拆出: tickets leave a problem and never come back to it by themselves; return how many."""
    with store.writing(journal=Journal("split")) as work:
        work.require(verb="problem.split")
        _seen(work, id, version)
        standing = _standing(work, tickets)
        own = [
            one for rows in standing.values() for one in rows if one.problem_id == id and one.linked
        ]
        if not own:
            raise Refused("所选诉求不在这个共性问题中：请核对")
        _leave(work, own)
        _retold(work, [id])
        work.event("problem.split", "problem", id, payload={"tickets": len(own)})
        return len(own)


@retried
def split_by_key(store: Store, id: int, version: int | None = None, *, key_id: int) -> int:
    """按关键词拆出: all that are tied by one key become a problem of their own; return its id."""
    with store.writing(journal=Journal("split")) as work:
        work.require(verb="problem.split")
        found = _seen(work, id, version)
        own = work.read(_WITH_KEY, id=id, key=key_id)
        if not own:
            raise Refused("这个共性问题中没有诉求含该关键词：请核对")
        if len(own) >= found.appeals:
            raise Refused("每件诉求都含该关键词，拆不开：请换一个")
        now = work.now
        new = work.insert(
            Problem,
            name="",
            state="confirmed",
            first_at=found.first_at,
            last_at=found.last_at,
            recorded_at=now,
            decided_by=work.operator.id,
            decided_at=now,
        )
        _leave(work, own)
        for one in own:
            _put(work, new, one.ticket_id, ())
        _decide(work, found)
        _retold(work, [id, new])
        told = {"tickets": len(own), "from": id, "to": new}
        for problem in (id, new):
            work.event("problem.split", "problem", problem, payload=told)
        return new


@retried
def join_problems(
    store: Store,
    id: int,
    version: int | None = None,
    *,
    other: int,
    other_version: int | None = None,
) -> int:
    """合并: all of ``other`` goes into ``id``, and ``other`` is closed; return how many came."""
    with store.writing(journal=Journal("join")) as work:
        work.require(verb="problem.join")
        if id == other:
            raise Refused("不能并入自己：请另选一个共性问题")
        found, goes = _seen(work, id, version), _seen(work, other, other_version)
        moving = work.read(_ROWS, id=other)
        there = {one.ticket_id for one in work.read(_ROWS, id=id)}
        for one in moving:
            if one.ticket_id not in there:
                work.update(ProblemTicket, one.id, 0, {"problem_id": other}, problem_id=id)
        _decide(work, found, state="confirmed")
        _decide(work, goes, state="closed", joined_id=id, appeals=0, reporters=0)
        _retold(work, [id])
        came = sum(one.linked for one in moving)
        for problem in (id, other):
            told = {"tickets": came, "from": other, "to": id}
            work.event("problem.join", "problem", problem, payload=told)
        return came


@dataclass(frozen=True, slots=True)
class _Row:
    """A ticket of a problem, or one taken out of it."""

    id: int
    ticket_id: int
    problem_id: int
    linked: bool


_ROW = """
SELECT l.id, l.ticket_id, l.problem_id, l.state = 'linked' AS linked FROM problem_ticket l
"""
_ROWS = Query(_Row, f"{_ROW} WHERE l.problem_id = :id ORDER BY l.id")
_STANDING = Query(_Row, f"{_ROW} WHERE l.ticket_id IN (:tickets) ORDER BY l.id")
_WITH_KEY = Query(
    _Row,
    f"""
{_ROW} JOIN appeal_key a ON a.ticket_id = l.ticket_id AND a.key_id = :key
WHERE l.problem_id = :id AND l.state = 'linked' ORDER BY l.id
""",
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A ticket that may be part of a problem."""

    id: int


_OPEN = Query(_Open, f"SELECT t.id FROM ticket t WHERE t.id IN (:tickets) AND {OPEN_TO_ALL}")


def _refuse_secret(work: Work, tickets: Sequence[int]) -> None:
    """Refuse what may not be part of a problem, and what is not there."""
    wanted = list(dict.fromkeys(tickets))
    if not wanted:
        raise Refused("请先选要关联的诉求")
    if len(work.read(_OPEN, tickets=wanted)) < len(wanted):
        raise Refused("举报件、保密件不列入共性问题：请去掉后再关联")


def _standing(work: Work, tickets: Iterable[int]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for one in work.read(_STANDING, tickets=list(tickets)):
        found.setdefault(one.ticket_id, []).append(one)
    return found


def _leave(work: Work, rows: Iterable[_Row]) -> set[int]:
    """Take tickets out of the problems they are in; return those problems."""
    own = [one for one in rows if one.linked]
    for one in own:
        work.update(
            ProblemTicket, one.id, 0, state="split", at=work.now, operator_id=work.operator.id
        )
    return {one.problem_id for one in own}


def _put(work: Work, id: int, ticket_id: int, rows: Iterable[_Row]) -> None:
    """Put a ticket into a problem, also one that was taken out of it before."""
    told = {"state": "linked", "at": work.now, "operator_id": work.operator.id}
    former = next((one for one in rows if one.problem_id == id), None)
    if former is None:
        work.insert(ProblemTicket, ticket_id=ticket_id, problem_id=id, why="[]", **told)
    else:
        work.update(ProblemTicket, former.id, 0, **told)


def _decide(work: Work, found: ProblemLine, **changes: object) -> None:
    """Change a problem in the name of whoever is at work."""
    decided = {"decided_by": work.operator.id, "decided_at": work.now}
    work.update(Problem, found.id, found.version, **decided, **changes)


_TOTAL = "SELECT appeals FROM link_mark WHERE id = 1"


def _retold(work: Work, ids: Iterable[int]) -> None:
    """Reckon problems anew whose tickets changed."""
    total = int(work.value(_TOTAL) or 1)
    retell(work, counts_of(work, sorted(set(ids))), total, work.policy.problems.alarm)
