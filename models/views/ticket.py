"""One ticket as a person reads it: the appeal, its rounds, clocks, ratings, papers and record.

Whoever reads here sees the citizen masked. No ORM is imported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.matter import load_matter, position, ticket_id_of
from models.store import Rows
from models.views.record import TrailLine, storyline
from rules.casework import allowed_steps, status_label
from rules.clocks import STEP_NAMES, Timekeeper
from rules.text import Citizen, mask_citizen, mask_text


@dataclass(frozen=True, slots=True)
class RoundView:
    """One handling of the ticket; ``status`` is Chinese, ``reply`` masked."""

    id: int
    n: int
    state: str
    status: str
    unit_id: int | None
    unit: str
    co_units: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One clock; ``colour`` and ``level`` as at now, or as when it stopped; ``None`` if paused.

    ``remaining`` is worded (余2个工作日 / 超期4个工作日), empty once stopped.
    """

    id: int
    version: int
    round: int
    step: str
    step_name: str
    unit: str
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None
    paused_at: datetime | None
    leads: bool
    provisional: bool
    source_fixed: bool
    worst_colour: str
    colour: str | None
    level: int
    late: bool
    remaining: str


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
    """An order or another paper that this ticket is on; ``status`` is Chinese."""

    id: int
    name: str
    kind: str
    level: int
    status: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketView:
    """Everything of one ticket that a screen or a command shows, the citizen masked.

    ``status`` is the Chinese word for where it stands, ``next_steps`` the lawful next verbs with
    their Chinese names, ``conflicts`` the columns on which a file and the store differ.
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
    rounds: tuple[RoundView, ...]
    deadlines: tuple[DeadlineView, ...]
    ratings: tuple[RatingView, ...]
    orders: tuple[PaperView, ...]
    trail: tuple[TrailLine, ...]
    conflicts: tuple[str, ...]
    next_steps: tuple[tuple[str, str], ...]

    @property
    def round(self) -> RoundView:
        """The current round."""
        return self.rounds[-1]

    @property
    def leading(self) -> DeadlineView | None:
        """The clock by which the queue shows it; ``None`` once nothing runs."""
        return next((each for each in self.deadlines if each.leads), None)


def ticket_view(
    rows: Rows,
    keeper: Timekeeper,
    ticket_id: int,
    now: datetime,
    *,
    roles: Iterable[str] | None = None,
) -> TicketView:
    """Return a ticket as at ``now``; ``rows`` is a reader's, ``roles`` narrows the next steps.

    Raises ``DubanError`` if there is no such ticket.
    """
    matter = load_matter(rows, ticket_id)
    stands = position(rows, matter, keeper, now)
    *cells, reporter, phone, address = rows(_TICKET, id=ticket_id)[0]
    (version, external_id, title, content, object, grid, area, unit_text, confidential,
     recorded_at, state, worst) = cells  # fmt: skip
    return TicketView(
        id=ticket_id, version=version, number=matter.number, channel=matter.channel,
        external_id=external_id or "", nature=matter.nature, category=matter.category or "",
        urgency=matter.urgency, title=mask_text(title), content=mask_text(content),
        object=object or "", grid=grid or "", area=area or "", unit_text=unit_text or "",
        confidential=bool(confidential), received_at=matter.received_at, recorded_at=recorded_at,
        state=state, worst_colour=worst,
        status=status_label("ticket", matter.state, facts=stands.facts, round=matter.n),
        citizen=mask_citizen(reporter, phone, address, confidential=bool(confidential)),
        rounds=_rounds(rows, ticket_id), deadlines=_deadlines(rows, keeper, ticket_id, now),
        ratings=_ratings(rows, ticket_id), orders=_orders(rows, ticket_id),
        trail=storyline(rows, ticket_id), conflicts=_conflicts(rows, ticket_id),
        next_steps=tuple((step.verb, step.name) for step in allowed_steps(stands, roles)),
    )  # fmt: skip


def ticket_by_number(
    rows: Rows, keeper: Timekeeper, number: str, now: datetime
) -> TicketView:
    """Return the ticket of a number as at ``now``."""
    return ticket_view(rows, keeper, ticket_id_of(rows, number), now)


def _rounds(rows: Rows, ticket_id: int) -> tuple[RoundView, ...]:
    helpers: dict[int, list[str]] = defaultdict(list)
    for round_id, name in rows(_CO_UNITS, id=ticket_id):
        helpers[round_id].append(name)
    return tuple(
        RoundView(
            id=id, n=n, state=state, status=status_label("ticket", state, round=n), unit_id=unit_id,
            unit=unit or "", co_units=tuple(helpers[id]), first_handler=handler or "",
            opened_at=opened, dispatched_at=dispatched, dispatch_assumed=bool(assumed),
            acknowledged_at=acknowledged, contacted_at=contacted, reply=mask_text(reply or ""),
            replied_at=replied, closed_at=closed, outcome=outcome or "",
            result_rating=result or "", work_rating=work or "", rated_at=rated,
        )
        for id, n, state, unit_id, unit, handler, opened, dispatched, assumed, acknowledged,
            contacted, reply, replied, closed, outcome, result, work, rated
        in rows(_ROUNDS, id=ticket_id)
    )  # fmt: skip


def _deadlines(
    rows: Rows, keeper: Timekeeper, ticket_id: int, now: datetime
) -> tuple[DeadlineView, ...]:
    found = []
    for row in rows(_DEADLINES, id=ticket_id):
        (id, version, n, step, unit, limit, started, blue, yellow, red, due, original, stopped,
         paused, leads, provisional, fixed, worst) = row  # fmt: skip
        moment = stopped or now
        shown = paused is None or stopped is not None
        colour = keeper.colour(blue, yellow, red, moment) if shown else None
        found.append(DeadlineView(
            id=id, version=version, round=n, step=step,
            step_name=STEP_NAMES.get(str(step), str(step)), unit=unit or "", limit_text=limit,
            started_at=started, blue_at=blue, yellow_at=yellow,
            red_at=red, due_at=due, original_due_at=original, stopped_at=stopped,
            paused_at=paused, leads=bool(leads), provisional=bool(provisional),
            source_fixed=bool(fixed), worst_colour=worst, colour=colour,
            level=keeper.level(limit, started, due, moment) if colour == "red" else 0,
            late=shown and moment > due,
            remaining="" if stopped or paused else keeper.remaining(limit, due, now),
        ))  # fmt: skip
    return tuple(found)


def _ratings(rows: Rows, ticket_id: int) -> tuple[RatingView, ...]:
    return tuple(
        RatingView(n, at, result or "", work or "", means)
        for n, at, result, work, means in rows(_RATINGS, id=ticket_id)
    )


def _orders(rows: Rows, ticket_id: int) -> tuple[PaperView, ...]:
    return tuple(
        PaperView(id, number or f"草稿#{id}", kind, level, status_label("order", status), due)
        for id, number, kind, level, status, due in rows(_ORDERS, id=ticket_id)
    )


def _conflicts(rows: Rows, ticket_id: int) -> tuple[str, ...]:
    return tuple(row[0] for row in rows(_CONFLICTS, id=ticket_id))


_TICKET = """
SELECT t.version, t.external_id, t.title, t.content, t.object, t.grid, t.area, t.unit_text,
       t.confidential, t.recorded_at, t.state, t.worst_colour, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id WHERE t.id = :id
