"""承诺 as values: what was promised at a reception, how it stands, what was moved."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.store import Query, Source, like
from rules.casework import kept_back
from rules.errors import DubanError
from rules.receptions import FATES, KINDS, fate
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class PledgeView:
    """One promise; instants are aware UTC, ``day`` is the reception's, in the bureau's zone.

    ``number``, ``nature``, ``confidential`` and the citizen are of the matter it was made on, None
    or empty without one. ``yellow_at`` and ``red_at`` are of its clock, ``stopped_at`` once it has
    stopped. ``extended`` is how often its date was moved.
    """

    id: int
    version: int
    reception_id: int
    meeting_id: int | None
    ticket_id: int | None
    kind: str
    text: str
    unit_id: int
    unit: str
    leader: str
    post: str | None
    person: str | None
    made_at: datetime
    due_at: datetime
    original_due_at: datetime
    signed_at: datetime | None
    kept_at: datetime | None
    broken_at: datetime | None
    verdict_words: str | None
    evidence: str | None
    void_at: datetime | None
    void_reason: str | None
    day: date
    place: str
    organ: str | None
    number: str | None
    nature: str | None
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None
    yellow_at: datetime | None
    red_at: datetime | None
    stopped_at: datetime | None
    extended: int

    @property
    def noun(self) -> str:
        """承诺书 or 保证书."""
        return KINDS[self.kind]

    def fate(self, now: datetime) -> str:
        """Return which of ``FATES`` it has met by ``now``."""
        return fate(self.due_at, self.kept_at, self.broken_at, self.void_at, now)

    def stands(self, now: datetime) -> str:
        """Return how it stands in words, an unsigned one as such."""
        met = self.fate(now)
        return "待签字" if met == "running" and self.signed_at is None else FATES[met]

    def masked(self, masking: Masking) -> PledgeView:
        """Return it without whom it was made to; of what is kept back only what that is."""
        secret = kept_back(self.nature or "", self.confidential)
        clean = masking.about(self).text
        return replace(
            self,
            text=secret or clean(self.text),
            verdict_words=None if secret else clean(self.verdict_words or "") or None,
            evidence=None if secret else clean(self.evidence or "") or None,
        )


_SELECT = """
SELECT w.id, w.version, w.reception_id, w.meeting_id, w.ticket_id, w.kind, w.text, w.unit_id,
       u.short_name AS unit, w.leader, e.post, w.person, w.made_at, w.due_at, w.original_due_at,
       w.signed_at, w.kept_at, w.broken_at, w.verdict_words, w.evidence, w.void_at, w.void_reason,
       e.day, e.place, e.organ, t.number, t.nature, coalesce(t.confidential, false) AS confidential,
       p.reporter, p.phone, p.address, d.yellow_at, d.red_at, d.stopped_at,
       (SELECT count(*) FROM pledge_extension x WHERE x.pledge_id = w.id) AS extended
FROM pledge w JOIN reception e ON e.id = w.reception_id JOIN unit u ON u.id = w.unit_id
LEFT JOIN ticket t ON t.id = w.ticket_id
LEFT JOIN citizen p ON p.ticket_id = w.ticket_id
LEFT JOIN deadline d ON d.subject_kind = 'pledge' AND d.subject_id = w.id
"""
_BY_ID = Query(PledgeView, f"{_SELECT} WHERE w.id = :id")
_BY_IDS = Query(PledgeView, f"{_SELECT} WHERE w.id IN (:ids) ORDER BY w.id")
_OF_RECEPTION = Query(PledgeView, f"{_SELECT} WHERE w.reception_id = :id ORDER BY w.id")
_LISTED = Query(
    PledgeView,
    f"""{_SELECT}
WHERE e.day BETWEEN :first AND :last OR d.id IS NOT NULL AND d.stopped_at IS NULL
ORDER BY w.due_at, w.id
""",
)
_OF_DAYS = Query(
    PledgeView,
    f"{_SELECT} WHERE e.day BETWEEN :first AND :last ORDER BY e.day, e.place, w.id",
)


def pledge_of(source: Source, id: int) -> PledgeView:
    """Return one promise; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的承诺：请用 duban pledge list 查看")
    return found


