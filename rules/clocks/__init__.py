"""Time: working calendars, limits, colours, and how a due instant is derived."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.clocks.calendar import CalendarDay as CalendarDay
    from rules.clocks.calendar import CalendarDays as CalendarDays
    from rules.clocks.clocked import STEP_NAMES as STEP_NAMES
    from rules.clocks.clockwork import Clock as Clock
    from rules.clocks.colours import colour_of as colour_of
    from rules.clocks.derivation import Basis as Basis
    from rules.clocks.derivation import Derivation as Derivation
    from rules.clocks.derivation import Grant as Grant
    from rules.clocks.derivation import Halt as Halt
    from rules.clocks.limits import UNITS as UNITS
    from rules.clocks.limits import Limit as Limit
    from rules.clocks.precedence import KEY_NAMES as KEY_NAMES
    from rules.clocks.precedence import NATURES as NATURES
    from rules.clocks.precedence import URGENCIES as URGENCIES
    from rules.clocks.precedence import USUAL_LIMITS as USUAL_LIMITS
    from rules.clocks.precedence import LimitEntry as LimitEntry
    from rules.clocks.precedence import Tags as Tags
    from rules.clocks.precedence import clash as clash
    from rules.clocks.precedence import known as known
    from rules.clocks.remaking import Origin as Origin
    from rules.clocks.remaking import Remade as Remade
    from rules.clocks.remaking import anew as anew
    from rules.clocks.remaking import as_made as as_made
    from rules.clocks.remaking import assist_clock as assist_clock
    from rules.clocks.remaking import followed as followed
    from rules.clocks.section import ColourPolicy as ColourPolicy
    from rules.clocks.section import LimitText as LimitText
    from rules.clocks.section import OfficePolicy as OfficePolicy
    from rules.clocks.section import Section as Section
    from rules.clocks.section import Several as Several
    from rules.clocks.selftest import Case as Case
    from rules.clocks.selftest import Outcome as Outcome
    from rules.clocks.selftest import check_case as check_case
    from rules.clocks.timekeeper import Timekeeper as Timekeeper
    from rules.clocks.wording import long_instant as long_instant
    from rules.clocks.wording import short_instant as short_instant

__getattr__, __dir__ = lazily(
    __name__,
    {
        "calendar": ("CalendarDay", "CalendarDays",),
        "clocked": ("STEP_NAMES",),
        "clockwork": ("Clock",),
        "colours": ("colour_of",),
        "derivation": ("Basis", "Derivation", "Grant", "Halt",),
        "limits": ("Limit", "UNITS",),
        "precedence": ("KEY_NAMES", "LimitEntry", "NATURES", "Tags", "URGENCIES", "USUAL_LIMITS", "clash", "known",),
        "remaking": ("Origin", "Remade", "anew", "as_made", "assist_clock", "followed",),
        "section": ("ColourPolicy", "LimitText", "OfficePolicy", "Section", "Several",),
        "selftest": ("Case", "Outcome", "check_case",),
        "timekeeper": ("Timekeeper",),
        "wording": ("long_instant", "short_instant",),
    },
)
