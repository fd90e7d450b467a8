"""核查报告: what a review of an unsatisfied citizen found, by which calls and evidence, and who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.letters.told import (
    DECIDED,
    FACTS,
    Asked,
    Case,
    Scene,
    Told,
    case_of,
    event_at,
    events_of,
    seqs,
)
from models.store import Query
from rules.casework import CAUSES, EXCLUSION_KINDS, EXCLUSIONS, VERDICTS
from rules.errors import Refused
from rules.paper import Row, Statement

TO = "部领导"


@dataclass(frozen=True, slots=True)
class _Review:
    """A review that was decided, of the round it is about."""

    id: int
    round_id: int
    n: int
    unit_id: int | None
    unit: str | None
    replied_at: datetime | None
    closed_at: datetime | None
    opened_at: datetime
    verdict: str
    cause: str | None
    reason: str | None
    decided_at: datetime
    decided_by: str
    approved_by: str | None


_REVIEWS = Query(
    _Review,
    """
SELECT v.id, v.round_id, r.n, r.lead_unit_id AS unit_id, u.name AS unit, r.replied_at, r.closed_at,
       v.opened_at, v.verdict, v.cause, v.reason, v.decided_at, b.name AS decided_by,
       a.name AS approved_by
FROM review v JOIN round r ON r.id = v.round_id JOIN operator b ON b.id = v.decided_by
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN operator a ON a.id = v.approved_by
WHERE v.ticket_id = :ticket AND v.decided_at IS NOT NULL AND v.decided_at <= :now
  AND (CAST(:id AS integer) IS NULL OR v.id = :id)
ORDER BY v.decided_at DESC, v.id DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call to the citizen."""

    at: datetime
    result: str
    caller: str
    said: str | None


_CALLS = Query(
    _Call,
    "SELECT at, result, caller, said FROM callback "
    "WHERE round_id = :round AND at <= :now ORDER BY at, id",
)


@dataclass(frozen=True, slots=True)
class _Exclusion:
    """What a second person was asked for."""

    kind: str
    code: str | None
    evidence: str
    asked_by: str
    approved: bool | None
    decided_by: str | None


_EXCLUSIONS = Query(
    _Exclusion,
    """
SELECT x.kind, x.code, x.evidence, a.name AS asked_by, x.approved, b.name AS decided_by
FROM exclusion x JOIN operator a ON a.id = x.asked_by LEFT JOIN operator b ON b.id = x.decided_by
WHERE x.review_id = :review ORDER BY x.id
""",
)


def review(scene: Scene, asked: Asked) -> Told:
    """Tell what was complained of, how it was reviewed, the verdict and who gave it."""
    case = case_of(scene.source, asked.ticket_id)
    one = scene.source.first(_REVIEWS, ticket=case.id, id=asked.source_id, now=scene.now)
    if one is None:
        raise Refused(f"{case.number} 没有作出结论的核查：请先在 F5 作出核查结论")
    verbs = [f"review.{verb}" for verb in ("uphold", "excuse", "rerate", "rework", "supervise")]
    events = events_of(
        scene.source, "ticket", case.id, "review.open", "review.exclude", "review.approve", *verbs
    )
    opened = event_at(events, one.opened_at, "review.open")
    judged = event_at(events, one.decided_at, "review.exclude", *verbs)
    excluded = scene.source.first(_EXCLUSIONS, review=one.id)
    if excluded is not None and excluded.approved is None:
        raise Refused(f"{case.number} 的剔除申请还没有批复：批复以后再出核查报告")
    numbers = (case.number,)
    statements = [
        Statement("unsatisfied", _unsatisfied(scene, case, one), FACTS, seqs(opened), numbers),
        Statement("found", _found(case, one, excluded), FACTS, seqs(judged), numbers),
        Statement("verdict", _verdict(scene, one, excluded), DECIDED, seqs(judged), numbers),
    ]
    calls = scene.source.read(_CALLS, round=one.round_id, now=scene.now)
    rows = tuple(_row(scene, case, n, call) for n, call in enumerate(calls, 1))
    return Told(
        Asked(case.id, None, one.id, None),
        TO,
        f"关于{case.subject}群众不满意事项的核查报告",
        tuple(statements),
        "回访记录" if rows else "",
        rows,
    )


def _unsatisfied(scene: Scene, case: Case, one: _Review) -> str:
    unit = f"，由{one.unit}办理" if one.unit else ""
    closed = f"，{scene.day(one.closed_at)}办结" if one.closed_at else ""
    return (
        f"{scene.day(case.received_at)}，群众通过{case.channel}反映{case.called}"
        f"{unit}（第{one.n}轮）{closed}。{scene.day(one.opened_at)}群众评价不满意，转核查。"
    )


def _found(case: Case, one: _Review, excluded: _Exclusion | None) -> str:
    told = []
    if one.cause:
        told.append(f"不满意的原因是{CAUSES.get(one.cause, one.cause)}")
    if said := case.said(one.reason):
        told.append(said)
    if excluded is not None and (evidence := case.said(excluded.evidence)):
        told.append(f"证据：{evidence}")
    return "经核查，" + "；".join(told or ["情况见回访记录"]) + "。"


def _verdict(scene: Scene, one: _Review, excluded: _Exclusion | None) -> str:
    told = f"核查结论：{VERDICTS.get(one.verdict, one.verdict)}"
    if excluded is not None:
        kind = EXCLUSION_KINDS.get(excluded.kind, excluded.kind)
        code = EXCLUSIONS.get(excluded.code or "", "")
        told += f"（{kind}{'：' + code if code else ''}，"
        told += f"{'批准' if excluded.approved else '未批准'}：{excluded.decided_by}）"
    told += f"。核查人：{one.decided_by}，{scene.day(one.decided_at)}"
    return f"{told}；复核批准：{one.approved_by}。" if one.approved_by else f"{told}。"


def _row(scene: Scene, case: Case, n: int, call: _Call) -> Row:
    said = case.said(call.said)
    caller = f"（{call.caller}）" if call.caller else ""
    return {
        "序号": str(n),
        "项目": f"{scene.moment(call.at)}{caller}",
        "情况": call.result + (f"：{said}" if said else ""),
    }
