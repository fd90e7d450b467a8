"""Why an order is written: causes that hold of every appeal on it, and titles made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rules.orders.demands import OrderDemands
from rules.orders.facts import Facts

OVERDUE = "逾期未办结"

LATE = "逾期办理"

UNSATISFIED = "群众不满意"

UNACKNOWLEDGED = "逾期未签收"

PRESSING = "限期办理"

MIXED = "办理情况"

LAST_PLACE = "末位预警"

PROMINENT = "突出诉求长期未解决"

TITLE = 30  # characters of a 督办事项 at most

HOLDS: dict[str, Callable[[Facts], bool]] = {
    OVERDUE: lambda one: one.state == "overdue",
    UNSATISFIED: lambda one: one.unsatisfied,
    LATE: lambda one: one.late,
    UNACKNOWLEDGED: lambda one: one.unacknowledged,
}
"""What each cause claims of an appeal, the gravest first."""

CLAIMS = {
    **HOLDS,
    PRESSING: lambda one: one.stopped_at is None,
    PROMINENT: lambda one: one.closed is None,
}
"""Every word of a title or a cause that claims how an appeal stands."""

_DEMANDS = {
    OVERDUE: "overdue",
    LATE: "late",
    UNSATISFIED: "unsatisfied",
    UNACKNOWLEDGED: "unacknowledged",
    LAST_PLACE: "last_place",
    PROMINENT: "prominent",
    MIXED: "mixed",
}


def cause_of(facts: Sequence[Facts]) -> str:
    """Return the gravest cause that all the appeals give; what only some give is no cause."""
    for cause, holds_of in HOLDS.items():
        if facts and all(map(holds_of, facts)):
            return cause
    some = any(claim(one) for claim in HOLDS.values() for one in facts)
    return MIXED if some or any(one.stopped_at for one in facts) else PRESSING


def title_of(facts: Sequence[Facts], cause: str, noun: str) -> str:
    """Return 关于××的督办单, of at most about thirty characters before the noun."""
    if len(facts) == 1 and facts[0].told:
        matter = facts[0].title.strip(' 。.!！?？“”"')
        room = TITLE - len(cause) - 4
        if len(matter) > room:
            matter = matter[: room - 2] + ".."
        return f"关于“{matter}”{cause}的{noun}"
    if not facts:
        return f"关于{cause}的{noun}"
    return f"关于{len(facts)}件诉求{cause}的{noun}"


def demands_of(cause: str, demands: OrderDemands) -> tuple[str, ...]:
    """Return the demands a draft of that cause begins with."""
    return (str(getattr(demands, _DEMANDS.get(cause, "pressing"))), *demands.common)


_COUNTED = r"(?:(\d{1,4})\s*件(?:诉求)?)?"


def true_words(text: str, facts: Sequence[Facts]) -> bool:
    """Return whether what a title or a cause claims holds: of all the appeals, or of so many.

    Words that are none of ours, or quoted from a citizen, claim nothing that could be checked.
    """
    ours = re.sub("“[^”]*”", "", text)
    for word, claim in CLAIMS.items():
        for found in re.finditer(_COUNTED + re.escape(word), ours):
            count = sum(map(claim, facts))
            if facts and count != int(found[1] or len(facts)):
                return False
    listed = re.search(r"关于(\d{1,4})件诉求", ours)
    return listed is None or int(listed[1]) == len(facts)
