"""The record of a ticket in words: what happened, by whom, in the order it did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.store import Query, Source
from rules.casework import COLUMN_NAMES, STEPS, verb_name
from rules.clocks import STEP_NAMES, Limit
from rules.text import MASKED, Masking

LEVELS = {"blue": "转蓝", "yellow": "转黄", "red1": "转红Ⅰ级", "red2": "转红Ⅱ级", "red3": "转红Ⅲ级"}

NOTED = ("ticket.note", "ticket.progress", "ticket.contact", "ticket.callback")
"""Verbs whose own words stand beside the event, in a note or in the call's own row."""


def event_detail(verb: str, said: Mapping[str, Any], unit: str, note: str = "") -> str:
    """Return what an event adds to its verb; ``note`` is what was written down with it."""
    match verb:
        case "ticket.intake":
            return f"：{said.get('channel', '')}，编号{said.get('number', '')}"
        case "ticket.dispatch" | "ticket.transfer" | "ticket.join" | "ticket.assist":
            return f"：{unit}"
        case "ticket.rate":
            given = (("群众", said.get("result")), ("工作", said.get("work")))
            return "：" + "，".join(f"{what}{word}" for what, word in given if word)
        case "crossing.annul":
            levels = "、".join(LEVELS[level] for level in said.get("levels", []))
            return f"：{STEP_NAMES.get(said.get('step', ''), '')}{levels}"
        case "deadline.recompute":
            return "：" + "；".join(map(_recounted, said.get("clocks", [])))
        case _:
            told = _columns(verb, said) or _step(verb, said, unit)
            words = (*_chosen(verb, said), note)
            return told or "".join(
                f"{'，' if n else '：'}{w}" for n, w in enumerate(filter(None, words))
            )


def _columns(verb: str, said: Mapping[str, Any]) -> str:
    """Return the columns that an event names."""
    match verb:
        case "ticket.amend":
            return "：" + _names(said.get("columns", []))
        case "ticket.correct":
            return "：" + _names([c for c in said if c != "演练"])
        case "ticket.conflict":
            return f"：{_names([said.get('column', '')])}与渠道来件不一致，待裁"
        case "ticket.keep" | "ticket.take":
            return f"：{_names([said.get('column', '')])}"
    return ""


def _chosen(verb: str, said: Mapping[str, Any]) -> list[str]:
    """Return in words what was chosen among the answers that the step offers."""
    asks = (a for s in STEPS if f"{s.kind}.{s.verb}" == verb for a in s.asks if a.kind == "choice")
    return [ask.choices[said[ask.name]] for ask in asks if said.get(ask.name) in ask.choices]


def _step(verb: str, said: Mapping[str, Any], unit: str) -> str:
    """Return what a step of casework adds."""
    match verb:
        case "ticket.reply":
            return f"（套话：{said['stock']}）" if "stock" in said else ""
        case "ticket.ask_extension" | "ticket.grant_extension":
            return f"：{Limit.parse(said['limit']).label}" if "limit" in said else ""
        case "ticket.undo" | "ticket.redo":
            return f"：{verb_name('ticket.' + said.get('verb', ''))}"
        case "ticket.urge":
            called = f"，电话，{said['answered_by']}接听" if "answered_by" in said else ""
            return f"：{unit}{called}"
        case "ticket.instruct":
            return f"：{said.get('leader', '')}，时限{Limit.parse(said['limit']).label}"
        case "ticket.rework":
            limit = f"，时限{Limit.parse(said['limit']).label}" if "limit" in said else ""
            return f"：第{said.get('round', '')}轮，{unit}{limit}"
    return ""


def _recounted(clock: Mapping[str, Any]) -> str:
    """Return what became of one clock when the rules changed; its instants are local already."""
    step = STEP_NAMES.get(clock["step"], clock["step"])
    due = _minute(clock["due"])
    text = f"{step} {_minute(clock['before'])} 改为 {due}" if "before" in clock else f"{step} {due}"
    if "provisional" in clock:
        text += "（暂定）" if clock["provisional"] else "（由暂定转定）"
    if "annulled" in clock:
        text += "，撤销" + "、".join(LEVELS[level] for level in clock["annulled"])
    return text


def _minute(local: str) -> str:
    return local[:16].replace("T", " ")


def _names(columns: list[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, (COLUMN_NAMES.get(c, c) for c in columns))))


