"""What the demo city is made of: its topics, its units, its dice."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest

from models.store.store import Store
from rules.visits import CHANNEL
from seed.demo.answerers import ANY, LOCAL, ROLES, RURAL, ZONES, Answerers
from seed.demo.chance import Weighted, split
from seed.demo.races import BUSY, RUNS, Races
from seed.demo.seasons import DAY, HOURS, YEAR, part_lived
from seed.demo.told_later import Asked, ToldLater
from seed.demo.topics import CHANNELS, Topic, read_text, read_topics
from seed.demo.wording import FREE, PLACED
from tests.conftest import NOW
from tests.models.appeals import appeal, taken
from tests.seed.demo_city import reference

MONTHS = [(2026, month) for month in range(1, 12)]


def topic_name(topic: Topic) -> str:
    return topic.titles[0]


def answerers() -> Answerers:
    units = reference().units
    return Answerers(Random("units"), units, ["某某"] * (3 * len(units)))


def test_there_are_topics_enough() -> None:
    assert len(read_topics()) >= 60


@pytest.mark.parametrize("topic", read_topics(), ids=topic_name)
def test_a_topic_speaks_the_words_of_the_reference(topic: Topic) -> None:
    assert topic.category in reference().categories
    assert {role for role, _ in topic.units} <= {*ROLES, LOCAL, RURAL, ANY}
    assert topic.season in YEAR and topic.hours in HOURS
    slots = set(re.findall(r"\{(\w*)\}", "".join(topic.titles + topic.facts + topic.effects)))
    slots |= set(re.findall(r"\{(\w*)\}", "".join(topic.done)))
    assert slots <= {*FREE, *PLACED, "单位"}


def test_every_phrase_can_be_filled() -> None:
    phrases = read_text("phrases")
    text = "".join(
        "".join(lines) for part in ("appeal", "answer") for lines in phrases[part].values()
    )
    assert set(re.findall(r"\{(\w*)\}", text)) <= {*FREE, *PLACED, "单位"}


def test_every_role_and_zone_is_filled_by_a_unit_of_the_reference() -> None:
    units = {unit.short_name for unit in reference().units}
    assert {name for names in ROLES.values() for name in names} <= units
    assert set(ZONES) <= units
    assert {name for names in BUSY.values() for name in names} <= units
    streets = {grid.name for grid in reference().grids if len(grid.code) == 9}
    assert {street for zone in ZONES.values() for street in zone} <= streets


def test_every_channel_is_one_of_the_reference() -> None:
    channels = {name for _, name in reference().channels} - {CHANNEL}  # its visits bring those
    assert set(CHANNELS) == channels
    assert len({channel.letters for channel in CHANNELS.values()}) == len(CHANNELS)


def test_one_unit_of_each_group_is_last_in_a_month() -> None:
    groups = answerers().groups()
    races = Races(Random(1), groups, MONTHS)
    for units in groups.values():
        for year, month in MONTHS:
            assert sum(races.last(unit, date(year, month, 9)) for unit in units) == 1


def test_only_the_groups_with_a_run_are_last_twice_in_the_last_two_whole_months() -> None:
    groups = answerers().groups()
    races = Races(Random(1), groups, MONTHS)
    twice = {
        group
        for group, units in groups.items()
        for unit in units
        if races.last(unit, date(2026, 9, 1)) and races.last(unit, date(2026, 10, 1))
    }
    assert twice == set(RUNS)


def test_chance_moves_a_unit_by_a_ticket_or_two_from_its_share() -> None:
    groups = answerers().groups()
    races, day = Races(Random(1), groups, MONTHS), date(2026, 8, 9)
    for unit in groups["市直部门"]:
        if races.last(unit, day):
            continue
        given = [races.rate(unit, day, trouble=n % 5 == 0).result for n in range(100)]
        unhappy = given.count("不满意")
        assert abs(unhappy - 100 * (1 - unit.satisfies)) < 4


def test_a_choice_of_no_weight_is_never_drawn() -> None:
    weighted = Weighted([("a", 0), ("b", 1), ("c", 3)])
    dice = Random(0).random
    drawn = [weighted.draw(dice) for _ in range(2000)]
    assert "a" not in drawn
    assert 0.7 < drawn.count("c") / len(drawn) < 0.8


@pytest.mark.parametrize("total", [0, 1, 7, 1000])
def test_shares_are_whole_and_sum_to_all(total: int) -> None:
    parts = split(total, [0.1, 3.0, 0.0, 2.5])
    assert sum(parts) == total and parts[2] == 0 and min(parts) >= 0


def test_a_day_is_lived_from_nothing_to_all() -> None:
    assert part_lived(0) == 0
    assert part_lived(12 * 3600) == pytest.approx(sum(DAY[:12]) / sum(DAY))
    assert part_lived(86399) == pytest.approx(1, abs=1e-4)


def test_no_time_is_asked_for_on_a_matter_kept_from_its_unit(sqlite_store: Store) -> None:
    against = appeal(
        nature="举报",
        title="举报市住更局工作人员收受红包",
        content="请严查",
        unit="武汉市住房和城市更新局",
    )
    assert taken(sqlite_store, against).withheld
    later = ToldLater(Random(1), sqlite_store.timekeeper(), NOW, 300)
    later.asked.append(Asked(against, NOW, NOW, "5wd", "忙", granted=True))
    assert list(later.enter(sqlite_store, "board")) == [against]
