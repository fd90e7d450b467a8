"""The ratings that half files tell of: each is the step 评价 on the matter that a row names.

A rating is never altered: a row that says what is kept already is unchanged, one that says
otherwise of the same moment is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.casework import GivenRating, keep_call, rate_many
from models.intake.again import ERASED
from models.matter import Matter
from models.store import Query, Work
from rules.casework import HalfRow, Position, check_step, too_early
from rules.errors import Refused

_STEP = check_step("rate", Position("ticket", "closed"))

_DAY = timedelta(days=1)

Words = tuple[str | None, str | None]
"""What was said of the outcome, and of the unit's work."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A rating that a round has."""

    round_id: int
    at: datetime
    result: str | None
    work: str | None


_GIVEN = Query(
    _Given,
    """
SELECT round_id, at, result_rating AS result, work_rating AS work FROM rating
WHERE round_id IN (:rounds)
""",
)


@dataclass
class Ratings:
    """How the matters of one batch were rated before, and what the batch says of them.

    ``matters`` are those matters as they are now. What is taken is written by ``finish``.
    """

    work: Work
    matters: dict[int, Matter]
    given: dict[tuple[int, datetime], Words] = field(default_factory=dict)
    coming: dict[int, GivenRating] = field(default_factory=dict)

    @classmethod
    def read(cls, work: Work, matters: dict[int, Matter]) -> Ratings:
        """Read how matters were rated."""
        ratings = cls(work, matters)
        for one in work.read(_GIVEN, rounds=[matter.round_id for matter in matters.values()]):
            ratings._keep((one.round_id, one.at), (one.result, one.work))
        return ratings

    def news(self, row: HalfRow, matter: Matter, *, erased: bool) -> Words:
        """Return what a row says that is not kept yet; Refused where it cannot be."""
        at = _rated_at(row, matter)
        news = self._news(row, (matter.round_id, at))
        if news != (None, None):
            if erased and row.said:
                raise Refused(ERASED)
            _require_ratable(matter, at, self.work.now)
        return news

    def take(self, row: HalfRow, matter: Matter, news: Words) -> None:
        """Take the rating of a matter that ``news`` found."""
        at = _rated_at(row, matter)
        self.coming[matter.ticket_id] = self._given(row, matter, news, at)
        self._keep((matter.round_id, at), news)

    def settle(self, ticket_id: int) -> None:
        """Write what is still to be written of a matter, before more is told of it."""
        if ticket_id in self.coming:
            self.finish()

    def finish(self) -> None:
        """Write what was taken."""
        for matter in rate_many(self.work, list(self.coming.values())):
            self.matters[matter.ticket_id] = matter
        self.coming.clear()

    def _news(self, row: HalfRow, place: tuple[int, datetime]) -> Words:
        """Return what a row says that is not kept; Refused where another thing is."""
        kept = self.given.get(place, (None, None))
        told = row.result_rating, row.work_rating
        for word, there in zip(told, kept, strict=True):
            if word and there and word != there:
                raise Refused(f"同一时间已有评价“{there}”，先前的评价不改：请核对评价时间")
        result, how = (None if there else word for word, there in zip(told, kept, strict=True))
        return result, how

    def _keep(self, place: tuple[int, datetime], words: Words) -> None:
        result, how = self.given.get(place, (None, None))
        self.given[place] = result or words[0], how or words[1]

    def _given(self, row: HalfRow, matter: Matter, news: Words, at: datetime) -> GivenRating:
        """Return the rating of a row; where it tells of a call, keep that first."""
        if not (row.caller or row.recording or row.said):
            return GivenRating(matter, *news, at, "import")
        call = keep_call(
            self.work,
            matter,
            result="接通",
            said=row.said,
            caller=row.caller,
            recording=row.recording,
            at=at,
        )
        return GivenRating(matter, *news, at, "callback", call)


def _rated_at(row: HalfRow, matter: Matter) -> datetime:
    """Return when a rating was given; a date alone, of the day of the closing, comes after it."""
    at, closed = row.rated_at, matter.closed_at
    assert at is not None, "the reader refuses a row without"
    if "rated_at" in row.date_only and closed is not None and at < closed < at + _DAY:
        return closed
    return at


def _require_ratable(matter: Matter, at: datetime, now: datetime) -> None:
    """Refuse a rating of an open matter, of before its closing, or of the future."""
    if matter.for_analysis:
        raise Refused(f"工单 {matter.number} 仅供分析，由来源方办理，不登记评价：请删去这一行")
    if matter.state != "closed":
        raise Refused(f"工单 {matter.number} 还没有办结，不能登记评价：请核对工单编号")
    if at > now:
        raise Refused("评价时间还没有到：请核对评价时间")
    if reason := too_early(_STEP, at, matter.acts):
        raise Refused(reason)
