"""``[review]`` of the policy: what opens a review, how it is handed out, who is called and when."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, field_validator

from rules.clocks import Section, read_spans

Share = Annotated[Decimal, Field(ge=0, le=1)]

Minutes = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}m$")]

Days = Annotated[str, Field(pattern=r"^\d{1,3}d$")]


class ReviewPolicy(Section):
    """``[review]``; the limit of a review itself stands in ``[[limits]]``.

    ``within``: an older unsatisfied rating opens none by itself. ``lease``: for how long a review
    is one reviewer's, from the last key. ``excused``: whether 维持·非单位责任 leaves the
    assessment, which then needs evidence and a second person. ``recheck`` and ``sample``: the share
    of re-ratings called again by somebody else, and of satisfied matters called at all. ``hours``:
    when citizens may be called. ``attempts``: on different half-days, before one counts as 未接通.
    ``looks``: how many numbers one operator may see in a day.
    """

    within: Days = "30d"
    lease: Minutes = "15m"
    excused: Literal["counted", "excluded"] = "counted"
    recheck: Share = Decimal("0.05")
    sample: Share = Decimal("0.02")
    hours: tuple[str, ...] = ("08:30-12:00", "14:00-20:00")
    attempts: Annotated[int, Field(ge=1, le=9)] = 3
    looks: Annotated[int, Field(ge=1, le=9999)] = 300

    @field_validator("hours")
    @classmethod
    def _spans(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        read_spans(hours)
        return hours

    @property
    def within_days(self) -> int:
        """How old an unsatisfied rating may be to open a review by itself."""
        return int(self.within.removesuffix("d"))

    @property
    def lease_minutes(self) -> int:
        """For how long a review is one reviewer's."""
        return int(self.lease.removesuffix("m"))
