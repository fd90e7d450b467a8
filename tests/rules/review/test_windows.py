"""Until when units may object, over holidays and short weeks; what an objection changes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.timekeeper import Timekeeper
from rules.errors import PolicyError
from rules.ranking.periods import parse_period
from rules.ranking.tally import Tally
from rules.review.mending import Effect, mended
from rules.review.windows import ObjectionPolicy, data_windows, dispatch_until, rating_until
from seed.reference.catalogue import first_content
from tests.models.appeals import wuhan

ZONE = ZoneInfo("Asia/Shanghai")


def keeper_of(text: str = "") -> tuple[Timekeeper, ObjectionPolicy]:
    """Return the rules of time of a policy under the shipped calendar."""
    policy = read_policy(text)
    return Timekeeper(policy, first_content().calendar), policy.objections


WINDOWS = (
    # an ordinary week
    ("2026-W46", "2026-11-16 10:00", "2026-11-17 17:30", "2026-W46"),
    # the week after is a holiday until Wednesday: the first two days worked
    ("2026-W40", "2026-10-08 10:00", "2026-10-09 17:30", "2026-W40"),
    # 2 working days (8 and 9 October) and Saturday the 10th that makes one up: three, a week
    ("2026-W41", "2026-10-12 10:00", "2026-10-13 17:30", "2026-W41"),
    # 春节 2026 (15 to 23 February): no day worked but Saturday 14th and 28th around it
    ("2026-W08", "2026-03-02 10:00", "2026-03-03 17:30", "2026-W09"),
    # a month goes out on its first day worked
    ("2026-09", "2026-10-08 10:00", "2026-10-09 17:30", "2026-09"),
    ("2026-10", "2026-11-02 10:00", "2026-11-03 17:30", "2026-10"),
)


@pytest.mark.parametrize(("key", "draft", "until", "joined"), WINDOWS)
def test_the_draft_and_the_window_of_its_data(
    key: str, draft: str, until: str, joined: str
) -> None:
    keeper, policy = keeper_of()
    found = data_windows(parse_period(key, ZONE), keeper.calendar, policy)
    assert (found.draft_at, found.data_until) == (wuhan(draft), wuhan(until))
    assert found.joined.key == joined


def test_all_of_it_is_policy() -> None:
    keeper, policy = keeper_of('[objections]\ndraft = "tue 09:00"\ndata = "thu 12:00"\n')
    found = data_windows(parse_period("2026-W46", ZONE), keeper.calendar, policy)
    assert found.draft_at == wuhan("2026-11-17 09:00")
    assert found.data_until == wuhan("2026-11-19 12:00")


@pytest.mark.parametrize("wrong", ["noon", "mon", "monday 10:00", "mon 25:00"])
def test_a_weekday_and_a_time_or_nothing(wrong: str) -> None:
    with pytest.raises(PolicyError, match=r"objections.draft"):
        read_policy(f'[objections]\ndraft = "{wrong}"\n')


def test_a_dispatch_and_a_verdict_may_be_disputed_for_some_working_days() -> None:
    keeper, policy = keeper_of()
    friday = wuhan("2026-11-20 15:20")
    assert dispatch_until(keeper, policy, friday) == wuhan("2026-11-23 17:30")
    assert rating_until(keeper, policy, friday) == wuhan("2026-11-24 17:30")


TALLY = Tally(due=5, on_time=2, late=2, open=1, result_unsatisfied=2, verified_unsatisfied=2)

MENDED: tuple[tuple[str, set[str], dict[str, int]], ...] = (
    (
        "rating",
        {"result_unsatisfied", "verified_unsatisfied", "closed"},
        {"verified_unsatisfied": 1, "excluded": 1},
    ),
    ("data", {"due", "late"}, {"late": 1, "on_time": 3}),
    ("data", {"carried"}, {}),
    ("data", set(), {}),
    (
        "dispatch",
        {"due", "late", "result_unsatisfied"},
        {"due": 4, "late": 1, "result_unsatisfied": 1},
    ),
)


@pytest.mark.parametrize(("kind", "held", "changed"), MENDED)
def test_what_an_accepted_objection_changes_of_the_counts(
    kind: str, held: set[str], changed: dict[str, int]
) -> None:
    found = mended(TALLY, kind, held)
    names = Tally.__dataclass_fields__
    assert {
        n: getattr(found, n) for n in names if getattr(found, n) != getattr(TALLY, n)
    } == changed


def test_an_effect_is_said_and_kept() -> None:
    effect = Effect("2026-W46", 5, 4, 13)
    assert Effect.from_json(effect.to_json()) == effect
    assert effect.words == "第5位 → 第4位（共13家排位）"
    assert Effect("2026-W46", None, None, 3).words == "不排位次，位次不变（共3家排位）"
