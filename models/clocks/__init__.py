"""Stored clocks: put, stopped, moved, settled; what they crossed; the rules they go by."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.clocks.calendars import (
        CalendarView as CalendarView,
        LoadedCalendar as LoadedCalendar,
        calendar_versions as calendar_versions,
        days_of as days_of,
        load_calendar as load_calendar,
        rehearse_calendar as rehearse_calendar,
        restore_calendar as restore_calendar,
        runway as runway,
    )
    from models.clocks.crossings import (
        DEPTH as DEPTH,
        LEVEL_COLOURS as LEVEL_COLOURS,
        annul as annul,
        reached as reached,
        record as record,
        until as until,
        worst as worst,
    )
    from models.clocks.derivations import (
        KeeperOf as KeeperOf,
        StoredDerivation as StoredDerivation,
        order_derivations as order_derivations,
        ticket_derivations as ticket_derivations,
    )
    from models.clocks.policies import (
        load_policy as load_policy,
        rehearse_policy as rehearse_policy,
    )
    from models.clocks.rehearsal import Rehearsal as Rehearsal, SampleRow as SampleRow
    from models.clocks.settling import settle as settle
    from models.clocks.stored import (
        HALTED as HALTED,
        MOVED as MOVED,
        StoredClock as StoredClock,
        clocks_of as clocks_of,
        columns as columns,
        end as end,
        first_threshold as first_threshold,
        keeper_of as keeper_of,
        move_clock as move_clock,
        note_crossings as note_crossings,
        put as put,
        relieved as relieved,
        remake as remake,
        resume_clock as resume_clock,
        running_of as running_of,
        started as started,
    )
    from models.clocks.sweeping import SweepResult as SweepResult, sweep as sweep

__getattr__, __dir__ = lazily(
    __name__,
    {
        "calendars": (
            "CalendarView",
            "LoadedCalendar",
            "calendar_versions",
            "days_of",
            "load_calendar",
            "rehearse_calendar",
            "restore_calendar",
            "runway",
        ),
        "crossings": ("DEPTH", "LEVEL_COLOURS", "annul", "reached", "record", "until", "worst"),
        "derivations": ("KeeperOf", "StoredDerivation", "order_derivations", "ticket_derivations"),
        "policies": ("load_policy", "rehearse_policy"),
        "rehearsal": ("Rehearsal", "SampleRow"),
        "settling": ("settle",),
        "stored": (
            "HALTED",
            "MOVED",
            "StoredClock",
            "clocks_of",
            "columns",
            "end",
            "first_threshold",
            "keeper_of",
            "move_clock",
            "note_crossings",
            "put",
            "relieved",
            "remake",
            "resume_clock",
            "running_of",
            "started",
        ),
        "sweeping": ("SweepResult", "sweep"),
    },
)
