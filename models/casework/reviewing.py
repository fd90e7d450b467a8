"""核查 as casework sees it: opened by a rating, ended by a verdict or by having it done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from models.casework.doing import tell
from models.clocks import Clocks, NewClocks, Subject, clocks_of
from models.matter import Matter
from models.store import Query, Work
from models.tables import Review
from rules.errors import Refused


@dataclass(frozen=True, slots=True)
class RoundReview:
    """The review of a round; ``held``: a second person has yet to decide on what was asked.

    ``holder`` is who has it in hand until ``until``, where somebody has.
    """

    id: int
    version: int
    opened_at: datetime
    verdict: str | None
    cause: str | None
    reason: str | None
    decided_at: datetime | None
    decided_by: int | None
    again_at: datetime | None
    round_id: int
    held: bool
    holder_id: int | None
    holder: str | None
    until: datetime | None

    @property
    def state(self) -> str:
        """Where it stands: open, held or decided."""
        if self.held:
            return "held"
        return "open" if self.decided_at is None else "decided"


REVIEWS = Query(
    RoundReview,
    """
SELECT v.id, v.version, v.opened_at, v.verdict, v.cause, v.reason, v.decided_at, v.decided_by,
       v.again_at, v.round_id,
       EXISTS (SELECT 1 FROM exclusion x WHERE x.review_id = v.id AND x.decided_at IS NULL) AS held,
       l.operator_id AS holder_id, o.name AS holder, l.until
FROM review v LEFT JOIN review_lease l ON l.review_id = v.id
LEFT JOIN operator o ON o.id = l.operator_id
WHERE v.round_id IN (:rounds)
""",
)
"""The reviews of some rounds, decided or not."""


def open_review(
    work: Work, matter: Matter, when: datetime, started_at: datetime | None = None
) -> None:
    """Open the review of a round rated at ``when``, unless it has one, and start its clock."""
    if work.first(REVIEWS, rounds=[matter.round_id]) is not None:
        return
    id = work.insert(Review, ticket_id=matter.ticket_id, round_id=matter.round_id, opened_at=when)
    start_review_clock(work, matter, id, started_at or when)
    tell(work, matter, "review.open", at=when)


def open_reviews(work: Work, rated: Sequence[tuple[Matter, datetime]]) -> None:
    """Open at one go the reviews of rounds rated as a file tells, unless they have one.

    Their clocks run from now, when the centre has learnt of them.
    """
    there = {one.round_id for one in work.read(REVIEWS, rounds=[m.round_id for m, _ in rated])}
    news = [(matter, at) for matter, at in rated if matter.round_id not in there]
    ids, clocks = work.allocate(Review, len(news)), NewClocks(work)
    for id, (matter, at) in zip(ids, news, strict=True):
        clocks.add_review(id, matter.tags, matter.ticket_id, matter.grid, matter.pressing)
        tell(work, matter, "review.open", at=at)
    work.bulk(
        Review,
        ("id", "version", "ticket_id", "round_id", "opened_at"),
        [(id, 1, m.ticket_id, m.round_id, at) for id, (m, at) in zip(ids, news, strict=True)],
    )
    clocks.write()


def start_review_clock(work: Work, matter: Matter, review_id: int, at: datetime) -> bool:
    """Start the clock of a review, the centre's own; False where the policy sets it no limit."""
    clock = work.timekeeper().clock("review", matter.tags, at)
    if clock is None:
        return False
    clocks = Clocks(work, Subject("review", review_id, matter.ticket_id, None, *matter.filed), ())
    clocks.put(clock, None, pressing=matter.pressing)
    clocks.lead()
    clocks.write()
    return True


def review_clocks(work: Work, matter: Matter, review: RoundReview) -> Clocks:
    """Return the clocks of a review."""
    return clocks_of(work, Subject("review", review.id, matter.ticket_id, None, *matter.filed))


def decide(
    work: Work,
    matter: Matter,
    review: RoundReview,
    verdict: str,
    *,
    cause: str | None = None,
    reason: str | None = None,
) -> None:
    """Give a review its verdict, a code of ``rules.casework.VERDICTS``; its clock stops."""
    require_in_hand(work, review)
    names = ("verdict", "cause", "reason", "decided_at", "decided_by")
    known = {name: getattr(review, name) for name in names}
    work.update(
        Review,
        review.id,
        review.version,
        known,
        verdict=verdict,
        cause=cause,
        reason=reason,
        decided_at=work.at,
        decided_by=work.operator.id,
    )
    clocks = review_clocks(work, matter, review)
    for running in clocks.running():
        clocks.stop(running, work.at)
    clocks.lead()
    clocks.write()
    let_go(work, review.id)


def reopen_review(work: Work, matter: Matter, review: RoundReview, *, anew: bool = False) -> None:
    """Leave a decided review undecided again; its clock goes on as if it had never stopped.

    ``anew``: a clock of its own starts now instead.
    """
    names = ("verdict", "cause", "reason", "decided_at", "decided_by")
    known = {name: getattr(review, name) for name in names}
    work.update(Review, review.id, review.version, known, **dict.fromkeys(names))
    if anew:
        start_review_clock(work, matter, review.id, work.at)
        return
    clocks = review_clocks(work, matter, review)
    for stopped in [one for one in clocks if not one.running][-1:]:
        clocks.go_on(stopped)
    clocks.lead()
    clocks.write()


def require_in_hand(work: Work, review: RoundReview) -> None:
    """Refuse what somebody else has in hand."""
    taken = review.until is not None and review.until > work.now
    if taken and review.holder_id != work.operator.id:
        raise Refused(f"{review.holder}正在核查此件：请核查别的，或等其办完、放回")


def let_go(work: Work, review_id: int) -> None:
    """Give a review back; leases prove nothing, so nothing is told."""
    work.conn.execute(text("DELETE FROM review_lease WHERE review_id = :id"), {"id": review_id})


def end_review(work: Work, matter: Matter, verdict: str, reason: str | None) -> None:
    """Decide the undecided review of a round by what is done of the matter itself."""
    review = work.first(REVIEWS, rounds=[matter.round_id])
    if review is not None and review.state == "open":
        decide(work, matter, review, verdict, reason=reason)
