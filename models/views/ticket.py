"""One ticket as a person reads it: the appeal, its rounds, clocks, ratings, papers and record.

Whoever reads here sees the citizen as ``masking`` says: masked, unless the policy has it otherwise
on screens. No ORM is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.casework import AccusedUnit, accused_units
from models.matter import load_matter, load_matters, position, positions
from models.store import Query, Source
from models.views.platforms import SAME, SameView, holder_named, told_elsewhere
from models.views.record import TrailLine, storyline
from models.views.ticket_clocks import DeadlineView, clocks_of
from models.views.ticket_reviews import ReviewView, ticket_reviews
from models.views.ticket_rounds import RoundView, rounds_of
from rules.casework import ANALYSIS, Position, allowed_steps, status_label
from rules.clocks import Timekeeper
from rules.text import MASKED, Citizen, Masking


@dataclass(frozen=True, slots=True)
class RatingView:
    """One rating as the citizen gave it."""

    round: int
    at: datetime
    result_rating: str
    work_rating: str
    means: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """An order or another paper that this ticket is on."""

    id: int
    name: str
    kind: str
    level: int
    state: str
    due_at: datetime | None

    @property
    def status(self) -> str:
        """Where it stands, in Chinese."""
        return status_label("order", self.state)


@dataclass(frozen=True, slots=True)
class TicketView:
    """Everything of one ticket that a screen or a command shows.

    ``status`` is the Chinese word for where it stands, ``next_steps`` the lawful next verbs with
    their Chinese names, ``conflicts`` the columns on which a file and the store differ, ``accused``
    the units that it is against, ``same`` what other platforms tell of the same matter.
    """

    id: int
    version: int
    number: str
    channel: str
    external_id: str
    nature: str
    category: str
    urgency: str
    title: str
    content: str
    object: str
    grid: str
    area: str
    unit_text: str
    confidential: bool
    received_at: datetime
    recorded_at: datetime
    state: str
    worst_colour: str
    status: str
    citizen: Citizen
    outgoing: Masking
    rounds: tuple[RoundView, ...]
    deadlines: tuple[DeadlineView, ...]
    ratings: tuple[RatingView, ...]
    reviews: tuple[ReviewView, ...]
    orders: tuple[PaperView, ...]
    trail: tuple[TrailLine, ...]
    conflicts: tuple[str, ...]
    accused: tuple[AccusedUnit, ...]
    same: tuple[SameView, ...]
    next_steps: tuple[tuple[str, str], ...]

    @property
    def round(self) -> RoundView:
        """The current round."""
        return self.rounds[-1]

    @property
    def for_analysis(self) -> bool:
        """Whether others answer it: it came in for insight alone."""
        return self.state == ANALYSIS

    @property
    def holder(self) -> str:
        """Who has it: a unit, whoever its source names, or nobody yet."""
        return self.round.unit or holder_named(self.unit_text, self.for_analysis)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """What is to be said of others that answer it, or that tell the same."""
        return told_elsewhere(self.for_analysis, self.same)

    @property
    def avoided(self) -> str:
        """The units that it is against, those that are only guessed marked so."""
        return "、".join(f"{one.unit}{'' if one.confirmed else '（待认）'}" for one in self.accused)

    @property
    def leading(self) -> DeadlineView | None:
        """The clock by which the queue shows it; ``None`` once nothing runs."""
        return next((each for each in self.deadlines if each.leads), None)

    @property
    def closing(self) -> DeadlineView | None:
        """The clock of the close, of a ticket that is closed: whether it kept its limit."""
        ended = (d for d in reversed(self.deadlines) if d.step == "close" and d.kept)
        return next(ended, None) if self.state == "closed" else None


def ticket_view(
    source: Source,
    keeper: Timekeeper,
    ticket_id: int,
    now: datetime,
    *,
    roles: Iterable[str] | None = None,
    masking: Masking = MASKED,
) -> TicketView:
    """Return a ticket as at ``now``, its steps for ``roles``; ``DubanError`` if there is none."""
    matter = load_matter(source, ticket_id)
    stands = position(source, matter, keeper, now)
    told = source.read(_TICKETS, id=ticket_id)[0]
    masking = masking.about(told)
    return TicketView(
        id=ticket_id,
        version=told.version,
        number=matter.number,
        channel=matter.channel,
        external_id=told.external_id or "",
        nature=matter.nature,
        category=matter.category or "",
        urgency=matter.urgency,
        title=masking.text(told.title),
        content=masking.text(told.content),
        object=masking.text(told.object or ""),
        grid=masking.text(told.grid or ""),
        area=masking.text(told.area or ""),
        unit_text=told.unit_text or "",
        confidential=told.confidential,
        received_at=matter.received_at,
        recorded_at=told.recorded_at,
        state=told.state,
        worst_colour=told.worst_colour,
        status=status_label("ticket", matter.state, facts=stands.facts, round=matter.n),
        citizen=masking.citizen(
            told.reporter, told.phone, told.address, confidential=told.confidential
        ),
        outgoing=MASKED.about(told),
        rounds=rounds_of(source, ticket_id, masking),
        deadlines=clocks_of(source, keeper, ticket_id, now),
        ratings=tuple(source.read(_RATINGS, id=ticket_id)),
        reviews=ticket_reviews(source, ticket_id, now, masking),
        orders=tuple(source.read(_ORDERS, id=ticket_id)),
        trail=storyline(source, ticket_id, masking=masking),
        conflicts=tuple(one.column for one in source.read(_CONFLICTS, id=ticket_id)),
        accused=_accused(source, ticket_id),
        same=tuple(source.read(SAME, id=ticket_id)),
        next_steps=tuple((step.verb, step.name) for step in allowed_steps(stands, roles)),
    )


def _accused(source: Source, ticket_id: int) -> tuple[AccusedUnit, ...]:
    """Return the units that are kept away from a ticket."""
    return tuple(one for one in accused_units(source, [ticket_id]) if one.kept_out)


def ticket_positions(
    source: Source, ticket_ids: Sequence[int], keeper: Timekeeper, now: datetime
) -> list[Position]:
    """Return where tickets stand, as the table of steps asks for it."""
    return positions(source, load_matters(source, ticket_ids), keeper, now)


def ticket_versions(source: Source, ticket_ids: Sequence[int]) -> dict[int, int]:
    """Return the versions of tickets as they are now."""
    return {one.ticket_id: one.version for one in load_matters(source, ticket_ids)}


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What a ticket holds besides its matter, and who brought it."""

    version: int
    external_id: str | None
    title: str
    content: str
    object: str | None
    grid: str | None
    area: str | None
    unit_text: str | None
    confidential: bool
    recorded_at: datetime
    state: str
    worst_colour: str
    reporter: str | None
    phone: str | None
    address: str | None


