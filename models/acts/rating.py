"""评价: what citizens say of the outcome and of the unit's work."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.acts.recording import change, tell
from models.matter import Matter, load_matter
from models.store import Work
from models.tables import Rating, Review
from rules.errors import Refused

REVIEW_WITHIN = timedelta(days=30)  # an older unsatisfied rating is history, not a task


def rate(
    work: Work,
    matter: Matter,
    result: str | None,
    how: str | None,
    *,
    at: datetime | None = None,
    means: str = "operator",
) -> Matter:
    """评价: a citizen's rating is kept as given; a later one stands beside it, never over it.

    ``result`` rates the outcome, ``how`` the unit's work. An unsatisfied result opens a review.
    """
    if not (result or how):
        raise Refused("没有评价内容：请填写群众满意或工作满意")
    when = at or work.at
    work.insert(Rating, round_id=matter.round_id, at=when, recorded_at=work.now,
                result_rating=result, work_rating=how, means=means)  # fmt: skip
    if matter.rated_at is None or when >= matter.rated_at:
        change(work, matter, result_rating=result or matter.result_rating,
                work_rating=how or matter.work_rating, rated_at=when)  # fmt: skip
    tell(work, matter, "ticket.rate", when, payload={"result": result, "work": how})
    if result == "不满意" and work.at - when <= REVIEW_WITHIN:
        _open_review(work, matter, when)
    return load_matter(work.rows, matter.ticket_id)


def _open_review(work: Work, matter: Matter, when: datetime) -> None:
    if not work.rows("SELECT 1 FROM review WHERE round_id = :r", r=matter.round_id):
        work.insert(Review, ticket_id=matter.ticket_id, round_id=matter.round_id, opened_at=when)
        tell(work, matter, "review.open", when)
