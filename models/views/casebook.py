"""核查 as a person reads it: the reviews of a ticket, all that a verdict rests on, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.review import sign_line, signs_of
from models.store import Query, Source
from models.views.ticket import TicketView, ticket_view
from models.views.ticket_clocks import DeadlineView
from models.views.ticket_reviews import ReviewView
from rules.casework import listed_title
from rules.clocks import Timekeeper
from rules.text import MASKED, Masking

ALIKE = 8
"""Like cases shown beside a matter."""

LOOKED_THROUGH = 400
"""The unit's last closed rounds among which like cases are looked for."""


@dataclass(frozen=True, slots=True)
class ReplyView:
    """An answer of a unit; ``stock`` says why it is 套话, empty where it is not."""

    unit: str
    at: datetime
    text: str
    stock: str
    outcome: str
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class CallView:
    """A call of the centre to the citizen; ``said`` is masked."""

    round: int
    at: datetime
    result: str
    caller: str
    said: str
    recording: str


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A matter of the same unit and category that was closed and rated lately."""

    ticket_id: int
    number: str
    title: str
    closed_at: datetime
    outcome: str
    result_rating: str
    work_rating: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One matter to be verified, with everything that is looked at before the verdict.

    ``replies`` are what the units answered in the current round, each with why it is 套话;
    ``signs`` is what may be looked at besides, in a line.
    """

    ticket: TicketView
    review: ReviewView
    replies: tuple[ReplyView, ...]
    calls: tuple[CallView, ...]
    alike: tuple[LikeCase, ...]
    signs: str = ""

    @property
    def clock(self) -> DeadlineView | None:
        """The clock of the review, None where none runs."""
        running = (one for one in self.ticket.deadlines if one.step == "review")
        return next((one for one in running if one.stopped_at is None), None)

    @property
    def connected(self) -> bool:
        """Whether a call since the rating reached the citizen."""
        n, since = self.ticket.round.n, self.review.opened_at
        return any(c.round == n and c.result == "接通" and c.at >= since for c in self.calls)

    @property
    def unreached(self) -> int:
        """How many calls since the rating reached nobody."""
        since = self.review.opened_at
        return sum(c.result == "未接通" and c.at >= since for c in self.calls)


def review_case(
    source: Source,
    keeper: Timekeeper,
    ticket_id: int,
    now: datetime,
    *,
    roles: Iterable[str] | None = None,
    masking: Masking = MASKED,
) -> ReviewCase | None:
    """Return a ticket as it is verified; None where its current round has no review."""
    ticket = ticket_view(source, keeper, ticket_id, now, roles=roles, masking=masking)
    round = ticket.round
    review = next((one for one in ticket.reviews if one.round == round.n), None)
    if review is None:
        return None
    masking = masking.about(source.read(_PERSON, id=ticket_id)[0])
    return ReviewCase(
        ticket,
        review,
        tuple(
            replace(one, text=masking.text(one.text))
            for one in source.read(_REPLIES, round=round.id)
        ),
        tuple(
            replace(one, said=masking.text(one.said)) for one in source.read(_CALLS, id=ticket_id)
        ),
        _alike(source, ticket, masking),
        sign_line(signs_of(source, keeper, ticket_id)),
    )


def _alike(source: Source, ticket: TicketView, masking: Masking) -> tuple[LikeCase, ...]:
    """Return like cases, the last one first; of reports and confidential matters none."""
    if ticket.round.unit_id is None or not ticket.category:
        return ()
    found = source.read(
        _ALIKE,
        unit=ticket.round.unit_id,
        category=ticket.category,
        ticket=ticket.id,
        among=LOOKED_THROUGH,
        most=ALIKE,
    )
    return tuple(
        LikeCase(
            one.ticket_id,
            one.number,
            replace(masking, own=None).about(one).text(one.title),
            one.closed_at,
            one.outcome,
            one.result_rating,
            one.work_rating,
            one.verdict,
        )
        for one in found
    )


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose a ticket is."""

    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_PERSON = Query(
    _Person,
    """
SELECT p.reporter, p.phone, p.address, t.confidential
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id = :id
""",
)
_REPLIES = Query(
    ReplyView,
    """
SELECT coalesce(u.short_name, '') AS unit, y.at, y.text, coalesce(y.stock, '') AS stock,
       coalesce(y.outcome, '') AS outcome, y.accepted
FROM reply y LEFT JOIN unit u ON u.id = y.unit_id WHERE y.round_id = :round ORDER BY y.at, y.id
""",
)
_CALLS = Query(
    CallView,
    """
SELECT r.n AS round, c.at, c.result, c.caller, coalesce(c.said, '') AS said,
       coalesce(c.recording, '') AS recording
