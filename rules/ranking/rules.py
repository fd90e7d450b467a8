"""``[ranking]`` and ``[flags]`` of the policy: how units are ranked, and who must be supervised."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from rules.clocks import LengthText, Section

Share = Annotated[Decimal, Field(ge=0, le=1)]


class RankingPolicy(Section):
    """``[ranking]``; ``unrated`` is ``exclude``, or ``10d``: satisfied after that many days.

    ``place_by``: places follow satisfaction as citizens rated, or as verified. ``poor_rated``: the
    public edition calls nobody 不合格 on fewer ratings. Appeals that came in by one of
    ``leave_out_channels`` count in no rate and no place.
    """

    groups: bool = True
    min_rated_month: Annotated[int, Field(ge=0)] = 10
    min_rated_week: Annotated[int, Field(ge=0)] = 5
    basic_weight: Share = Decimal(1)
    unrated: Annotated[str, Field(pattern=r"^(exclude|\d{1,3}d)$")] = "exclude"
    place_by: Literal["original", "verified"] = "original"
    weights: dict[Literal["result", "work", "on_time"], Annotated[Decimal, Field(ge=0)]] = Field(
        default_factory=dict
    )
    excellent: Share = Decimal("0.85")
    qualified: Share = Decimal("0.75")
    poor_rated: Annotated[int, Field(ge=0)] = 20
    leave_out_channels: tuple[str, ...] = ()


class FlagPolicy(Section):
    """``[flags]``: who must be supervised; a last place at ``exempt_above`` or better is spared."""

    last_k: Annotated[int, Field(ge=1)] = 1
    months: Annotated[int, Field(ge=1)] = 2
    long_red: LengthText = "10wd"
    long_open: LengthText = "30d"
    reporters: Annotated[int, Field(ge=1)] = 3
    reporters_within: LengthText = "30d"
    unsatisfied: Annotated[int, Field(ge=1)] = 2
    exempt_above: Share | None = None
