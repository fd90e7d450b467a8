"""The record of a ticket in words: what was done, by whom, in the order of recording."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from models.store import Query, Source
from models.views.phrases import REVERTS, event_words
from rules.casework import verb_name
from rules.clocks import CROSSING_NAMES, STEP_NAMES
from rules.text import MASKED, Masking

NOTED = ("ticket.note", "ticket.progress", "ticket.contact", "ticket.callback")
"""Verbs whose own words stand beside the event, in a note or in the call's own row."""

A_MINUTE = timedelta(minutes=1)

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

    @property
    def happened_at(self) -> datetime | None:
        """When it happened, where that is another minute than when it was recorded."""
        return None if abs(self.at - self.recorded_at) < A_MINUTE else self.at


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
SELECT 'note' AS kind, id, text FROM note WHERE id IN (:notes)
UNION ALL SELECT 'callback', id, said FROM callback WHERE id IN (:callbacks) AND said IS NOT NULL
""",
)

NoteKey = tuple[str, int]


def note_key(verb: str, said: Mapping[str, Any]) -> NoteKey | None:
    """Return where the words of an event stand; None where there are none of its own."""
    own = ((kind, int(said[kind])) for kind in ("note", "callback") if said.get(kind))
    return next(own, None) if verb in NOTED else None


def note_texts(source: Source, keys: Iterable[NoteKey | None]) -> dict[NoteKey | None, str]:
    """Return the words that stand there, as they were written down."""
    wanted = [key for key in keys if key is not None]
    if not wanted:
        return {}
    notes, callbacks = ([id for kind, id in wanted if kind == one] for one in ("note", "callback"))
    found = source.read(_NOTES, notes=notes, callbacks=callbacks)
    return {(note.kind, note.id): note.text for note in found}


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
ORDER BY c.at, c.id
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
    """Return the record of a ticket in the order of recording; a crossing stands where it was seen.

    What was taken back says so, and the undo names it: the last line agrees with what is now.
    """
    if masking.own is None:
        masking = masking_of(source, ticket_id, masking)
    events = source.read(_EVENTS, id=ticket_id)
    said = {event.seq: json.loads(event.payload) for event in events}
    notes = note_texts(source, (note_key(event.verb, said[event.seq]) for event in events))
    told: dict[int, list[TrailLine]] = {}
    backward = _Backward()
    for event in events:
        note = notes.get(note_key(event.verb, said[event.seq]), "")
        told[event.seq] = _event_lines(event, said[event.seq], masking.text(note), masking)
        backward.take(event, told)
    placed, latest = (
        list[tuple[tuple[datetime, int], TrailLine]](),
        datetime.min.replace(tzinfo=UTC),
    )
    for seq, lines in told.items():
        latest = max(latest, lines[0].recorded_at)  # two machines never agree to the second
        placed += [((latest, seq), backward.marked(line)) for line in lines]
    intake = next(iter(told), 0)  # within a second only this comes before a crossing
    crossed = (_crossing_line(one) for one in source.read(_CROSSINGS, id=ticket_id))
    placed += [((line.recorded_at, intake), line) for line in crossed]
    return tuple(line for _, line in sorted(placed, key=itemgetter(0)))


class _Backward:
    """Which events of one matter were taken back, and stand so."""

    def __init__(self) -> None:
        self._gone: set[int] = set()
        self._reverts: dict[int, list[int]] = {}

    def take(self, event: _Event, told: dict[int, list[TrailLine]]) -> None:
        """Note an event; one that undoes or does again names what, in the words of ``told``."""
        if event.verb not in REVERTS:
            return
        said = json.loads(event.payload)
        span = [seq for seq in told if said["from"] <= seq <= said["to"]]
        self._reverts[event.seq] = span
        self._turn(span)
        act = self._act(span)
        if act is not None:
            words = f"{verb_name(event.verb)}“{told[act][0].text}”"
            told[event.seq] = [replace(line, text=words) for line in told[event.seq]]

    def _act(self, span: list[int]) -> int | None:
        """Return the act at the bottom of it: what an undo took back, what it is that is redone."""
        for seq in span:
            return self._act(self._reverts[seq]) if seq in self._reverts else seq
        return None

    def _turn(self, span: list[int]) -> None:
        """Take back what stands, let stand what was taken back."""
        self._gone ^= set(span)
        for seq in span:
            self._turn(self._reverts.get(seq, []))

    def marked(self, line: TrailLine) -> TrailLine:
        """Return a line that says of itself that it was taken back."""
        if line.seq not in self._gone:
            return line
        return replace(
            line, text=f"{line.text}（{'已重做' if line.verb in REVERTS else '已撤销'}）"
        )


def _event_lines(
    event: _Event, said: Mapping[str, Any], note: str, masking: Masking
) -> list[TrailLine]:
    """Return the lines of one event; an intake tells of every act that came with it."""
    text = event_words(event.verb, said, event.unit, note)
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


def _imported(act: str, said: Mapping[str, Any], unit: str) -> str:
    text = ACT_NAMES[act]
    if act == "dispatched_at":
        text += f"：{unit}" if unit else ""
        text += "（交办时间缺，按受理时间计）" if said.get("dispatch_assumed") else ""
    return text + "（随件导入）"


def _crossing_line(one: _Crossing) -> TrailLine:
    text = f"{STEP_NAMES.get(one.step, one.step)}时限{CROSSING_NAMES[one.level]}"
    if one.annulled_reason:
        text += f"（已撤销：{one.annulled_reason}）"
    return TrailLine(one.at, one.recorded_at, None, "", f"crossing.{one.level}", text)
