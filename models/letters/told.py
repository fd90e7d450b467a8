"""What a letter is put together from: who it goes to, its sentences, and the appeal behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import Query, Source
from rules.casework import kept_back, paper_title
from rules.clocks import chinese_date, chinese_moment, day_and_clock
from rules.errors import Refused
from rules.paper import Row, Statement
from rules.text import MASKED

if TYPE_CHECKING:
    from rules.bureau import Policy
    from rules.clocks import Timekeeper

MOST = 24  # characters of an appeal's title in a letter's own

FACTS, DECIDED = "事实", "结论"
"""The fields in which a letter's sentences stand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter tells of: an appeal, an order, one request or review of it, or a unit."""

    ticket_id: int | None = None
    order_id: int | None = None
    source_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A letter's facts: to whom it goes, its title, its sentences, its table with a title."""

    asked: Asked
    recipient: str
    title: str
    statements: tuple[Statement, ...]
    table: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The store as of an instant: what facts are read from; ``now`` is aware UTC."""

    source: Source
    policy: Policy
    keeper: Timekeeper
    now: datetime

    def moment(self, instant: datetime) -> str:
        """Return 2026年11月25日17:30 of an instant."""
        return chinese_moment(self.keeper.local(instant))

    def day(self, instant: datetime) -> str:
        """Return 2026年11月25日 of an instant."""
        return chinese_date(self.keeper.local(instant).date())

    def due(self, instant: datetime) -> str:
        """Return 2026年11月25日17:30前; midnight ends the day before."""
        day, clock = day_and_clock(self.keeper.local(instant), ends=True)
        return f"{chinese_date(day)}{clock[:5]}前"

    def known_by_then(self, at: datetime | None, what: str) -> None:
        """Refuse to tell of what came after the paper's own instant."""
        if at is not None and at > self.now:
            raise Refused(f"{what}在{self.moment(at)}，晚于签发时间：请核对时间")


Facts = Callable[[Scene, Asked], Told]


@dataclass(frozen=True, slots=True)
class Case:
    """An appeal as a letter may tell of it, with its current round and that round's close clock."""

    id: int
    number: str
    title: str
    nature: str
    confidential: bool
    channel: str
    received_at: datetime
    n: int
    state: str
    unit_id: int | None
    unit: str | None
    dispatched_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    result_rating: str | None
    due_at: datetime | None
    stopped_at: datetime | None
    paused_at: datetime | None
    supplementing: bool
    reporter: str | None
    phone: str | None
    address: str | None

    @property
    def kept(self) -> bool:
        """Whether no paper tells of its words."""
        return bool(kept_back(self.nature, self.confidential))

    @property
    def called(self) -> str:
        """Return what a paper calls it: its title and its number."""
        title = paper_title(MASKED.about(self).text(self.title), self.nature, self.confidential)
        return (
            f"“{title}”（工单编号：{self.number}）" if not self.kept else (f"{self.number}{title}")
        )

    @property
    def subject(self) -> str:
        """Return what a title calls it; of what is kept back only the number."""
        title = MASKED.about(self).text(" ".join(self.title.split())).rstrip("。！？；，、 ")
        if self.kept or not title:
            return f"工单{self.number}"
        return f"“{title}”" if len(title) <= MOST else f"“{title[: MOST - 2]}..”"

    def said(self, text: str | None) -> str:
        """Return a text about it as a paper may quote it; nothing of what is kept back."""
        if not text or self.kept:
            return ""
        return MASKED.about(self).text(" ".join(text.split())).rstrip("。；，、 ")


_CASE = Query(
    Case,
    """
SELECT t.id, t.number, t.title, t.nature, t.confidential, t.channel, t.received_at, r.n, r.state,
       r.lead_unit_id AS unit_id, u.name AS unit, r.dispatched_at, r.replied_at, r.closed_at,
       r.outcome, r.result_rating, d.due_at, d.stopped_at, d.paused_at,
       r.supplement_asked_at IS NOT NULL AND r.supplemented_at IS NULL AS supplementing,
       p.reporter, p.phone, p.address
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
    AND d.unit_id = r.lead_unit_id
WHERE t.id IN (:ids) ORDER BY t.id, d.id
""",
)


def cases_of(source: Source, ids: Sequence[int]) -> list[Case]:
    """Return appeals, each once."""
    found = {case.id: case for case in source.read(_CASE, ids=list(ids))} if ids else {}
    return [found[id] for id in ids if id in found]


def case_of(source: Source, ticket_id: int | None) -> Case:
    """Return the one appeal a letter tells of; refuses a letter without one."""
    found = cases_of(source, [ticket_id] if ticket_id is not None else [])
    if not found:
        raise Refused("请写明是哪一件诉求：工单编号")
    return found[0]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the trail that a sentence rests on."""

    seq: int
    verb: str
    at: datetime
    unit_id: int | None
    unit: str | None
    reason: str | None


_EVENTS = Query(
    Happened,
    """
SELECT e.seq, e.verb, e.at, e.unit_id, u.name AS unit, e.reason
FROM event e LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.subject_kind = :kind AND e.subject_id = :id AND e.verb IN (:verbs) ORDER BY e.seq
""",
)


def events_of(source: Source, kind: str, id: int, *verbs: str) -> list[Happened]:
    """Return the events of some verbs on a subject, the first first."""
    return source.read(_EVENTS, kind=kind, id=id, verbs=list(verbs))


def event_at(events: Sequence[Happened], at: datetime | None, *verbs: str) -> Happened | None:
    """Return the last event of some verbs that happened at an instant."""
    found = [one for one in events if one.at == at and one.verb in verbs]
    return found[-1] if found else None


def seqs(*events: Happened | None) -> tuple[int, ...]:
    """Return the numbers of the events there are."""
    return tuple(one.seq for one in events if one is not None)
