"""No act comes before the one it follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.casework.course import Acts
from rules.casework.lawful import INSTANT_NAMES, too_early
from rules.casework.steps import STEPS

START = datetime(2026, 11, 19, 1, tzinfo=UTC)

HOUR = timedelta(hours=1)

STEP = {step.verb: step for step in STEPS}

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
    said = too_early(STEP[verb], START + hour * HOUR, ACTS)
    assert said is None if told is None else said is not None and said.startswith(told)


def test_an_assumed_dispatch_holds_nobody_to_its_time() -> None:
    acts = Acts(START, START + HOUR, assumed=True)
    assert too_early(STEP["acknowledge"], START, acts) is None


def test_every_act_named_is_one_a_round_knows() -> None:
    named = {each for step in STEPS for each in (*step.follows, *step.file_follows)}
    assert named == INSTANT_NAMES.keys()
    ticket = [step for step in STEPS if step.kind == "ticket"]
    told = {each for step in ticket for each in (*step.follows, *step.file_follows)}
    assert all(hasattr(ACTS, name) for name in told)
