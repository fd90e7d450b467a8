"""Two engines: what a slow walk from minute to minute finds, the fast one finds too.

``python -m tests.walk 50000`` asks both about as many matters as one likes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.walk.chance import HOURS, WINDOWS, differing
from tests.walk.pencil import Rule, reckon
from tests.walk.world import Office, World

WUHAN = ZoneInfo("Asia/Shanghai")


def test_the_walk_knows_the_dates_everybody_can_check() -> None:
    usual = HOURS[0]
    off = {date(2026, 10, day): True for day in range(1, 8)} | {date(2026, 10, 10): False}
    office = Office("Asia/Shanghai", (*[usual] * 5, (), ()), published=off)
    world = World(office, date(2026, 9, 25), 25)

    def due(limit: str, start: str, *extensions: str) -> str:
        begun = int(datetime.fromisoformat(start).replace(tzinfo=WUHAN).timestamp())
        found = reckon(world, Rule(limit), begun, [], list(extensions), "day").due
        return f"{datetime.fromtimestamp(found, UTC).astimezone(WUHAN):%m-%d %H:%M}"

    # 30 September is a Wednesday; the 1st to the 7th are off, Saturday the 10th is worked
    assert due("3wd", "2026-09-30 10:00") == "10-10 17:30"
    assert due("4wh", "2026-09-30 16:00") == "10-08 11:30"
    assert due("0wd", "2026-09-30 17:30") == "10-08 17:30"
    assert due("0.5wd", "2026-09-30 15:00") == "10-08 10:00"
    assert due("2d", "2026-09-30 10:00") == "10-03 00:00"
    assert due("1wd", "2026-09-30 10:00", "1wd") == "10-09 17:30"


def test_both_engines_find_the_same_for_matters_made_by_chance() -> None:
    changing = ("Pacific/Apia", "Australia/Lord_Howe", "Europe/London", "America/New_York")
    windows = {zone: (zone, first) for zone, first in WINDOWS if zone in changing}
    found = list(differing(seed=14, windows=windows.values(), matters=50, days=60))
    assert [fault for fault, _ in found if fault] == []
    assert sum(walked for _, walked in found) > 100
