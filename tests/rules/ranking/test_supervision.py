"""督办 in a period as it stood at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from rules.ranking.supervision import SignedPaper, supervised


def at(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


FROM, TO, YEAR = at(1), at(1, month=11), datetime(2026, 1, 1, tzinfo=UTC)

PAPER = SignedPaper(
    "order", 1, "武网督〔2026〕1号", "甲", "逾期", at(5), None, None, None, None, None, at(8)
)


def _told(**life: Any) -> Any:
    return supervised([replace(PAPER, **life)], FROM, TO, YEAR)


@pytest.mark.parametrize(
    ("life", "counts"),
    [
        ({}, (1, 0, 0, 0, 0, 0, 1)),
        ({"received_at": at(6), "feedback_at": at(7)}, (1, 0, 1, 1, 0, 0, 1)),
        ({"closed_at": at(9)}, (1, 0, 0, 0, 1, 0, 0)),
        ({"void_at": at(9)}, (1, 1, 0, 0, 0, 0, 0)),
        ({"closed_at": at(2, month=11)}, (1, 0, 0, 0, 0, 0, 1)),
        ({"signed_at": at(5, month=9)}, (0, 0, 0, 0, 0, 1, 1)),
        ({"signed_at": at(5, month=9), "closed_at": at(5)}, (0, 0, 0, 0, 1, 1, 0)),
        ({"signed_at": at(5, month=9), "closed_at": at(6, month=9)}, (0, 0, 0, 0, 0, 0, 0)),
        ({"signed_at": TO}, (0, 0, 0, 0, 0, 0, 0)),
        ({"kind": "referral_crime"}, (0, 0, 0, 0, 0, 0, 0)),
        ({"kind": "referral_duty"}, (0, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_paper_is_counted_by_what_had_happened_to_it(
    life: dict[str, Any], counts: tuple[int, ...]
) -> None:
    told = _told(**life)
    assert (
        told.total,
        told.void,
        told.received,
        told.answered,
        told.closed,
        told.carried,
        len(told.open),
    ) == counts


@pytest.mark.parametrize(
    ("life", "state", "late"),
    [
        ({}, "待送达", True),
        ({"delivered_at": at(5), "due_at": at(2, month=11)}, "已送达未签收", False),
        ({"delivered_at": at(5), "received_at": at(6)}, "已签收未反馈", True),
        ({"received_at": at(6), "feedback_at": at(9)}, "已反馈待审", False),
        ({"received_at": at(6), "feedback_at": TO}, "已签收未反馈", True),
    ],
)
def test_an_open_paper_stands_as_it_did_at_the_end(
    life: dict[str, Any], state: str, late: bool
) -> None:
    (one,) = _told(**life).open
    assert (one.state, one.late) == (state, late)


def test_orders_of_the_year_are_counted_to_the_end_of_the_period() -> None:
    signed = [at(5), at(5, month=2), datetime(2025, 12, 31, tzinfo=UTC), at(5, month=11)]
    papers = [replace(PAPER, signed_at=instant) for instant in signed]
    assert supervised(papers, FROM, TO, YEAR).this_year == 2
    assert supervised([replace(PAPER, kind="notice")], FROM, TO, YEAR).this_year == 0
