"""A sentence that a draft was shown with goes on to hold while the same is claimed of the same."""

from __future__ import annotations

import pytest

from rules.orders import instead, reworded, stands
from rules.paper import Statement


def said(claim: str, text: str, *tickets: str) -> Statement:
    return Statement(claim, text, "事实", (), tickets or ("T1",))


@pytest.mark.parametrize(
    ("shown", "now", "holds"),
    [
        (said("overdue", "超期1个工作日。"), said("overdue", "超期9个工作日。"), True),
        (said("overdue", "逾期2件", "T1", "T2"), said("overdue", "逾期2件", "T2", "T1"), True),
        (
            said("overdue", "逾期2件", "T1", "T2"),
            said("overdue", "逾期3件", "T1", "T2", "T3"),
            False,
        ),
        (said("overdue", "尚未办结。"), said("awaiting-late", "已答复。"), False),
        (said("dispatched", "应于11月7日前"), said("dispatched", "应于11月9日前"), False),
        (said("dispatched", "于11月7日交"), said("dispatched", "于2026年11月7日交"), True),
        (
            said("instructed", "办结（余1个工作日）。"),
            said("instructed", "办结（余2小时）。"),
            True,
        ),
        (said("rated", "评价满意。"), said("rated", "评价不满意。"), False),
    ],
)
def test_what_still_holds(shown: Statement, now: Statement, holds: bool) -> None:
    assert stands(shown, [now]) is holds
    assert bool(reworded([shown], [now])) is not holds


def test_instead_is_told_what_is_said_of_the_same_matter_now() -> None:
    now = [
        said("awaiting", "已答复。"),
        said("awaiting", "别的件。", "T9"),
        said("rated", "满意。"),
    ]
    assert instead(said("overdue", "尚未办结。"), now) == "已答复。"
    assert instead(said("course", "尚未答复。"), now) == ""