_TICKETS = Query(
    _Ticket,
    """
SELECT t.version, t.external_id, t.title, t.content, t.object, t.grid, t.area, t.unit_text,
       t.confidential, t.recorded_at, t.state, t.worst_colour, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id = :id
""",
)
_RATINGS = Query(
    RatingView,
    """
SELECT r.n AS round, g.at, coalesce(g.result_rating, '') AS result_rating,
       coalesce(g.work_rating, '') AS work_rating, g.means
FROM rating g JOIN round r ON r.id = g.round_id WHERE r.ticket_id = :id ORDER BY g.at, g.id
""",
)
_ORDERS = Query(
    PaperView,
    """
SELECT o.id, coalesce(o.number, '草稿#' || o.id) AS name, o.kind, o.level, o.status AS state,
       o.due_at
FROM order_ticket l JOIN supervision_order o ON o.id = l.order_id
WHERE l.ticket_id = :id AND o.confidential IS NOT TRUE ORDER BY o.id
""",
)


@dataclass(frozen=True, slots=True)
class _Conflict:
    """A column on which a file and the store differ."""

    column: str


_CONFLICTS = Query(
    _Conflict,
    'SELECT DISTINCT "column" FROM conflict WHERE ticket_id = :id AND decided_at IS NULL',
)
