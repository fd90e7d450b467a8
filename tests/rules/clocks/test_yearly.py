"""A new year's days beside those in force and the law."""

from __future__ import annotations

from datetime import date

from rules.clocks.calendar import CalendarDay, CalendarDays
from rules.clocks.yearly import beside

NOW = CalendarDays(
    {date(2026, 10, 1): CalendarDay("国庆节", True)}, date(2026, 1, 1), date(2026, 12, 31), "now"
)


def test_a_date_says_what_changes_and_what_the_law_wants() -> None:
    days = {
        date(2026, 12, 26): CalendarDay("元旦", False),
        date(2027, 1, 2): CalendarDay("元旦", True),
        date(2027, 1, 4): CalendarDay("元旦", True),
        date(2027, 6, 9): CalendarDay("端午节", False),
    }
    new = CalendarDays(days, date(2026, 1, 1), date(2027, 12, 31), "new")
    found = {one.day: one for one in beside(new, NOW, [2027])}
    assert date(2026, 10, 1) not in found
    makeup, weekend = found[date(2026, 12, 26)], found[date(2027, 1, 2)]
    assert (makeup.new, makeup.present, makeup.changed) == ("worked", None, True)
    assert (weekend.new, weekend.present, weekend.changed) == ("off", None, False)
    assert found[date(2027, 1, 4)].changed
    new_year, dragon_boat = found[date(2027, 1, 1)], found[date(2027, 6, 9)]
    assert (new_year.new, new_year.present, new_year.statutory) == (None, "off", "元旦")
    assert new_year.unlawful and new_year.name == "元旦"
    assert dragon_boat.unlawful and dragon_boat.changed


def test_a_year_that_says_the_same_changes_nothing() -> None:
    assert not any(one.changed for one in beside(NOW, NOW, [2026]))
