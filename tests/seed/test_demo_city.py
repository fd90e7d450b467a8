"""The demo city is the same for the same seed, and looks like a city."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest

from rules.casework.appeal import Appeal
from rules.clocks.tags import Tags
from rules.visits import CHANNEL
from seed.demo.city import tickets_of
from tests.seed.demo_city import NOW, SIZE, city, keeper, made, reference

ACTS = ("received_at", "dispatched_at", "acknowledged_at", "replied_at", "closed_at", "rated_at")


RANKED = 10  # ratings from which a unit is ranked in a month


def digest(appeals: list[Appeal]) -> str:
    return sha256(
        "\n".join(
            "|".join(map(str, (a.received_at, a.title, a.content, a.unit, a.reply, a.rated_at)))
            for a in appeals
        ).encode()
    ).hexdigest()


def share(holds: Callable[[Appeal], bool], of: Callable[[Appeal], bool] = lambda a: True) -> float:
    among = [a for a in city() if of(a)]
    return sum(map(holds, among)) / len(among)


def month(appeal: Appeal) -> int:
    assert appeal.received_at is not None
    return keeper().local(appeal.received_at).month


def close_due(appeal: Appeal) -> datetime:
    assert appeal.dispatched_at is not None and appeal.nature and appeal.urgency
    tags = Tags(appeal.nature, appeal.urgency, appeal.category, appeal.channel)
    clock = keeper().clock("close", tags, appeal.dispatched_at)
    assert clock is not None
    return appeal.due_at or clock.due_at


def test_the_same_seed_gives_the_same_city() -> None:
    assert digest(made(size=400)) == digest(made(size=400))


@pytest.mark.parametrize("other", [{"seed": 8}, {"now": NOW + timedelta(days=1)}])
def test_another_seed_or_another_present_gives_another_city(other: dict[str, int]) -> None:
    assert digest(made(size=400)) != digest(made(size=400, **other))  # type: ignore[arg-type]  # a table of cases


def test_a_size_is_a_name_or_a_number() -> None:
    assert (tickets_of("small"), tickets_of("city"), tickets_of("700")) == (20_000, 200_000, 700)


def test_the_city_has_about_as_many_tickets_as_asked_for() -> None:
    assert abs(len(city()) - SIZE) < SIZE * 0.01


def test_appeals_come_in_order_over_a_year_and_a_half_and_none_from_the_future() -> None:
    received = [a.received_at for a in city() if a.received_at]
    assert received == sorted(received)
    assert received[-1] <= NOW
    assert 500 < (NOW - received[0]).days < 550


def test_no_act_lies_in_the_future_or_before_the_act_it_follows() -> None:
    for appeal in city():
        told = [getattr(appeal, act) for act in ACTS]
        done = [at for at in told if at is not None]
        assert done == sorted(done) and done[-1] <= NOW and told[: len(done)] == done
        assert all(at.microsecond == 0 and at.utcoffset() == timedelta(0) for at in done)


def test_what_has_not_happened_is_not_told() -> None:
    for a in city():
        assert (a.reply is None) == (a.replied_at is None)
        assert (a.outcome is None) == (a.closed_at is None)
        assert (a.result_rating is None) == (a.rated_at is None)
        assert (a.unit is None) == (a.dispatched_at is None)


def test_an_identity_is_given_once() -> None:
    given = [a.external_id for a in city()]
    assert len(set(given)) == len(given)


def test_every_word_is_one_of_the_reference() -> None:
    first = reference()
    assert {a.category for a in city()} <= set(first.categories)
    assert {a.channel for a in city()} == {name for _, name in first.channels} - {CHANNEL}
    assert {a.unit for a in city()} - {None} <= {u.name for u in first.units if not u.is_centre}
    streets = {grid.code for grid in first.grids if len(grid.code) == 9}
    assert {(a.grid or "")[:9] for a in city()} <= streets


def test_every_district_and_most_units_have_appeals() -> None:
    answering = {a.unit for a in city()}
    assert {u.name for u in reference().units if (u.group or "").endswith("城区")} <= answering
    assert len(answering) > 100


def test_telephones_are_nobodys() -> None:
    assert all(re.fullmatch(r"130000\d{5}", a.phone) for a in city() if a.phone)


def test_channels_natures_and_urgencies_have_plausible_shares() -> None:
    assert 0.5 < share(lambda a: a.channel == "12345电话") < 0.7
    assert 0.4 < share(lambda a: a.nature == "投诉") < 0.6
    assert 0.004 < share(lambda a: a.urgency == "特急") < 0.02
    assert 0.03 < share(lambda a: a.urgency == "紧急") < 0.08


def test_nine_of_ten_are_answered_in_time() -> None:
    on_time = share(
        lambda a: a.replied_at is not None and a.replied_at <= close_due(a),
        of=lambda a: a.dispatched_at is not None and a.nature != "表扬" and close_due(a) < NOW,
    )
    assert 0.85 < on_time < 0.91


def test_most_closed_tickets_are_rated_and_most_ratings_are_good() -> None:
    assert 0.5 < share(lambda a: a.rated_at is not None, of=lambda a: a.closed_at is not None) < 0.7
    happy = share(lambda a: a.result_rating != "不满意", of=lambda a: a.result_rating is not None)
    assert 0.87 < happy < 0.91


def months_of_groups() -> list[list[tuple[float, int]]]:
    """Return for each group and month the rates of its ranked units, best first, with ratings."""
    groups = {unit.name: unit.group for unit in reference().units}
    given: dict[tuple[int, int, str], list[bool]] = {}
    for a in city():
        if a.rated_at is not None and a.unit is not None:
            local = keeper().local(a.rated_at)
            unhappy = a.result_rating == "不满意"
            given.setdefault((local.year, local.month, a.unit), []).append(unhappy)
    tables: dict[tuple[int, int, str | None], list[tuple[float, int]]] = {}
    for (year, month, unit), said in given.items():
        if len(said) >= RANKED:
            rate = 1 - sum(said) / len(said)
            tables.setdefault((year, month, groups[unit]), []).append((rate, len(said)))
    return [sorted(table, reverse=True) for table in tables.values() if len(table) > 2]


def test_races_between_units_are_close() -> None:
    gaps = [
        ((better - worse), (better - worse) * rated)
        for table in months_of_groups()
        for (better, _), (worse, rated) in pairwise(table)
    ]
    few = sum(tickets <= 2 for _, tickets in gaps) / len(gaps)
    assert len(gaps) > 40 and few > 0.85


def test_the_last_of_a_group_is_not_far_behind_the_next() -> None:
    behind = sorted(table[-2][0] - table[-1][0] for table in months_of_groups())
    assert behind[len(behind) // 2] < 0.08 and behind[-1] < 0.25


def test_units_work_in_office_hours_unless_it_is_most_urgent() -> None:
    calendar = keeper().calendar
    for a in city():
        if a.replied_at is not None and a.urgency != "特急":
            day = keeper().local(a.replied_at).date()
            assert any(start <= a.replied_at <= end for start, end in calendar.spans_on(day))


@pytest.mark.parametrize(
    ("category", "months", "more"),
    [
        ("公用事业/供热/供热不达标", {11, 12, 1, 2}, 4),
        ("城市管理/市政设施/道路积水", {6, 7}, 4),
        ("公用事业/供电/停电", {7, 8}, 1.8),
        ("教育/义务教育/入学划片", {6, 7, 8}, 1.8),
    ],
)
def test_a_season_brings_its_appeals(category: str, months: set[int], more: float) -> None:
    def of_category(a: Appeal) -> bool:
        return a.category == category

    in_season = share(of_category, of=lambda a: month(a) in months)
    assert in_season > more * share(of_category, of=lambda a: month(a) not in months)


def test_weekends_and_nights_are_quieter() -> None:
    local = [keeper().local(a.received_at) for a in city() if a.received_at]
    by_weekday = Counter(at.weekday() for at in local)
    assert max(by_weekday[5], by_weekday[6]) < min(by_weekday[day] for day in range(5))
    assert sum(9 <= at.hour < 12 for at in local) > 5 * sum(2 <= at.hour < 5 for at in local)


def test_disputes_over_long_leases_rise_towards_the_present_under_changing_names() -> None:
    leases = [a for a in city() if a.category == "住房与物业/房屋租赁/长租公寓"]
    now = keeper().local(NOW)

    def part(first: int, last: int) -> float:
        def within(a: Appeal) -> bool:
            assert a.received_at is not None
            local = keeper().local(a.received_at)
            return first <= (now.year - local.year) * 12 + now.month - local.month <= last

        return sum(map(within, leases)) / sum(map(within, city()))

    assert part(0, 2) > 2 * part(6, 17)
    assert len({a.object for a in leases}) > 4


def test_matters_wait_at_every_step() -> None:
    waiting = [a for a in made(size=30_000) if a.closed_at is None]
    undispatched = sum(a.dispatched_at is None for a in waiting)
    unacknowledged = sum(a.dispatched_at is not None and a.acknowledged_at is None for a in waiting)
    awaiting = sum(a.replied_at is not None for a in waiting)
    assert undispatched > 2 and unacknowledged > 10 and awaiting > 10
    assert undispatched + unacknowledged + awaiting < len(waiting) / 2


def test_a_screen_full_of_titles_hardly_repeats_itself() -> None:
    newest = city()[-200:]
    assert len({a.title for a in newest}) > 170
    assert len({a.content for a in newest}) == 200
