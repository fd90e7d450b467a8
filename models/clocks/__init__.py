"""Stored clocks: put, stopped, moved, settled; what they crossed; the rules they go by."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.clocks.beginning import NewClocks as NewClocks
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
    from models.clocks.changing import (
        Due as Due,
        Otherwise as Otherwise,
        follow as follow,
        otherwise as otherwise,
        refile as refile,
        remember as remember,
    )
    from models.clocks.derivations import (
        KeeperOf as KeeperOf,
        StoredDerivation as StoredDerivation,
        order_derivations as order_derivations,
        ticket_derivations as ticket_derivations,
    )
    from models.clocks.granted import (
        PauseEnd as PauseEnd,
        PauseRow as PauseRow,
        begin_pause as begin_pause,
        go_on as go_on,
        hold_for_account as hold_for_account,
        mark_over as mark_over,
        pauses_end as pauses_end,
        prolong_account as prolong_account,
        refuse_pause_row as refuse_pause_row,
        request_pause as request_pause,
        requested_pause as requested_pause,
        reword_pauses as reword_pauses,
        stand_still as stand_still,
    )
    from models.clocks.past import (
        DUE_THEN as DUE_THEN,
        clocks_due as clocks_due,
        clocks_of_ids as clocks_of_ids,
    )
    from models.clocks.policies import (
        load_policy as load_policy,
        rehearse_policy as rehearse_policy,
    )
    from models.clocks.reading import (
        Ledger as Ledger,
        RunningClock as RunningClock,
        clocks_of as clocks_of,
        clocks_of_matter as clocks_of_matter,
        clocks_of_subjects as clocks_of_subjects,
        load_clocks as load_clocks,
        without_clocks as without_clocks,
    )
    from models.clocks.recount import (
        Counting as Counting,
        NewRules as NewRules,
        uncollected as uncollected,
    )
    from models.clocks.rehearsal import (
        SAMPLE as SAMPLE,
        Rehearsal as Rehearsal,
        SampleRow as SampleRow,
        named_subjects as named_subjects,
        unit_names as unit_names,
    )
    from models.clocks.restoring import (
        forget_clocks as forget_clocks,
        forget_crossings as forget_crossings,
        recall_worst as recall_worst,
        restore_clock as restore_clock,
    )
    from models.clocks.settling import (
        EXTENDED as EXTENDED,
        begin_unlimited as begin_unlimited,
        settle as settle,
    )
    from models.clocks.sharing import sooner as sooner
    from models.clocks.standing_still import (
        emergencies as emergencies,
        load_standstills as load_standstills,
    )
    from models.clocks.stored import (
        Clocks as Clocks,
        StoredClock as StoredClock,
        Subject as Subject,
    )
    from models.clocks.sweeping import SweepResult as SweepResult, sweep as sweep

__getattr__, __dir__ = lazily(
    __name__,
    {
        "beginning": ("NewClocks",),
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
        "changing": ("Due", "Otherwise", "follow", "otherwise", "refile", "remember"),
        "derivations": ("KeeperOf", "StoredDerivation", "order_derivations", "ticket_derivations"),
        "granted": (
            "PauseEnd",
            "PauseRow",
            "begin_pause",
            "go_on",
            "hold_for_account",
            "mark_over",
            "pauses_end",
            "prolong_account",
            "refuse_pause_row",
            "request_pause",
            "requested_pause",
            "reword_pauses",
            "stand_still",
        ),
        "past": ("DUE_THEN", "clocks_due", "clocks_of_ids"),
        "policies": ("load_policy", "rehearse_policy"),
        "reading": (
            "Ledger",
            "RunningClock",
            "clocks_of",
            "clocks_of_matter",
            "clocks_of_subjects",
            "load_clocks",
            "without_clocks",
        ),
        "recount": ("Counting", "NewRules", "uncollected"),
        "rehearsal": ("SAMPLE", "Rehearsal", "SampleRow", "named_subjects", "unit_names"),
        "restoring": ("forget_clocks", "forget_crossings", "recall_worst", "restore_clock"),
        "settling": (
            "EXTENDED",
            "begin_unlimited",
            "settle",
        ),
        "sharing": ("sooner",),
        "standing_still": ("emergencies", "load_standstills"),
        "stored": ("Clocks", "StoredClock", "Subject"),
        "sweeping": ("SweepResult", "sweep"),
    },
)
