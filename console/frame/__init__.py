"""What every screen and the app are built on: keys, theme, jobs, the session with the store."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.frame.base import FullScreen as FullScreen, Host as Host
    from console.frame.bound import bindings as bindings, live as live, shown as shown
    from console.frame.cell_keys import CELL_MATTERS as CELL_MATTERS, OPINIONS as OPINIONS
    from console.frame.cells import (
        ELLIPSIS as ELLIPSIS,
        cut as cut,
        fit as fit,
        hang as hang,
        tail as tail,
        wrap as wrap,
    )
    from console.frame.clock_keys import CALENDAR as CALENDAR, PAST as PAST
    from console.frame.config import Config as Config, read_config as read_config
    from console.frame.due_dates import typed_due as typed_due
    from console.frame.ending import SIGNALLED as SIGNALLED, EndingApp as EndingApp
    from console.frame.failure import told as told
    from console.frame.gate import WRITES as WRITES, barred as barred
    from console.frame.grid_keys import GRID as GRID
    from console.frame.inputmethod import InputMethod as InputMethod
    from console.frame.jobs import (
        SETTLED as SETTLED,
        Again as Again,
        Refusal as Refusal,
        Say as Say,
        collect_again as collect_again,
        start as start,
    )
    from console.frame.keys import (
        CALLING as CALLING,
        CELLS as CELLS,
        DESK as DESK,
        DISCLOSED as DISCLOSED,
        ENTITIES as ENTITIES,
        ENTRY as ENTRY,
        EVERYWHERE as EVERYWHERE,
        FIGURES as FIGURES,
        FIRST_RUN as FIRST_RUN,
        IMPORT as IMPORT,
        INSIGHT as INSIGHT,
        LIST as LIST,
        MATTERS as MATTERS,
        ORDERS as ORDERS,
        PAGE as PAGE,
        QUEUE as QUEUE,
        RANKING as RANKING,
        RECORD as RECORD,
        REVIEW as REVIEW,
        REVIEWED as REVIEWED,
        SCOPES as SCOPES,
        TICKET as TICKET,
        UNIT as UNIT,
        UNITS as UNITS,
    )
    from console.frame.lines import Header as Header, HintLine as HintLine, StatusLine as StatusLine
    from console.frame.opening import (
        exists as exists,
        open_settled as open_settled,
        plain_text as plain_text,
        system_user as system_user,
    )
    from console.frame.paper_keys import (
        CAMPAIGNS as CAMPAIGNS,
        COUNCILS as COUNCILS,
        DIRECTORY as DIRECTORY,
        LETTERS as LETTERS,
        POLICE as POLICE,
        RECEPTIONS as RECEPTIONS,
        REPORTS as REPORTS,
    )
    from console.frame.plain import Plain as Plain
    from console.frame.reception_keys import (
        MEETING as MEETING,
        MEETINGS as MEETINGS,
        RECEPTION_DAYS as RECEPTION_DAYS,
        RECEPTION_PLACES as RECEPTION_PLACES,
    )
    from console.frame.seen import NEVER as NEVER, Drawn as Drawn, Seen as Seen
    from console.frame.session import (
        Bureau as Bureau,
        Opener as Opener,
        Session as Session,
        act_in_words as act_in_words,
        open_session as open_session,
        runway_warning as runway_warning,
    )
    from console.frame.settings import (
        Settings as Settings,
        WrongUsage as WrongUsage,
        calling as calling,
        coming_instant as coming_instant,
        config_file as config_file,
        demo_store as demo_store,
        drafts_dir as drafts_dir,
        exports_dir as exports_dir,
        log_file as log_file,
        own_store as own_store,
        read as read,
        shown_target as shown_target,
        store_target as store_target,
        typed_instant as typed_instant,
    )
    from console.frame.shared_keys import Key as Key
    from console.frame.terminal import Terminal as Terminal
    from console.frame.theme import (
        ASCII as ASCII,
        COLOUR_NAMES as COLOUR_NAMES,
        SHORT_STEPS as SHORT_STEPS,
        THEMES as THEMES,
        UNICODE as UNICODE,
        Symbols as Symbols,
        colour_name as colour_name,
        colour_text as colour_text,
        colour_word as colour_word,
    )
    from console.frame.unkeyed_keys import UNKEYED as UNKEYED
    from console.frame.visit_keys import ROTA as ROTA, VISITS as VISITS

__getattr__, __dir__ = lazily(
    __name__,
    {
        "base": ("FullScreen", "Host"),
        "bound": ("bindings", "live", "shown"),
        "cells": ("ELLIPSIS", "cut", "fit", "hang", "tail", "wrap"),
        "clock_keys": ("CALENDAR", "PAST"),
        "config": ("Config", "read_config"),
        "due_dates": ("typed_due",),
        "ending": ("EndingApp", "SIGNALLED"),
        "failure": ("told",),
        "gate": ("WRITES", "barred"),
        "inputmethod": ("InputMethod",),
        "jobs": ("Again", "Refusal", "SETTLED", "Say", "collect_again", "start"),
        "keys": (
            "CALLING",
            "CELLS",
            "DESK",
            "DISCLOSED",
            "ENTITIES",
            "ENTRY",
            "EVERYWHERE",
            "FIGURES",
            "FIRST_RUN",
            "IMPORT",
            "LIST",
            "MATTERS",
            "INSIGHT",
            "ORDERS",
            "PAGE",
            "QUEUE",
            "RANKING",
            "REVIEWED",
            "RECORD",
            "REVIEW",
            "SCOPES",
            "TICKET",
            "UNIT",
            "UNITS",
        ),
        "grid_keys": ("GRID",),
        "cell_keys": ("CELL_MATTERS", "OPINIONS"),
        "unkeyed_keys": ("UNKEYED",),
        "paper_keys": (
            "CAMPAIGNS",
            "COUNCILS",
            "DIRECTORY",
            "LETTERS",
            "POLICE",
            "RECEPTIONS",
            "REPORTS",
        ),
        "reception_keys": ("MEETING", "MEETINGS", "RECEPTION_DAYS", "RECEPTION_PLACES"),
        "lines": ("Header", "HintLine", "StatusLine"),
        "opening": ("exists", "open_settled", "plain_text", "system_user"),
        "plain": ("Plain",),
        "seen": ("Drawn", "NEVER", "Seen"),
        "session": (
            "Bureau",
            "Opener",
            "Session",
            "act_in_words",
            "open_session",
            "runway_warning",
        ),
        "settings": (
            "Settings",
            "WrongUsage",
            "calling",
            "config_file",
            "demo_store",
            "drafts_dir",
            "exports_dir",
            "log_file",
            "own_store",
            "read",
            "shown_target",
            "store_target",
            "coming_instant",
            "typed_instant",
        ),
        "shared_keys": ("Key",),
        "terminal": ("Terminal",),
        "theme": (
            "ASCII",
            "COLOUR_NAMES",
            "SHORT_STEPS",
            "Symbols",
            "THEMES",
            "UNICODE",
            "colour_name",
            "colour_text",
            "colour_word",
        ),
        "visit_keys": ("ROTA", "VISITS"),
    },
)
