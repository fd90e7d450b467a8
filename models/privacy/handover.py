"""交办单: what a unit must have of a matter handed to it, and its day's list; each on record first.

The unit must call the citizen, so name and telephone stand on it, unless the matter is kept back
(举报 保密): then neither does anything that tells of a person. Never against the unit it goes to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.casework import kept_out, tell
from models.matter import AGAINST, Matter, load_matters, positions
from models.merging import Mark, marks, members_of
from models.store import Query, retried
from rules.casework import Position, kept_back, status_label
from rules.errors import Refused
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Reader, Store, Work

WHY = "交办"
"""The reason on record for giving a unit what it needs."""


@dataclass(frozen=True, slots=True)
class DueStep:
    """One running limit of a matter handed over."""

    step: str
    limit_text: str
    due_at: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """One matter as its unit is given it; ``secret`` says why nobody is named, if nobody is.

    ``merged`` says what it is answered with (并单). Instants are aware UTC.
    """

    ticket_id: int
    number: str
    title: str
    content: str
    nature: str
    urgency: str
    channel: str
    category: str
    object: str
    place: str
    unit: str
    handler: str
    co_units: tuple[str, ...]
    received_at: datetime
    handed_at: datetime
    reporter: str
    phone: str
    address: str
    secret: str
    merged: str = ""
    due: tuple[DueStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """Matters handed to units, and those of which no paper goes out, each with why."""

    matters: tuple[Handover, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    withheld: int = 0


def hand_over(store: Store, ticket_ids: Sequence[int]) -> Handed:
    """Return what the papers of matters say, once each is on record.

    One that has no unit, is closed or is against its unit is left out and named. ``Refused`` where
    none is left, ``NotAllowed`` to whoever makes no such papers.
    """
    recorded, skipped = _record(store, list(dict.fromkeys(ticket_ids)))
    if not recorded and skipped:
        raise Refused("；".join(f"{number}：{why}" for number, why in skipped[:3]))
    return Handed(_read(store, recorded), tuple(skipped))


def hand_over_day(store: Store, unit_id: int, day: date) -> Handed:
    """Return what was handed to a unit on a day of the bureau and is still open, once on record.

    ``withheld`` counts what is against the unit. Raises as :func:`hand_over`.
    """
    zone = store.timekeeper().zone
    start = datetime.combine(day, time(), zone)
    between = {"unit": unit_id, "since": start, "until": start + timedelta(days=1)}
    with store.reading() as reader:
        ids = [one.ticket_id for one in reader.read(_OF_DAY, **between)]
        withheld = int(reader.value(_WITHHELD, **between))
    recorded, skipped = _record(store, ids)
    return Handed(_read(store, recorded), tuple(skipped), withheld)


_HANDED = """
FROM round r JOIN ticket t ON t.id = r.ticket_id AND r.n = t.rounds
WHERE r.lead_unit_id = :unit AND r.state IN ('dispatched', 'acknowledged')
  AND coalesce(r.handed_at, r.dispatched_at) >= :since
  AND coalesce(r.handed_at, r.dispatched_at) < :until
"""

_AGAINST_IT = AGAINST.format(ticket="t.id", unit=":unit")


@dataclass(frozen=True, slots=True)
class _OfDay:
    """A matter handed to a unit on a day."""

    ticket_id: int


_OF_DAY = Query(
    _OfDay,
    f"""
SELECT t.id AS ticket_id {_HANDED} AND NOT {_AGAINST_IT}
ORDER BY coalesce(r.handed_at, r.dispatched_at), t.number
""",
)

_WITHHELD = f"SELECT count(*) {_HANDED} AND {_AGAINST_IT}"


@retried
def _record(store: Store, ids: list[int]) -> tuple[list[int], list[tuple[str, str]]]:
    """Write down whose papers are made; return them, and what is left out."""
    with store.writing() as work:
        work.require(verb="ticket.handover")
        matters = load_matters(work, ids)
        barred, places = kept_out(work, ids), positions(work, matters, work.timekeeper(), work.now)
        recorded, skipped = list[int](), list[tuple[str, str]]()
        for matter, place in zip(matters, places, strict=True):
            if why := _obstacle(work, matter, place, barred.get(matter.ticket_id, {})):
                skipped.append((matter.number, why))
                continue
            tell(work, matter, "handover", reason=WHY)
            recorded.append(matter.ticket_id)
        return recorded, skipped


def _obstacle(work: Work, matter: Matter, place: Position, barred: Mapping[int, str]) -> str | None:
    """Return why no paper of a matter goes out."""
    if matter.unit_id is None or matter.state == "waiting":
        return "还没有承办单位：请先派单"
    if "paused" in place.facts or matter.state in ("replied", "closed"):
        return f"现在是“{status_label('ticket', matter.state, facts=place.facts)}”，不用交办单"
    if matter.against_lead or matter.unit_id in barred:
        name = UnitDirectory(work).names[matter.unit_id]
        return f"该件反映的正是{name}，不给其看：请移送有权机关或改派其他单位"
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """All that is known of a matter and whoever brought it."""

    ticket_id: int
    number: str
    title: str
    content: str
    nature: str
    urgency: str
    channel: str
    category: str | None
    object: str | None
    place: str | None
    unit: str
    handler: str | None
    received_at: datetime
    handed_at: datetime
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_TOLD = Query(
    _Told,
    """
