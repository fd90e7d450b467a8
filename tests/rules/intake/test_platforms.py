"""Which rows of two platforms tell one matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.intake import account_of, same_by

NOON = datetime(2019, 3, 1, 4, tzinfo=UTC)

SAID = "在超市买到过期食品，店家拒不退款"

OURS = account_of("board", "微信", (None, "A1"), SAID, "p", NOON)


@pytest.mark.parametrize(
    ("numbers", "text", "person", "apart", "by"),
    [
        ((None, None), SAID, None, timedelta(days=3), "text"),
        ((None, None), SAID, "p", timedelta(days=-3), "text"),
        ((None, None), SAID, "q", timedelta(), None),
        ((None, None), SAID, None, timedelta(days=3, seconds=1), None),
        ((None, None), SAID + "。", None, timedelta(), None),
        (("WH20190301-00001", None), "", "q", timedelta(days=30), "number"),
        ((None, "WH20190301-00001"), "", None, timedelta(days=-31), None),
        ((None, "A1"), "", None, timedelta(), None),
    ],
)
def test_what_two_platforms_tell_of_one_matter(
    numbers: tuple[str | None, str | None],
    text: str,
    person: str | None,
    apart: timedelta,
    by: str | None,
) -> None:
    ours = account_of("board", "微信", ("WH20190301-00001", "A1"), SAID, "p", NOON)
    theirs = account_of("12315", "12315", numbers, text, person, NOON + apart)
    assert same_by(theirs, ours) == same_by(ours, theirs) == by


def test_one_platform_never_tells_a_matter_twice() -> None:
    assert same_by(OURS, OURS) is None
    assert account_of("board", "微信", ("7", None), "停水", None, NOON).numbers == frozenset()
