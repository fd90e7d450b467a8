"""Events of the trail as people read them: a row of a list in words, and one with all it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.store import Query, Reader
from models.views.phrases import event_words, payload_words, with_an_act
from models.views.record import OfPerson, TrailLine, note_key, note_texts
from rules.casework import kept_back
from rules.text import MASKED, Masking


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine(TrailLine):
    """One event in words; ``subject`` is what people call the matter it is about."""

    kind: str
    subject_id: int | None
    subject: str
    unit: str


@dataclass(frozen=True, slots=True)
class WholeEvent:
    """One event with everything that its hash covers; ``told`` is its payload in words."""

    line: EventLine
    told: tuple[tuple[str, str], ...]
    operator: str
    batch: str
    policy: int | None
    calendar: int | None
    form: int
    seal: str
    prev_hash: str
    hash: str


def trail_window(reader: Reader, seqs: Sequence[int], masking: Masking = MASKED) -> list[EventLine]:
    """Return the events of ``seqs`` in that order, whose texts name nobody."""
    found = {row.seq: row for row in reader.read(_WINDOW, seqs=list(seqs))} if seqs else {}
    rows = [found[seq] for seq in seqs if seq in found]
    said = [json.loads(row.payload) for row in rows]
    keys = [note_key(row.verb, told) for row, told in zip(rows, said, strict=True)]
    notes = note_texts(reader, keys)
    return [
        _line(row, told, notes.get(key, ""), masking.about(row))
        for row, told, key in zip(rows, said, keys, strict=True)
    ]


def trail_event(reader: Reader, seq: int, masking: Masking = MASKED) -> WholeEvent | None:
    """Return one event with everything it holds."""
    lines, kept = trail_window(reader, [seq], masking), reader.first(_KEPT, seq=seq)
    if not lines or kept is None:
        return None
    about = masking.about(reader.read(_WINDOW, seqs=[seq])[0])
    told = tuple((label, about.text(text)) for label, text in payload_words(kept.said))
    return WholeEvent(
        lines[0],
        told,
        kept.operator,
        kept.batch or "",
        kept.policy,
        kept.calendar,
        kept.form,
        kept.seal or "",
        kept.prev_hash,
        kept.hash,
    )


@dataclass(frozen=True, slots=True)
class _Event(OfPerson):
    """One event, what it is about, and of whose appeal it tells."""

    seq: int
    at: datetime
    recorded_at: datetime
    who: str
    verb: str
    kind: str
    subject_id: int | None
    subject: str
    unit: str
    reason: str | None
    payload: str
    nature: str
    act: str | None


_WINDOW = Query(
    _Event,
    """
SELECT e.seq, e.at, e.recorded_at, coalesce(o.name, e.operator) AS who, e.verb,
       e.subject_kind AS kind, e.subject_id,
       coalesce(t.number, s.number, l.number, n.period, a.name, v.short_name, '') AS subject,
       coalesce(u.short_name, '') AS unit, e.reason, e.payload, coalesce(t.nature, '') AS nature,
       p.reporter, p.phone, p.address, coalesce(t.confidential, false) AS confidential,
       CASE WHEN e.verb = 'seal' THEN (
           SELECT f.verb FROM event f WHERE f.seq > e.seq AND f.verb <> 'seal'
           ORDER BY f.seq LIMIT 1
       ) END AS act
FROM event e LEFT JOIN operator o ON o.login = e.operator LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN ticket t ON e.subject_kind = 'ticket' AND t.id = e.subject_id
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN supervision_order s ON e.subject_kind = 'order' AND s.id = e.subject_id
LEFT JOIN letter l ON e.subject_kind = 'letter' AND l.id = e.subject_id
LEFT JOIN edition n ON e.subject_kind = 'edition' AND n.id = e.subject_id
LEFT JOIN operator a ON e.subject_kind = 'operator' AND a.id = e.subject_id
LEFT JOIN unit v ON e.subject_kind = 'unit' AND v.id = e.subject_id
WHERE e.seq IN (:seqs)
""",
)

LOOKS = ("ticket.look", "ticket.look_confidential")

KINDS = {
    "order": "督办单草稿",
    "letter": "公文草稿",
    "line": "派单目录",
    "measure": "派单把握测算",
    "report": "民情专报",
    "edition": "通报",
    "remark": "通报点评",
    "flag": "应督办",
    "problem": "共性问题",
    "import": "导入",
    "campaign": "专题",
    "entity": "被反映主体",
    "decision": "处理决定",
    "alias": "别名建议",
    "campaign_task": "专题任务",
    "emergency": "特殊时期",
    "grid": "网格",
    "cell_matter": "网格事项",
    "opinion_topic": "我要参与",
    "reception": "接访",
    "pledge": "承诺",
    "police_group": "社区警务群",
    "group_message": "群内诉求",
    "visit": "走访",
    "visit_task": "走访任务",
    "council": "会商",
    "duty": "值班代理",
    "callback": "回访计划",
    "objection": "异议",
    "profile": "来源格式",
    "template": "文书模板",
    "erasure": "清除申请",
    "policy": "规则",
    "calendar": "日历",
    "operator": "操作员",
    "unit": "单位",
    "backup": "备份",
    "store": "本库",
    "sweep": "巡检",
}
"""What people call what an event is about, where it has no number or name of its own."""


def _line(row: _Event, said: Mapping[str, Any], note: str, masking: Masking) -> EventLine:
    """Return an event in words; what was written of an appeal kept back stands on its page."""
    reason = row.reason or ""
    kept = kept_back(row.nature, row.confidential)
    if kept and row.verb not in LOOKS:
        note, reason = "", kept if reason else ""
    sign = "版" if row.kind in ("policy", "calendar") else "号"
    id = f"第{row.subject_id}{sign}" if row.subject_id else ""
    return EventLine(
        at=row.at,
        recorded_at=row.recorded_at,
        seq=row.seq,
        who=row.who,
        verb=row.verb,
        text=with_an_act(row.act)
        if row.act
        else event_words(row.verb, said, row.unit, masking.text(note)),
        reason=masking.text(reason),
        kind=row.kind,
        subject_id=row.subject_id,
        subject=row.subject or f"{KINDS.get(row.kind, row.kind)}{id}",
        unit=row.unit,
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an event holds besides its words."""

    payload: str
    operator: str
    batch: str | None
    policy: int | None
    calendar: int | None
    form: int
    seal: str | None
    prev_hash: str
    hash: str

    @property
    def said(self) -> dict[str, Any]:
        """Its payload."""
        told: dict[str, Any] = json.loads(self.payload)
        return told


_KEPT = Query(
    _Kept,
    """
SELECT payload, operator, batch, policy, calendar, form, seal, prev_hash, hash
FROM event WHERE seq = :seq
""",
)