SELECT t.id AS ticket_id, t.number, t.title, t.content, t.nature, t.urgency, t.channel, t.category,
       t.object, coalesce(t.area, t.grid) AS place, u.name AS unit, r.first_handler AS handler,
       t.received_at, coalesce(r.handed_at, r.dispatched_at) AS handed_at,
       p.reporter, p.phone, p.address, t.confidential
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.id IN (:ids)
""",
)


@dataclass(frozen=True, slots=True)
class _Due:
    """A running limit of a ticket."""

    ticket_id: int
    step: str
    limit_text: str
    due_at: datetime
    provisional: bool


_DUE = Query(
    _Due,
    """
SELECT ticket_id, step, limit_text, due_at, provisional FROM deadline
WHERE subject_kind = 'ticket' AND ticket_id IN (:ids) AND stopped_at IS NULL
  AND step IN ('acknowledge', 'contact', 'close') ORDER BY due_at, id
""",
)


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps with a ticket."""

    ticket_id: int
    unit: str


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT t.id AS ticket_id, u.short_name AS unit FROM ticket t
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN round_unit c ON c.round_id = r.id JOIN unit u ON u.id = c.unit_id
WHERE t.id IN (:ids) ORDER BY c.id
""",
)


def _read(store: Store, ids: list[int]) -> tuple[Handover, ...]:
    """Read what was recorded, in its order."""
    if not ids:
        return ()
    with store.reading() as reader:
        told = {one.ticket_id: _handover(one) for one in reader.read(_TOLD, ids=ids)}
        due, helpers = _around(reader, ids)
        merged = {id: _merged(reader, one) for id, one in marks(reader, ids).items()}
    return tuple(
        replace(
            told[id],
            due=tuple(due[id]),
            co_units=tuple(helpers[id]),
            merged=merged.get(id, ""),
        )
        for id in ids
    )


_NAMED = 10
"""The numbers of merged appeals that a paper names at most."""


def _merged(reader: Reader, mark: Mark) -> str:
    """Return how a matter is answered with others: as their lead, or with its own."""
    if not mark.merged:
        return f"{mark.words}，随主件一并办理，答复同一意见"
    present = [one.number for one in members_of(reader, mark.ticket_id) if one.present]
    more = "等" if len(present) > _NAMED else ""
    return f"{mark.words}：{'、'.join(present[:_NAMED])}{more}。办理结果须答复每一位诉求人"


def _around(
    reader: Reader, ids: list[int]
) -> tuple[dict[int, list[DueStep]], dict[int, list[str]]]:
    due: dict[int, list[DueStep]] = defaultdict(list)
    for one in reader.read(_DUE, ids=ids):
        step = DueStep(one.step, one.limit_text, one.due_at, one.provisional)
        due[one.ticket_id].append(step)
    helpers: dict[int, list[str]] = defaultdict(list)
    for helper in reader.read(_CO_UNITS, ids=ids):
        helpers[helper.ticket_id].append(helper.unit)
    return due, helpers


def _handover(one: _Told) -> Handover:
    secret = kept_back(one.nature, one.confidential)
    masking = MASKED.about(one)

    def told(text: str | None) -> str:
        return masking.text(text or "") if secret else text or ""

    return Handover(
        ticket_id=one.ticket_id,
        number=one.number,
        title=told(one.title),
        content=told(one.content),
        nature=one.nature,
        urgency=one.urgency,
        channel=one.channel,
        category=one.category or "",
        object=told(one.object),
        place=told(one.place),
        unit=one.unit,
        handler=one.handler or "",
        co_units=(),
        received_at=one.received_at,
        handed_at=one.handed_at,
        reporter="" if secret else one.reporter or "",
        phone="" if secret else one.phone or "",
        address="" if secret else one.address or "",
        secret=secret,
    )