FROM callback c JOIN round r ON r.id = c.round_id WHERE r.ticket_id = :id ORDER BY c.at, c.id
""",
)


@dataclass(frozen=True, slots=True)
class _Like(LikeCase):
    """A like case as it is stored, with whose it is."""

    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_ALIKE = Query(
    _Like,
    """
SELECT t.id AS ticket_id, t.number, t.title, c.closed_at, coalesce(c.outcome, '') AS outcome,
       coalesce(c.result_rating, '') AS result_rating, coalesce(c.work_rating, '') AS work_rating,
       coalesce(v.verdict, '') AS verdict, p.reporter, p.phone, p.address, t.confidential
FROM (SELECT r.id, r.ticket_id, r.closed_at, r.outcome, r.result_rating, r.work_rating
      FROM round r WHERE r.lead_unit_id = :unit AND r.closed_at IS NOT NULL
      ORDER BY r.closed_at DESC LIMIT :among) c
JOIN ticket t ON t.id = c.ticket_id LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN review v ON v.round_id = c.id
WHERE t.category = :category AND t.id <> :ticket AND c.result_rating IS NOT NULL
  AND NOT t.confidential AND t.nature <> '举报'
ORDER BY c.closed_at DESC, t.id DESC LIMIT :most
""",
)


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """What the header of F5 says: decided by oneself today, undecided, in others' hands, late."""

    mine: int
    waiting: int
    others: int
    late: int


_COUNTS = Query(
    ReviewCounts,
    """
SELECT (SELECT count(*) FROM review WHERE decided_at >= :since AND decided_by = :me) AS mine,
       (SELECT count(*) FROM review WHERE decided_at IS NULL) AS waiting,
       (SELECT count(*) FROM review_lease l JOIN review v ON v.id = l.review_id
        WHERE v.decided_at IS NULL AND l.until > :now AND l.holder <> :holder) AS others,
       (SELECT count(*) FROM review v JOIN deadline d
        ON d.subject_kind = 'review' AND d.subject_id = v.id
        WHERE v.decided_at IS NULL AND d.stopped_at IS NULL AND d.due_at < :now) AS late
""",
)


def review_counts(
    source: Source, keeper: Timekeeper, now: datetime, *, operator_id: int, holder: str
) -> ReviewCounts:
    """Return what the header of F5 says of an operator's session ``holder``."""
    midnight = keeper.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(now.tzinfo)
    found = source.first(_COUNTS, since=since, now=now, me=operator_id, holder=holder)
    assert found is not None  # a query without FROM gives one row
    return found


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An undecided review in a list, by its ticket; ``holder`` has it in hand now."""

    number: str
    title: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    again_at: datetime | None
    held: bool
    holder: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row as it is stored, with whose it is."""

    number: str
    title: str
    nature: str
    unit: str
    opened_at: datetime
    due_at: datetime | None
    again_at: datetime | None
    held: bool
    holder: str
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_LISTED = """
SELECT t.number, t.title, t.nature, coalesce(u.short_name, '') AS unit, v.opened_at, d.due_at,
       v.again_at, v.decided_at IS NOT NULL AS held, coalesce(o.name, '') AS holder,
       p.reporter, p.phone, p.address, t.confidential
FROM review v JOIN ticket t ON t.id = v.ticket_id JOIN round r ON r.id = v.round_id
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN deadline d ON d.subject_kind = 'review' AND d.subject_id = v.id AND d.stopped_at IS NULL
LEFT JOIN review_lease l ON l.review_id = v.id AND l.until > :now
LEFT JOIN operator o ON o.id = l.operator_id
"""
_WAITING = Query(
    _Listed, f"{_LISTED} WHERE v.decided_at IS NULL ORDER BY v.opened_at, v.id LIMIT :most"
)
_HELD = Query(
    _Listed,
    f"""{_LISTED} WHERE v.id IN (SELECT x.review_id FROM exclusion x WHERE x.decided_at IS NULL)
ORDER BY v.decided_at, v.id LIMIT :most""",
)


def review_rows(
    source: Source, now: datetime, most: int, *, held: bool = False, masking: Masking = MASKED
) -> list[ReviewRow]:
    """Return undecided reviews, the oldest first; ``held``: those a second person decides on."""
    rows: Sequence[_Listed] = source.read(_HELD if held else _WAITING, now=now, most=most)
    return [
        ReviewRow(
            one.number,
            masking.about(one).text(listed_title(one.title, one.nature, one.confidential)),
            one.unit,
            one.opened_at,
            one.due_at,
            one.again_at,
            one.held,
            one.holder,
        )
        for one in rows
    ]
