"""Taking files in and giving tickets out."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.intake.attaching import (
        Attached as Attached,
        NamedUnit as NamedUnit,
        attach_units as attach_units,
        named_units as named_units,
    )
    from models.intake.conflicts import keep_ours as keep_ours, take_theirs as take_theirs
    from models.intake.entering import (
        HAND as HAND,
        Entered as Entered,
        enter as enter,
        enter_within as enter_within,
    )
    from models.intake.handout import (
        Handout as Handout,
        HandoutLine as HandoutLine,
        make_handouts as make_handouts,
    )
    from models.intake.newcomers import (
        Lookups as Lookups,
        Newcomer as Newcomer,
        newcomer as newcomer,
        set_aside as set_aside,
    )
    from models.intake.outgoing import (
        Wanted as Wanted,
        outgoing_tickets as outgoing_tickets,
        record_export as record_export,
        withheld_tickets as withheld_tickets,
    )
    from models.intake.profiles import (
        KeptProfile as KeptProfile,
        drop_profile as drop_profile,
        kept_profiles as kept_profiles,
        save_profile as save_profile,
    )
    from models.intake.registering import register as register
    from models.intake.remembered import (
        Digester as Digester,
        without_personal as without_personal,
    )
    from models.intake.reports import (
        AS_RECEIVED as AS_RECEIVED,
        CREDIT as CREDIT,
        DISCREDIT as DISCREDIT,
        decide_reports as decide_reports,
    )
    from models.intake.results import IntakeResult as IntakeResult
    from models.intake.taking import STRICT as STRICT, take_in as take_in

__getattr__, __dir__ = lazily(
    __name__,
    {
        "attaching": ("Attached", "NamedUnit", "attach_units", "named_units"),
        "conflicts": ("keep_ours", "take_theirs"),
        "entering": ("Entered", "HAND", "enter", "enter_within"),
        "handout": ("Handout", "HandoutLine", "make_handouts"),
        "newcomers": ("Lookups", "Newcomer", "newcomer", "set_aside"),
        "outgoing": ("Wanted", "outgoing_tickets", "record_export", "withheld_tickets"),
        "profiles": ("KeptProfile", "drop_profile", "kept_profiles", "save_profile"),
        "registering": ("register",),
        "remembered": ("Digester", "without_personal"),
        "reports": ("AS_RECEIVED", "CREDIT", "DISCREDIT", "decide_reports"),
        "results": ("IntakeResult",),
        "taking": ("STRICT", "take_in"),
    },
)