"""


_ROUNDS = """
SELECT r.id, r.n, r.state, r.lead_unit_id, u.name, r.first_handler, r.opened_at, r.dispatched_at,
       r.dispatch_assumed, r.acknowledged_at, r.contacted_at, r.reply, r.replied_at, r.closed_at,
       r.outcome, r.result_rating, r.work_rating, r.rated_at
FROM round r LEFT JOIN unit u ON u.id = r.lead_unit_id WHERE r.ticket_id = :id ORDER BY r.n
"""


_CO_UNITS = """
SELECT ru.round_id, u.short_name FROM round_unit ru JOIN round r ON r.id = ru.round_id
JOIN unit u ON u.id = ru.unit_id WHERE r.ticket_id = :id ORDER BY ru.id
"""


_DEADLINES = """
SELECT d.id, d.version, coalesce(r.n, 0), d.step, u.short_name, d.limit_text, d.started_at,
       d.blue_at, d.yellow_at, d.red_at, d.due_at, d.original_due_at, d.stopped_at, d.paused_at,
       d.leads, d.provisional, d.source_fixed, d.worst_colour
FROM deadline d LEFT JOIN round r ON r.id = d.round_id LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.ticket_id = :id AND d.subject_kind <> 'order' ORDER BY d.started_at, d.id
"""


_RATINGS = """
SELECT r.n, g.at, g.result_rating, g.work_rating, g.means
FROM rating g JOIN round r ON r.id = g.round_id WHERE r.ticket_id = :id ORDER BY g.at, g.id
"""


_ORDERS = """
SELECT o.id, o.number, o.kind, o.level, o.status, o.due_at
FROM order_ticket l JOIN supervision_order o ON o.id = l.order_id
WHERE l.ticket_id = :id ORDER BY o.id
"""


_CONFLICTS = """
SELECT DISTINCT "column" FROM conflict WHERE ticket_id = :id AND decided_at IS NULL
"""
