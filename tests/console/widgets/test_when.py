"""The time at which an act happened: typed as people say it, shown back, never in the future."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from console.widgets.when import When
from rules.clocks import MomentError
from tests.models.appeals import wuhan

NOW = wuhan("2026-11-20 15:20").astimezone(ZoneInfo("Asia/Shanghai"))


def now() -> datetime:
    return NOW


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("昨天15:00", "发生于 11-19 周四 15:00"),
        ("昨天１５：００", "发生于 11-19 周四 15:00"),
        ("上周五 下午3点半", "发生于 11-13 周五 15:30"),
        ("3小时前", "发生于 11-20 周五 12:20"),
        ("2025-12-31 09:00", "发生于 2025-12-31 周三 09:00"),
        ("15:20", "发生于 11-20 周五 15:20"),
    ],
)
def test_a_time_is_shown_back_in_full_and_may_be_typed_so(typed: str, told: str) -> None:
    when = When(now)
    when.at = when.read(typed)
    assert when.told == told
    assert when.read(when.typed) == when.at == when.said["at"]


def test_nothing_typed_is_now() -> None:
    when = When(now)
    assert when.read("  ") is None
    assert (when.told, when.said) == ("发生时间：现在", {})


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("明天9点", "发生于 11-21 周六 09:00，还没有到：请写已经发生的时间"),
        ("15:21", "发生于 11-20 周五 15:21，还没有到：请写已经发生的时间"),
        ("早些时候", "看不懂时间 早些时候：可写"),
    ],
)
def test_what_has_not_happened_or_cannot_be_read_is_refused(typed: str, why: str) -> None:
    with pytest.raises(MomentError, match=f"^{why}"):
        When(now).read(typed)