ACT_NAMES = {
    "dispatched_at": "交办",
    "acknowledged_at": "签收",
    "contacted_at": "首次联系",
    "replied_at": "答复",
    "closed_at": "办结",
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the record: when it happened, when and by whom it was recorded, what and why.

    ``seq`` is the event's place in the trail. A crossing has none, and nobody did it.
    """

    at: datetime
    recorded_at: datetime
    seq: int | None
    who: str
    verb: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Event:
    """One event of a ticket, with whom and which unit it names."""

    seq: int
    at: datetime
    recorded_at: datetime
    who: str
    verb: str
    reason: str | None
    payload: str
    unit: str


_EVENTS = Query(
    _Event,
    """
SELECT e.seq, e.at, e.recorded_at, coalesce(o.name, e.operator) AS who, e.verb, e.reason,
       e.payload, coalesce(u.short_name, '') AS unit
FROM event e LEFT JOIN operator o ON o.login = e.operator LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.subject_kind = 'ticket' AND e.subject_id = :id ORDER BY e.seq
""",
)


@dataclass(frozen=True, slots=True)
class _Note:
    """What was written down with an event, in a note or with a call."""

    kind: str
    id: int
    text: str


_NOTES = Query(
    _Note,
    """
SELECT 'note' AS kind, id, text FROM note WHERE ticket_id = :id
UNION ALL SELECT 'callback', c.id, c.said FROM callback c JOIN round r ON r.id = c.round_id
    WHERE r.ticket_id = :id AND c.said IS NOT NULL
""",
)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One level that a clock crossed."""

    at: datetime
    recorded_at: datetime
    level: str
    step: str
    annulled_reason: str | None


_CROSSINGS = Query(
    _Crossing,
    """
SELECT c.at, c.recorded_at, c.level, d.step, c.annulled_reason
FROM crossing c JOIN deadline d ON d.id = c.deadline_id WHERE d.ticket_id = :id
""",
)


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A row that knows whose ticket it tells of."""

    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_PERSON = Query(
    OfPerson,
    """
SELECT p.reporter, p.phone, p.address, t.confidential
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id = :id
""",
)


def masking_of(source: Source, ticket_id: int, masking: Masking = MASKED) -> Masking:
    """Return how the texts of a ticket are shown, its own person hidden in them."""
    return masking.about(source.read(_PERSON, id=ticket_id)[0])


def storyline(
    source: Source, ticket_id: int, *, masking: Masking = MASKED
) -> tuple[TrailLine, ...]:
    """Return the record of a ticket in the order in which things happened."""
    if masking.own is None:
        masking = masking_of(source, ticket_id, masking)
    notes = {
        (note.kind, note.id): masking.text(note.text) for note in source.read(_NOTES, id=ticket_id)
    }
    lines: list[TrailLine] = []
    for event in source.read(_EVENTS, id=ticket_id):
        lines += _event_lines(notes, event, masking)
    lines += [_crossing_line(one) for one in source.read(_CROSSINGS, id=ticket_id)]
    return tuple(sorted(lines, key=lambda line: (line.at, line.recorded_at, line.seq or 0)))


def _event_lines(
    notes: dict[tuple[str, int], str], event: _Event, masking: Masking
) -> list[TrailLine]:
    """Return the lines of one event; an intake tells of every act that came with it."""
    said: dict[str, Any] = json.loads(event.payload)
    own = ((kind, said[kind]) for kind in ("note", "callback") if said.get(kind))
    note = next((notes.get(key, "") for key in own), "") if event.verb in NOTED else ""
    text = verb_name(event.verb) + event_detail(event.verb, said, event.unit, note)
    if said.get("演练"):
        text += "（演练）"
    first = TrailLine(
        event.at,
        event.recorded_at,
        event.seq,
        event.who,
        event.verb,
        text,
        masking.text(event.reason or ""),
    )
    if event.verb != "ticket.intake":
        return [first]
    came = [
        replace(
            first,
            at=datetime.fromisoformat(said[act]),
            text=_imported(act, said, event.unit),
            reason="",
        )
        for act in ACT_NAMES
        if act in said
    ]
    return [first, *came]


def _imported(act: str, said: dict[str, Any], unit: str) -> str:
    text = ACT_NAMES[act]
    if act == "dispatched_at":
        text += f"：{unit}" if unit else ""
        text += "（交办时间缺，按受理时间计）" if said.get("dispatch_assumed") else ""
    return text + "（随件导入）"


def _crossing_line(one: _Crossing) -> TrailLine:
    text = f"{STEP_NAMES.get(one.step, one.step)}时限{LEVELS[one.level]}"
    if one.annulled_reason:
        text += f"（已撤销：{one.annulled_reason}）"
    return TrailLine(one.at, one.recorded_at, None, "", f"crossing.{one.level}", text)
