"""延期、挂起、退单批复 and 分歧裁定: who asked for what, what was decided, why, and by when now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.letters.told import (
    DECIDED,
    FACTS,
    Asked,
    Case,
    Happened,
    Scene,
    Told,
    case_of,
    event_at,
    events_of,
    seqs,
)
from models.store import Query
from rules.casework import RETURN_CODES
from rules.clocks import Limit
from rules.errors import Refused
from rules.paper import Statement


@dataclass(frozen=True, slots=True)
class _Extension:
    """An extension that was decided."""

    id: int
    asked_at: datetime
    limit_text: str
    reason: str
    decided_at: datetime
    granted: bool
    due_before: datetime
    due_after: datetime | None


_EXTENSIONS = Query(
    _Extension,
    """
SELECT e.id, e.asked_at, e.limit_text, e.reason, e.decided_at, e.granted, e.due_before, e.due_after
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE d.ticket_id = :ticket AND e.decided_at IS NOT NULL AND e.decided_at <= :now
  AND (CAST(:id AS integer) IS NULL OR e.id = :id)
ORDER BY e.decided_at DESC, e.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Pause:
    """A pause of the handling that was decided."""

    id: int
    requested_at: datetime
    reason: str
    decided_at: datetime
    granted: bool
    from_at: datetime
    approval: str | None


