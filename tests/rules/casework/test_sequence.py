"""No act comes before the one it follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.casework.course import Acts
from rules.casework.steps import FOLLOWS, INSTANT_NAMES, STEPS, too_early

START = datetime(2026, 11, 19, 1, tzinfo=UTC)


HOUR = timedelta(hours=1)


ACTS = Acts(
    START, START + HOUR, START + 3 * HOUR, handed_at=START + 2 * HOUR, replied_at=START + 4 * HOUR
)


@pytest.mark.parametrize(
    ("verb", "hour", "told"),
    [
        ("acknowledge", 1, "签收时间早于转派时间"),
        ("reply", 2, "答复时间早于签收时间"),
        ("close", 3, "办结时间早于答复时间"),
        ("close", 4, None),
        ("contact", 2, None),
        ("note", 0, None),
        ("ask_extension", 1, "申请延期时间早于转派时间"),
    ],
)
def test_an_act_is_not_before_the_one_it_follows(verb: str, hour: int, told: str | None) -> None:
    names = {step.verb: step.name for step in STEPS}
    said = too_early(verb, names[verb], START + hour * HOUR, ACTS)
    assert said is None if told is None else said is not None and said.startswith(told)


def test_an_assumed_dispatch_holds_nobody_to_its_time() -> None:
    acts = Acts(START, START + HOUR, assumed=True)
    assert too_early("acknowledge", "签收", START, acts) is None


def test_every_act_named_is_one_a_round_knows() -> None:
    assert {each for names in FOLLOWS.values() for each in names} <= INSTANT_NAMES.keys()
    assert all(hasattr(ACTS, name) for name in INSTANT_NAMES)
