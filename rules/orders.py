"""The papers of the ladder: their kinds, their policy, and the words a draft begins with.

The ladder is 提示函 → 督办单 → 二次督办 → 约谈 → 移送, and 催办 beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from rules.casework import PAPER_NAMES as PAPER_NAMES
from rules.clocks import LimitText, Section

OVERDUE = "逾期未办结"

UNSATISFIED = "群众不满意"

UNACKNOWLEDGED = "逾期未签收"

PRESSING = "限期办理"

LAST_PLACE = "末位预警"

PROMINENT = "突出诉求长期未解决"

TITLE = 30  # characters of a 督办事项 at most


@dataclass(frozen=True, slots=True)
class Case:
    """What a draft's wording rests on: one appeal as it stands; no title if confidential."""

    title: str
    late: bool
    unacknowledged: bool
    unsatisfied: bool


def cause_of(cases: Sequence[Case]) -> str:
    """Return the gravest cause that any of the appeals gives."""
    if any(case.late for case in cases):
        return OVERDUE
    if any(case.unsatisfied for case in cases):
        return UNSATISFIED
    if any(case.unacknowledged for case in cases):
        return UNACKNOWLEDGED
    return PRESSING


def title_of(cases: Sequence[Case], cause: str, noun: str) -> str:
    """Return 关于××的督办单, of at most about thirty characters before the noun."""
    if len(cases) == 1 and cases[0].title:
        matter = cases[0].title.strip(' 。.!！?？“”"')
        room = TITLE - len(cause) - 4
        if len(matter) > room:
            matter = matter[: room - 2] + ".."
        return f"关于“{matter}”{cause}的{noun}"
    if not cases:
        return f"关于{cause}的{noun}"
    return f"关于{len(cases)}件诉求{cause}的{noun}"


_FIRST = {
    OVERDUE: "对所列诉求逐件核实，查明逾期原因，明确责任领导和责任人，限期办结。",
    UNSATISFIED: "对群众评价不满意的诉求重新核查，找准症结，重新办理并当面向群众反馈。",
    UNACKNOWLEDGED: "立即签收所列诉求并联系诉求人，查明未按时签收的原因，完善值班签收制度。",
    LAST_PLACE: "由主要负责同志召开专题会议，分析群众满意率连续末位原因，制定整改措施并抓好落实。",
    PROMINENT: "由主要负责同志包案，研究制定解决方案，明确措施、时限和责任人，推动问题实质解决。",
}


def demands_of(cause: str) -> tuple[str, ...]:
    """Return the demands a draft of that cause begins with."""
    first = _FIRST.get(cause, "对所列诉求立即组织核实，明确责任领导和责任人，限期办结。")
    return (
        first,
        "能够解决的立即解决；一时难以解决的，说明原因、措施和时限，并向群众做好解释工作。",
        "举一反三，排查同类问题，防止反复发生。",
    )


class OrderPolicy(Section):
    """``[orders]``: the ladder's clocks, and what a sweep drafts of itself.

    It drafts papers of the kind ``draft`` over what has come to ``draft_at``: reminders, as orders
    are rare, unless the bureau wants others. ``report`` is within what a 整改报告 is due.
    """

    receipt: LimitText = "1wd"
    undelivered: LimitText = "4wh"
    report: LimitText = "10wd"
    drafter_may_sign: Literal["if-alone", "always", "never"] = "if-alone"
    draft: Literal["reminder", "notice", "order"] = "reminder"
    draft_at: Literal["none", "red1", "red2", "red3"] = "red3"
    draft_cap: Annotated[int, Field(ge=0)] = 20
    paper_cap: Annotated[int, Field(ge=1)] = 200
