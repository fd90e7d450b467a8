"""Stored clocks: put, stopped, moved, settled; what they crossed; the rules they go by."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.clocks.calendars import CalendarView as CalendarView
    from models.clocks.calendars import LoadedCalendar as LoadedCalendar
    from models.clocks.calendars import calendar_versions as calendar_versions
    from models.clocks.calendars import days_of as days_of
    from models.clocks.calendars import load_calendar as load_calendar
    from models.clocks.calendars import rehearse_calendar as rehearse_calendar
    from models.clocks.calendars import restore_calendar as restore_calendar
    from models.clocks.calendars import runway as runway
    from models.clocks.crossings import DEPTH as DEPTH
    from models.clocks.crossings import LEVEL_COLOURS as LEVEL_COLOURS
    from models.clocks.crossings import annul as annul
    from models.clocks.crossings import reached as reached
    from models.clocks.crossings import record as record
    from models.clocks.crossings import until as until
    from models.clocks.crossings import worst as worst
    from models.clocks.derivations import KeeperOf as KeeperOf
    from models.clocks.derivations import StoredDerivation as StoredDerivation
    from models.clocks.derivations import order_derivations as order_derivations
    from models.clocks.derivations import ticket_derivations as ticket_derivations
    from models.clocks.policies import load_policy as load_policy
    from models.clocks.policies import rehearse_policy as rehearse_policy
    from models.clocks.rehearsal import Rehearsal as Rehearsal
    from models.clocks.rehearsal import SampleRow as SampleRow
    from models.clocks.settling import settle as settle
    from models.clocks.stored import HALTED as HALTED
    from models.clocks.stored import MOVED as MOVED
    from models.clocks.stored import StoredClock as StoredClock
    from models.clocks.stored import columns as columns
    from models.clocks.stored import first_threshold as first_threshold
    from models.clocks.stored import keeper_of as keeper_of
    from models.clocks.stored import move_clock as move_clock
    from models.clocks.stored import note_crossings as note_crossings
    from models.clocks.stored import relieved as relieved
    from models.clocks.stored import resume_clock as resume_clock
    from models.clocks.stored import running_of as running_of
    from models.clocks.stored import started as started
    from models.clocks.sweeping import SweepResult as SweepResult
    from models.clocks.sweeping import sweep as sweep

__getattr__, __dir__ = lazily(
    __name__,
    {
        "calendars": ("CalendarView", "LoadedCalendar", "calendar_versions", "days_of", "load_calendar", "rehearse_calendar", "restore_calendar", "runway",),
        "crossings": ("DEPTH", "LEVEL_COLOURS", "annul", "reached", "record", "until", "worst",),
        "derivations": ("KeeperOf", "StoredDerivation", "order_derivations", "ticket_derivations",),
        "policies": ("load_policy", "rehearse_policy",),
        "rehearsal": ("Rehearsal", "SampleRow",),
        "settling": ("settle",),
        "stored": ("HALTED", "MOVED", "StoredClock", "columns", "first_threshold", "keeper_of", "move_clock", "note_crossings", "relieved", "resume_clock", "running_of", "started",),
        "sweeping": ("SweepResult", "sweep",),
    },
)
