"""One ticket as a person reads it: the appeal, its rounds, clocks, ratings, papers and record.

Whoever reads here sees the citizen as ``masking`` says: masked, unless the policy has it otherwise
on screens. No ORM is imported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.casework import AccusedUnit, accused_units
from models.matter import load_matter, load_matters, position, positions
from models.store import Query, Source
from models.views.platforms import SAME, SameView, holder_named, told_elsewhere
from models.views.record import TrailLine, storyline
from models.views.ticket_clocks import DeadlineView, clocks_of
from models.views.ticket_reviews import ReviewView, ticket_reviews
from rules.casework import ANALYSIS, Position, allowed_steps, status_label
from rules.clocks import Timekeeper
from rules.text import MASKED, Citizen, Masking


@dataclass(frozen=True, slots=True)
class RoundView:
    """One handling of the ticket; ``reply`` is masked."""

    id: int
    n: int
    state: str
    unit_id: int | None
    unit: str
    first_handler: str
    opened_at: datetime
    dispatched_at: datetime | None
    dispatch_assumed: bool
    acknowledged_at: datetime | None
    contacted_at: datetime | None
    reply: str
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str
    result_rating: str
    work_rating: str
    rated_at: datetime | None
    filled_by: str = ""
    approved_by: str = ""
    co_units: tuple[str, ...] = ()

    @property
    def signed(self) -> str:
        """Who in the unit wrote the last reply, and who let it pass."""
        told = (("填报人", self.filled_by), ("审签", self.approved_by))
        return " ".join(f"{name} {who}" for name, who in told if who)

    @property
    def status(self) -> str:
        """Where it stands, in Chinese."""
        return status_label("ticket", self.state, round=self.n)


_ROUNDS = Query(
    RoundView,
    """
SELECT r.id, r.n, r.state, r.lead_unit_id AS unit_id, coalesce(u.name, '') AS unit,
       coalesce(r.first_handler, '') AS first_handler, r.opened_at, r.dispatched_at,
       r.dispatch_assumed, r.acknowledged_at, r.contacted_at, coalesce(r.reply, '') AS reply,
       r.replied_at, r.closed_at, coalesce(r.outcome, '') AS outcome,
       coalesce(r.result_rating, '') AS result_rating, coalesce(r.work_rating, '') AS work_rating,
       r.rated_at, coalesce(y.filled_by, '') AS filled_by,
       coalesce(y.approved_by, '') AS approved_by
FROM round r LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN reply y ON y.id = (SELECT max(z.id) FROM reply z
                             WHERE z.round_id = r.id AND z.unit_id = r.lead_unit_id)
WHERE r.ticket_id = :id ORDER BY r.n
""",
)


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps in a round."""

    round_id: int
    unit: str


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT ru.round_id, u.short_name AS unit FROM round_unit ru JOIN round r ON r.id = ru.round_id
JOIN unit u ON u.id = ru.unit_id WHERE r.ticket_id = :id ORDER BY ru.id
""",
)


def _rounds(source: Source, ticket_id: int, masking: Masking) -> tuple[RoundView, ...]:
    """Return the handlings of a ticket, the first one first."""
    helpers: dict[int, list[str]] = defaultdict(list)
    for helper in source.read(_CO_UNITS, id=ticket_id):
        helpers[helper.round_id].append(helper.unit)
    return tuple(
        replace(
            one,
            reply=masking.text(one.reply),
            filled_by=masking.text(one.filled_by),
            approved_by=masking.text(one.approved_by),
            co_units=tuple(helpers[one.id]),
        )
        for one in source.read(_ROUNDS, id=ticket_id)
    )


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
        rounds=_rounds(source, ticket_id, masking),
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
