"""What becomes of a signed report: how it is handed in, how many a week the model writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

MEANS = ("纸质", "OA", "机要", "当面")
"""How a report is handed in."""

A_WEEK = 5
"""Reports a week in the model: 500 in two years."""

FOLLOWING = {"adopt": "采纳", "carry_out": "落实", "tell": "告知群众"}
"""What is noted of a report after its 批示, in this order."""

MODEL_WEEKS = 12
"""Weeks of which the ledger counts reports."""


def weekly(days: Iterable[date], today: date) -> tuple[tuple[date, int], ...]:
    """Return how many reports were signed in each of the last weeks, by their Monday, newest last.

    The last week is the one that is running.
    """
    monday = today - timedelta(days=today.weekday())
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(MODEL_WEEKS))]
    return tuple((week, counts[week]) for week in weeks)
