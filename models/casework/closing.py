"""办结, and what may follow it: the rating, opening it again, having it done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.casework.accounts import lapse_account
from models.casework.accusing import keep_away
from models.casework.answering import judge_reply
from models.casework.doing import change, lapse, tell
from models.casework.leading import followed, leave_by_itself
from models.casework.relimiting import lapse_change
from models.casework.reviewing import end_review, open_review, open_reviews
from models.clocks import settle, without_clocks
from models.matter import Matter, grid_code, unit_code
from models.store import Query, Work
from models.tables import Rating, Round, Ticket
from rules.casework import OUTCOMES, needs_review
from rules.errors import Refused


@followed
def close(
    work: Work,
    matter: Matter,
    *,
    outcome: str | None = None,
    reason: str | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Matter:
    """办结: the centre accepts what was done; without ``outcome`` as the unit claimed it.

    ``silent``: a file may tell that it was closed without saying what came of it.
    """
    when = at or work.at
    claimed = matter.awaiting_outcome if matter.replied_at is not None else None
    result = outcome or claimed
    if result is None and matter.outcome is None and not silent:
        raise Refused("没有办理结果：请选择 " + "、".join(OUTCOMES))
    judged = matter
    if matter.replied_at is not None:
        judged = judge_reply(work, matter, accepted=True, reason=reason)
    if silent or ("requests", matter.round_id) in work.kept:
        lapse(work, judged, "已办结")
        lapse_account(work, judged, "已办结")
    if silent or ("limits", matter.round_id) in work.kept:
        lapse_change(work, matter)
    changed = change(work, judged, closed_at=when, outcome=result or matter.outcome)
    payload = {"outcome": result} if result else None
    tell(work, changed, "close", at=when, reason=reason, payload=payload)
    return settle(work, changed)


@followed
def reopen(work: Work, matter: Matter, *, reason: str) -> Matter:
    """重新打开: closed by mistake; the round goes on with its unit, no time given back."""
    first = matter.first_replied_at or matter.replied_at
    again = {"closed_at": None, "outcome": None, "replied_at": None, "first_replied_at": first}
    if matter.declined_at is not None:
        again["declined_at"] = None
    changed = change(work, matter, **again)
    tell(work, changed, "reopen", reason=reason, payload={"state": changed.state})
    return settle(work, changed)


@followed
def rework(
    work: Work,
    matter: Matter,
    *,
    reason: str,
    unit_id: int | None = None,
    limit_text: str | None = None,
) -> Matter:
    """重办: a new round with its own limit, by the same unit unless another is named.

    What was taken up (受理) once is not decided again.
    """
    to = unit_id or matter.unit_id
    if to is None:
        raise Refused("没有承办单位：请指定由哪个单位重办")
    keep_away(work, matter, (to,))
    matter = leave_by_itself(work, matter, "退回重办，单独办理")
    end_review(work, matter, "rework", reason)
    n, same = matter.n + 1, to == matter.unit_id
    code = matter.unit_code if same else unit_code(work, to)
    handler = matter.handler if same else None
    opened: dict[str, Any] = {
        "n": n,
        "opened_at": work.at,
        "dispatched_at": work.at,
        "limit_text": limit_text,
        "accepted_at": None if matter.accepted_at is None else work.at,
        "course": work.timekeeper().course(replace(matter, n=n, unit_code=code).tags).text,
    }
    round_id = work.insert(
        Round,
        ticket_id=matter.ticket_id,
        state="dispatched",
        lead_unit_id=to,
        first_handler=handler,
        grid=grid_code(matter.grid),
        **opened,
    )
    again = _begun_anew(
        matter, round_id=round_id, unit_id=to, unit_code=code, handler=handler, **opened
    ).owing(rounds=n)
    payload = {"round": n, **({"limit": limit_text} if limit_text else {})}
    tell(work, again, "rework", reason=reason, payload=payload)
    return settle(work, without_clocks(work, again))


def _begun_anew(matter: Matter, **columns: Any) -> Matter:
    """Return a ticket with a round in which nothing has happened but the dispatch."""
    return replace(
        matter,
        round_version=1,
        state="dispatched",
        routed_by=None,
        assumed=False,
        acknowledged_at=None,
        contacted_at=None,
        reply=None,
        replied_at=None,
        closed_at=None,
        outcome=None,
        result_rating=None,
        work_rating=None,
        rated_at=None,
        returned_at=None,
        handed_at=None,
        first_replied_at=None,
        progressed_at=None,
        judged_at=None,
        awaiting_id=None,
        awaiting_version=None,
        awaiting_outcome=None,
        declined_at=None,
        supplement_asked_at=None,
        supplemented_at=None,
        instructed_at=None,
        **columns,
    )


@dataclass(frozen=True, slots=True)
class GivenRating:
    """One rating of a matter: ``result`` of the outcome, ``work`` of how the unit worked."""

    matter: Matter
    result: str | None
    work: str | None
    at: datetime
    means: str
    callback_id: int | None = None

    @property
    def shown(self) -> dict[str, Any]:
        """Return what the round shows once it is given; an earlier one does not show."""
        matter = self.matter
        if matter.rated_at is not None and self.at < matter.rated_at:
            return {}
        return {
            "result_rating": self.result or matter.result_rating,
            "work_rating": self.work or matter.work_rating,
            "rated_at": self.at,
        }

    def row(self, now: datetime) -> dict[str, Any]:
        """Return its row."""
        return {
            "round_id": self.matter.round_id,
            "at": self.at,
            "recorded_at": now,
            "result_rating": self.result,
            "work_rating": self.work,
            "means": self.means,
            "callback_id": self.callback_id,
        }


def rate(
    work: Work,
    matter: Matter,
    *,
    result: str | None = None,
    work_rating: str | None = None,
    at: datetime | None = None,
    means: str = "operator",
    callback_id: int | None = None,
) -> Matter:
    """评价: a citizen's rating is kept as given; a later one stands beside it, never over it.

    ``result`` rates the outcome, ``work_rating`` the unit's work; ``means`` says how it came. An
    unsatisfied result opens a review, unless it is history.
    """
    if not (result or work_rating):
        raise Refused("没有评价内容：请填写群众满意或工作满意")
    given = GivenRating(matter, result, work_rating, at or work.at, means, callback_id)
    if means != "rerating" and matter.rated_at is not None and given.at <= matter.rated_at:
        _refuse_second(work, given)
    work.insert(Rating, **given.row(work.now))
    if shown := given.shown:
        matter = change(work, matter, **shown)
    _tell_rating(work, matter, given)
    if _unsatisfied(work, given):
        open_review(work, matter, given.at, work.at if means == "import" else given.at)
    return matter


def rate_many(work: Work, ratings: Sequence[GivenRating]) -> list[Matter]:
    """评价 of many matters, none of them twice, written at one go; return them finished.

    What ``rate`` refuses is looked for before. Not for undo.
    """
    if not ratings:
        return []
    rows = [one.row(work.now) for one in ratings]
    work.bulk(Rating, tuple(rows[0]), [tuple(row.values()) for row in rows])
    shown = [(one.matter, columns) for one in ratings if (columns := one.shown)]
    work.update_many(
        Round,
        ("result_rating", "work_rating", "rated_at"),
        [(m.round_id, m.round_version, *columns.values()) for m, columns in shown],
    )
    matters = [one.matter for one in ratings]
    work.update_many(Ticket, ("rounds",), [(m.ticket_id, m.version, m.n) for m in matters])
    for one in ratings:
        _tell_rating(work, one.matter, one)
    open_reviews(work, [(one.matter, one.at) for one in ratings if _unsatisfied(work, one)])
    return [
        replace(
            one.matter.with_round(columns) if columns else one.matter,
            version=one.matter.version + 1,
        )
        for one in ratings
        for columns in (one.shown,)
    ]


def _tell_rating(work: Work, matter: Matter, given: GivenRating) -> None:
    payload = {"result": given.result, "work": given.work, "means": given.means}
    tell(work, matter, "rate", at=given.at, payload=payload)


def _unsatisfied(work: Work, given: GivenRating) -> bool:
    """Return whether a rating asks for a review."""
    return needs_review(given.result, given.at, work.at, work.policy.review.within_days)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a citizen said at a moment."""

    result: str | None
    work: str | None


_SAID = Query(
    _Said,
    """
SELECT result_rating AS result, work_rating AS work FROM rating
WHERE round_id = :round AND at = :at AND means <> 'rerating'
""",
)


def _refuse_second(work: Work, given: GivenRating) -> None:
    """Refuse a rating of a moment at which there is one of the same kind."""
    for one in work.read(_SAID, round=given.matter.round_id, at=given.at):
        if (given.result and one.result) or (given.work and one.work):
            raise Refused("同一时间已有一次评价，先前的评价不改：请核对评价时间")
