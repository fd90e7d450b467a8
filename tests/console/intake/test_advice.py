"""What the form of a new appeal says of its limits."""

from __future__ import annotations

from console.intake.advice import dues_of
from rules.intake import Entry
from tests.models.appeals import appeal
from tests.rules.clocks.calendars import at, keeper


def test_the_form_reckons_with_the_unit_and_the_place_that_are_typed() -> None:
    answer = keeper("""
        [[limits]]
        close = "5wd"
        [[limits]]
        grid = "420111"
        close = "4wd"
        [[limits]]
        unit = "D18"
        close = "3wd"
    """)
    now = at("2026-11-20 10:00")
    there = Entry(appeal(grid="420111002"), unit_id=1)
    typed = ((Entry(appeal(), unit_id=1), None), (there, None), (there, "D18"))
    told = [dues_of(answer, entry, unit, now)[-1].told for entry, unit in typed]
    assert told == ["11-27 周五 17:30", "11-26 周四 17:30", "11-25 周三 17:30"]
