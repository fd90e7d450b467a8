"""``[orders]`` of the policy: codes, clocks and caps of the ladder of papers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.clocks import LimitText, Section


class OrderCodes(Section):
    """``[orders.codes]``: 发文代字 by kind of paper."""

    order: str = "武网督"
    notice: str = "武网督提"
    reminder: str = "武网督催"
    talk: str = "武网督约"
    referral: str = "武网移"


class OrderPolicy(Section):
    """``[orders]``: the ladder's clocks; ``feedback`` by level 1 to 3."""

    receipt: LimitText = "1wd"
    undelivered: LimitText = "4wh"
    feedback: tuple[LimitText, LimitText, LimitText] = ("3wd", "2wd", "1wd")
    drafter_may_sign: Literal["if-alone", "always", "never"] = "if-alone"
    draft_at: Literal["none", "red1", "red2", "red3"] = "red3"
    draft_cap: Annotated[int, Field(ge=0)] = 20
    paper_cap: Annotated[int, Field(ge=1)] = 200
    codes: OrderCodes = OrderCodes()
