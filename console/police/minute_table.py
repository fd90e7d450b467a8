"""How fast the police answered and arrived, as text for reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rules.police import UNRANKED, Spread, in_minutes

if TYPE_CHECKING:
    from models.police import MinuteRow

DAYS = 30
"""How far back the table of the screen reaches."""


def told(rows: Sequence[MinuteRow], since: datetime, until: datetime) -> str:
    """Return the figures as text; ``since`` and ``until`` are in the bureau's zone."""
    last = until - timedelta(seconds=1)
    lines = [f"{since:%Y-%m-%d} 至 {last:%Y-%m-%d}", UNRANKED]
    for row in rows:
        counts = f"诉求{row.messages}条 待反馈{row.waiting}条 线索{row.clues}条"
        lines += ["", f"{row.place}（{row.groups}个群） {counts}"]
        lines += [f"  应答 {spread_words(row.answers)}", f"  到场 {spread_words(row.arrivals)}"]
    return "\n".join(lines)


def spread_words(spread: Spread) -> str:
    """Return times in words: ``36次，中位42秒，九成在2分10秒以内``."""
    if not spread.times:
        return "没有"
    half, most = in_minutes(spread.median), in_minutes(spread.p90)
    return f"{spread.times}次，中位{half}，九成在{most}以内"
