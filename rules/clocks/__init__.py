"""Time: working calendars, limits, colours, and how a due instant is derived."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.clocks.assisting import (
        answered_by as answered_by,
        assist_clock as assist_clock,
        gaining as gaining,
    )
    from rules.clocks.beyond import (
        beyond_extension as beyond_extension,
        beyond_own as beyond_own,
        pause_until as pause_until,
        return_over as return_over,
        return_until as return_until,
    )
    from rules.clocks.calendar import (
        LATE_DECEMBER as LATE_DECEMBER,
        CalendarDay as CalendarDay,
        CalendarDays as CalendarDays,
        Day as Day,
        Notice as Notice,
        Span as Span,
        Week as Week,
        clock_seconds as clock_seconds,
        read_spans as read_spans,
    )
    from rules.clocks.caps import Caps as Caps
    from rules.clocks.chinese_numbers import WRITTEN as WRITTEN, number as number
    from rules.clocks.colours import (
        CROSSING_NAMES as CROSSING_NAMES,
        DEPTHS as DEPTHS,
        LEVEL_COLOURS as LEVEL_COLOURS,
        colour_of as colour_of,
        worst as worst,
    )
    from rules.clocks.deadlines import Clock as Clock
    from rules.clocks.derivation import (
        About as About,
        Basis as Basis,
        Derivation as Derivation,
        Grant as Grant,
        Halt as Halt,
        Move as Move,
    )
    from rules.clocks.emergency import (
        EMERGENCY_KINDS as EMERGENCY_KINDS,
        Emergency as Emergency,
        EmergencyPolicy as EmergencyPolicy,
        Standstill as Standstill,
        in_time as in_time,
        standstills as standstills,
        touched as touched,
        within as within,
    )
    from rules.clocks.limits import (
        STEP_NAMES as STEP_NAMES,
        UNITS as UNITS,
        Limit as Limit,
        short_limit as short_limit,
        start_name as start_name,
    )
    from rules.clocks.moments import (
        MomentError as MomentError,
        day_start as day_start,
        distance as distance,
        typed_moment as typed_moment,
    )
    from rules.clocks.precedence import (
        USUAL_LIMITS as USUAL_LIMITS,
        GridCodes as GridCodes,
        LimitEntry as LimitEntry,
        Natures as Natures,
        Paths as Paths,
        Urgencies as Urgencies,
        choose as choose,
        clash as clash,
        limit_words as limit_words,
        units_meant as units_meant,
    )
    from rules.clocks.section import (
        ColourPolicy as ColourPolicy,
        LengthText as LengthText,
        LimitText as LimitText,
        OfficePolicy as OfficePolicy,
        Section as Section,
        Several as Several,
        ZoneName as ZoneName,
    )
    from rules.clocks.selftest import Case as Case, Outcome as Outcome, check_case as check_case
    from rules.clocks.shares import own_limit as own_limit, share_words as share_words
    from rules.clocks.starts import (
        ACTS as ACTS,
        USUAL_COURSE as USUAL_COURSE,
        Course as Course,
        course_of as course_of,
        start_words as start_words,
    )
    from rules.clocks.statutory import statutory_days as statutory_days
    from rules.clocks.tags import (
        KEY_NAMES as KEY_NAMES,
        NATURES as NATURES,
        URGENCIES as URGENCIES,
        Tags as Tags,
    )
    from rules.clocks.timekeeper import (
        Origin as Origin,
        Remade as Remade,
        Timekeeper as Timekeeper,
        anew as anew,
        as_made as as_made,
        followed as followed,
    )
    from rules.clocks.timeline import on_the_wall as on_the_wall
    from rules.clocks.wording import (
        chinese_date as chinese_date,
        chinese_day as chinese_day,
        chinese_due as chinese_due,
        chinese_moment as chinese_moment,
        day_and_clock as day_and_clock,
        dotted as dotted,
        due_day as due_day,
        long_instant as long_instant,
        plain_due as plain_due,
        sheet_due as sheet_due,
        short_due as short_due,
        short_instant as short_instant,
    )
    from rules.clocks.worktime import WorkCalendar as WorkCalendar
    from rules.clocks.yearly import DayBeside as DayBeside, beside as beside

__getattr__, __dir__ = lazily(
    __name__,
    {
        "assisting": ("answered_by", "assist_clock", "gaining"),
        "beyond": (
            "beyond_extension",
            "beyond_own",
            "pause_until",
            "return_over",
            "return_until",
        ),
        "calendar": (
            "CalendarDay",
            "CalendarDays",
            "Day",
            "LATE_DECEMBER",
            "Notice",
            "Span",
            "Week",
            "clock_seconds",
            "read_spans",
        ),
        "chinese_numbers": ("WRITTEN", "number"),
        "caps": ("Caps",),
        "colours": ("CROSSING_NAMES", "DEPTHS", "LEVEL_COLOURS", "colour_of", "worst"),
        "deadlines": ("Clock",),
        "derivation": ("About", "Basis", "Derivation", "Grant", "Halt", "Move"),
        "emergency": (
            "EMERGENCY_KINDS",
            "Emergency",
            "EmergencyPolicy",
            "Standstill",
            "in_time",
            "standstills",
            "touched",
            "within",
        ),
        "limits": ("Limit", "STEP_NAMES", "UNITS", "short_limit", "start_name"),
        "moments": ("MomentError", "day_start", "distance", "typed_moment"),
        "precedence": (
            "GridCodes",
            "LimitEntry",
            "Natures",
            "Paths",
            "USUAL_LIMITS",
            "Urgencies",
            "choose",
            "clash",
            "limit_words",
            "units_meant",
        ),
        "section": (
            "ColourPolicy",
            "LengthText",
            "LimitText",
            "OfficePolicy",
            "Section",
            "Several",
            "ZoneName",
        ),
        "selftest": ("Case", "Outcome", "check_case"),
        "shares": ("own_limit", "share_words"),
        "starts": ("ACTS", "Course", "USUAL_COURSE", "course_of", "start_words"),
        "statutory": ("statutory_days",),
        "tags": ("KEY_NAMES", "NATURES", "Tags", "URGENCIES"),
        "timekeeper": (
            "Origin",
            "Remade",
            "Timekeeper",
            "anew",
            "as_made",
            "followed",
        ),
        "timeline": ("on_the_wall",),
        "wording": (
            "chinese_date",
            "chinese_day",
            "chinese_due",
            "chinese_moment",
            "day_and_clock",
            "dotted",
            "due_day",
            "long_instant",
            "plain_due",
            "sheet_due",
            "short_due",
            "short_instant",
        ),
        "worktime": ("WorkCalendar",),
        "yearly": ("DayBeside", "beside"),
    },
)