_PAUSES = Query(
    _Pause,
    """
SELECT q.id, q.requested_at, q.reason, q.decided_at, q.granted, q.from_at, q.approval
FROM pause q JOIN deadline d ON d.id = q.deadline_id
WHERE d.ticket_id = :ticket AND d.step = 'close' AND q.decided_at IS NOT NULL
  AND q.supplement IS NOT TRUE AND q.account_id IS NULL
  AND q.decided_at <= :now AND (CAST(:id AS integer) IS NULL OR q.id = :id)
ORDER BY q.decided_at DESC, q.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Return:
    """A return that was ruled on."""

    id: int
    unit_id: int
    unit: str
    asked_at: datetime
    reason_code: str
    reason: str | None
    decided_at: datetime
    accepted: bool
    new_unit: str | None


_RETURNS = Query(
    _Return,
    """
SELECT q.id, q.unit_id, u.name AS unit, q.asked_at, q.reason_code, q.reason, q.decided_at,
       q.accepted, n.name AS new_unit
FROM return_request q JOIN round r ON r.id = q.round_id JOIN unit u ON u.id = q.unit_id
LEFT JOIN unit n ON n.id = q.new_unit_id
WHERE r.ticket_id = :ticket AND q.arbitration = :ruled AND q.decided_at IS NOT NULL
  AND q.decided_at <= :now AND (CAST(:id AS integer) IS NULL OR q.id = :id)
ORDER BY q.decided_at DESC, q.id DESC
""",
)


def extension(scene: Scene, asked: Asked) -> Told:
    """延期批复: the new due date, or why not."""
    case = case_of(scene.source, asked.ticket_id)
    one = scene.source.first(_EXTENSIONS, ticket=case.id, id=asked.source_id, now=scene.now)
    if one is None:
        raise Refused(f"{case.number} 没有已经批复的延期申请：请先批复（同意或不同意）")
    verbs = ("ticket.ask_extension", "ticket.grant_extension", "ticket.refuse_extension")
    events = events_of(scene.source, "ticket", case.id, *verbs)
    ask = event_at(events, one.asked_at, verbs[0])
    answer = event_at(events, one.decided_at, *verbs[1:])
    longer = Limit.parse(one.limit_text).label
    fact = (
        f"你单位于{scene.moment(one.asked_at)}就{case.called}申请延长办结时限{longer}"
        f"{_why(case, one.reason)}。"
    )
    if one.granted and one.due_after is not None:
        decided = (
            f"经研究，同意延期。办结时限由{scene.due(one.due_before)}"
            f"延至{scene.due(one.due_after)}。"
        )
    else:
        decided = (
            f"经研究，不同意延期{_why(case, answer.reason if answer else None)}。"
            f"仍应于{scene.due(one.due_before)}办结。"
        )
    return _reply(scene, case, one.id, "延期", ask, answer, fact, decided)


def pause(scene: Scene, asked: Asked) -> Told:
    """挂起批复: since when the clock stands still, by which paper; or why not."""
    case = case_of(scene.source, asked.ticket_id)
    one = scene.source.first(_PAUSES, ticket=case.id, id=asked.source_id, now=scene.now)
    if one is None:
        raise Refused(f"{case.number} 没有已经批复的挂起申请：请先批复（同意或不同意）")
    verbs = ("ticket.ask_pause", "ticket.grant_pause", "ticket.refuse_pause")
    events = events_of(scene.source, "ticket", case.id, *verbs)
    ask = event_at(events, one.requested_at, verbs[0])
    answer = event_at(events, one.decided_at, *verbs[1:])
    fact = (
        f"你单位于{scene.moment(one.requested_at)}就{case.called}申请挂起{_why(case, one.reason)}。"
    )
    if one.granted:
        paper = case.said(one.approval)
        by = f"（依据：{paper}）" if paper else ""
        decided = f"经研究，同意自{scene.moment(one.from_at)}起挂起{by}，挂起期间办结时限停走。"
    else:
        decided = (
            f"经研究，不同意挂起{_why(case, answer.reason if answer else None)}。办结时限照走。"
        )
    return _reply(scene, case, one.id, "挂起", ask, answer, fact, decided)


def returned(scene: Scene, asked: Asked) -> Told:
    """退单批复: taken back, handed to another, or still the unit's own."""
    case, one, ask, answer = _returned(scene, asked, ruled=False)
    why = answer.reason if answer else None
    if not one.accepted:
        decided = f"经研究，不同意退单{_why(case, why)}。该件仍由你单位办理，时限照走。"
    elif one.new_unit:
        decided = f"经研究，同意退单，该件改由{one.new_unit}办理{_why(case, why)}。"
    else:
        decided = f"经研究，同意退单，该件由我部收回另行交办{_why(case, why)}。"
    return _reply(
        scene, case, one.id, "退单", ask, answer, _returning(scene, case, one, "你单位"), decided
    )


def ruling(scene: Scene, asked: Asked) -> Told:
    """分歧裁定书: which unit handles it, for the second return of a round."""
    case, one, ask, answer = _returned(scene, asked, ruled=True)
    unit = one.new_unit or one.unit
    fact = _returning(scene, case, one, one.unit, "再次")
    decided = f"经研究裁定：该件由{unit}承办{_why(case, answer.reason if answer else None)}。"
    units = "、".join(dict.fromkeys((one.unit, unit)))
    title = f"关于{case.subject}承办单位分歧的裁定书"
    statements = (
        Statement("asked", fact, FACTS, seqs(ask), (case.number,)),
        Statement("decided", decided, DECIDED, seqs(answer), (case.number,)),
    )
    return Told(Asked(case.id, None, one.id, one.unit_id), units, title, statements)


def _returned(
    scene: Scene, asked: Asked, *, ruled: bool
) -> tuple[Case, _Return, Happened | None, Happened | None]:
    case = case_of(scene.source, asked.ticket_id)
    given = {"ticket": case.id, "id": asked.source_id, "now": scene.now, "ruled": ruled}
    one = scene.source.first(_RETURNS, **given)
    if one is None:
        what = "分歧裁定" if ruled else "已经批复的退单申请"
        raise Refused(f"{case.number} 没有{what}：请先{'裁定' if ruled else '批复'}")
    verbs = ("ticket.arbitrate",) if ruled else ("ticket.grant_return", "ticket.refuse_return")
    events = events_of(scene.source, "ticket", case.id, "ticket.ask_return", *verbs)
    ask = event_at(events, one.asked_at, "ticket.ask_return")
    return case, one, ask, event_at(events, one.decided_at, *verbs)


def _returning(scene: Scene, case: Case, one: _Return, who: str, again: str = "") -> str:
    code = RETURN_CODES.get(one.reason_code, one.reason_code)
    more = case.said(one.reason)
    why = f"，理由：{code}" + (f"，{more}" if more else "")
    return f"{who}于{scene.moment(one.asked_at)}就{case.called}{again}申请退单{why}。"


def _reply(
    scene: Scene,
    case: Case,
    source_id: int,
    what: str,
    ask: Happened | None,
    answer: Happened | None,
    fact: str,
    decided: str,
) -> Told:
    """Return a reply to the unit that asked, as the trail names it."""
    unit_id = ask.unit_id if ask is not None and ask.unit_id is not None else case.unit_id
    unit = ask.unit if ask is not None and ask.unit is not None else case.unit
    if unit_id is None or unit is None:
        raise Refused(f"{case.number} 查不到申请{what}的单位：请写明主送单位")
    return Told(
        Asked(case.id, None, source_id, unit_id),
        unit,
        f"关于{case.subject}{what}申请的批复",
        (
            Statement("asked", fact, FACTS, seqs(ask), (case.number,)),
            Statement("decided", decided, DECIDED, seqs(answer), (case.number,)),
        ),
    )


def _why(case: Case, reason: str | None) -> str:
    """Return why, where a paper may tell it."""
    said = case.said(reason)
    return f"，理由：{said}" if said else ""
