"""``[insight]`` of the policy: from what on something is new, rises, repeats or crosses."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from rules.clocks import Section

Count = Annotated[int, Field(ge=1, le=9999)]

Days = Annotated[str, Field(pattern=r"^[1-9]\d{1,2}d$")]


class InsightPolicy(Section):
    """``[insight]``.

    ``least``, ``times``, ``deviation``: what a week must hold to rise: appeals, times the mean of
    the four weeks before, standard deviations above what its weekdays and season let expect.
    ``horizon``: what was not there for so long is new, once ``fresh`` different citizens report it
    within a week. ``week_reporters`` and ``month_reporters``: so many different citizens within 7
    or within 30 days repeat at one place. ``channels`` and ``districts``: from so many on it
    crosses them. ``chance``: how many findings a week mere chance may bring in the whole city.
    """

    least: Count = 8
    times: Annotated[Decimal, Field(ge=1, le=100)] = Decimal(2)
    deviation: Annotated[Decimal, Field(ge=1, le=100)] = Decimal(3)
    horizon: Days = "90d"
    fresh: Count = 5
    week_reporters: Count = 5
    month_reporters: Count = 3
    channels: Annotated[int, Field(ge=2, le=99)] = 3
    districts: Annotated[int, Field(ge=2, le=99)] = 2
    chance: Annotated[Decimal, Field(gt=0, le=100)] = Decimal("0.5")

    @property
    def horizon_days(self) -> int:
        """For how many days something must have been absent to be new."""
        return int(self.horizon.removesuffix("d"))