def pledges_of_ids(source: Source, ids: list[int]) -> list[PledgeView]:
    """Return some promises in the order of their ids; ``DubanError`` for an id that is none."""
    found = source.read(_BY_IDS, ids=ids) if ids else []
    missing = set(ids) - {one.id for one in found}
    if missing:
        raise DubanError(f"没有编号为 {min(missing)} 的承诺：请用 duban pledge list 查看")
    return found


def pledges_of_reception(source: Source, reception_id: int) -> list[PledgeView]:
    """Return the promises made at one place of a day, the earliest first."""
    return source.read(_OF_RECEPTION, id=reception_id)


def pledges_of_days(source: Source, first: date, last: date) -> list[PledgeView]:
    """Return what was promised at the receptions of some days, both included."""
    return source.read(_OF_DAYS, first=first, last=last)


def pledge_list(source: Source, first: date, last: date) -> list[PledgeView]:
    """Return what was promised within some days, and whatever still runs; soonest due first."""
    return source.read(_LISTED, first=first, last=last)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day on which something was promised."""

    day: date


_NEWEST = Query(
    _Day,
    """
SELECT e.day FROM reception e
WHERE e.day < :before AND EXISTS (SELECT 1 FROM pledge w WHERE w.reception_id = e.id)
ORDER BY e.day DESC LIMIT 1
""",
)


def promised_before(source: Source, before: date) -> tuple[date, date] | None:
    """Return the first and the last day of the newest month before a day with promises."""
    newest = source.first(_NEWEST, before=before)
    return None if newest is None else (newest.day.replace(day=1), last_of_month(newest.day))


def last_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A party that was promised something of which nothing is written down yet."""

    meeting_id: int
    reception_id: int
    ticket_id: int | None
    unit_id: int
    leader: str
    held_at: datetime


_UNWRITTEN = Query(
    Unwritten,
    """
SELECT m.id AS meeting_id, m.reception_id, m.ticket_id,
       coalesce(m.unit_id, r.lead_unit_id) AS unit_id, e.leader, e.held_at
FROM meeting m JOIN reception e ON e.id = m.reception_id
LEFT JOIN ticket t ON t.id = m.ticket_id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE m.outcome = 'pledged' AND coalesce(m.unit_id, r.lead_unit_id) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pledge w WHERE w.meeting_id = m.id)
ORDER BY m.id
""",
)


def unwritten(source: Source) -> list[Unwritten]:
    """Return the parties that were promised something and have a unit, but no paper."""
    return source.read(_UNWRITTEN)


_PLACES = """
SELECT id FROM reception WHERE id = :id OR place = :place OR place LIKE :part
ORDER BY CASE WHEN id = :id THEN 0 WHEN place = :place THEN 1 ELSE 2 END, day DESC, id LIMIT 1
"""


def reception_named(source: Source, word: str) -> int:
    """Return the place of a number (``#12``), a name or a part of one: its newest day."""
    plain = word.strip().lstrip("#＃")
    id = int(plain) if plain.isdecimal() and len(plain) < 10 else 0
    rows = source.rows(_PLACES, id=id, place=plain, part=like(plain))
    if not plain or not rows:
        raise DubanError(f"没有接访点 {word}：请用 duban reception list 查看")
    return int(rows[0][0])


@dataclass(frozen=True, slots=True)
class PledgeMoved:
    """A date that was moved, by whom, and why."""

    due_before: datetime
    due_after: datetime
    leader: str
    reason: str
    at: datetime


_MOVED = Query(
    PledgeMoved,
    "SELECT due_before, due_after, leader, reason, at FROM pledge_extension "
    "WHERE pledge_id = :id ORDER BY id",
)


def moves_of(source: Source, pledge_id: int) -> list[PledgeMoved]:
    """Return how the date of a promise was moved, the earliest first."""
    return source.read(_MOVED, id=pledge_id)
