"""What stands in the header and the status line: whose store, whose desk, which rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from models.store import Reader, Store
    from models.views import UnitChoice


RUNWAY = timedelta(days=60)
"""How long before the official calendar ends the console begins to warn (DESIGN §5)."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """The bureau, the person at the desk and the rules in force.

    ``calendar_through`` is the last day the official calendar speaks of, None where no official
    calendar is used; ``units`` take appeals; ``empty`` is a store that has never taken any in.
    """

    name: str
    zone: ZoneInfo
    demo: bool
    rehearsing: bool
    read_only: bool
    operator: str
    roles: frozenset[str]
    policy: int
    calendar: int
    calendar_through: date | None
    channels: tuple[str, ...]
    units: tuple[UnitChoice, ...]
    empty: bool


def bureau(store: Store, reader: Reader) -> Bureau:
    """Read the facts; ``DubanError`` if the store's policy cannot be used."""
    from models.views import channel_names, unit_choices

    keeper = store.timekeeper()
    policy, calendar = store.versions(reader)
    operator = store.operator
    official = keeper.office.calendar != "none"
    return Bureau(
        name=store.policy.bureau.name,
        zone=keeper.zone,
        demo=store.demo,
        rehearsing=store.rehearsing,
        read_only=store.read_only,
        operator=operator.name,
        roles=operator.roles,
        policy=policy,
        calendar=calendar,
        calendar_through=keeper.days.official_through if official else None,
        channels=channel_names(reader),
        units=tuple(unit_choices(reader)),
        empty=reader.value("SELECT 1 FROM ticket LIMIT 1") is None,
    )


def runway_warning(through: date | None, today: date) -> str:
    """Return what to say of a calendar near its end, or nothing."""
    if through is None or through - today > RUNWAY:
        return ""
    left = (through - today).days
    if left < 0:
        return f"法定日历已于{through.month}月{through.day}日到头 · 期限均为暂定"
    return f"法定日历仅至{through.month}月{through.day}日 · 尚余{left}天"
