"""Personal data: looked at for a reason on record, kept no longer than the policy says."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.privacy.erasing import (
        Request as Request,
        approve_erasure as approve_erasure,
        ask_erasure as ask_erasure,
        due_now as due_now,
        refuse_erasure as refuse_erasure,
        requests as requests,
    )
    from models.privacy.handover import (
        DueStep as DueStep,
        Handed as Handed,
        Handover as Handover,
        hand_over as hand_over,
        hand_over_day as hand_over_day,
    )
    from models.privacy.looking import (
        Seen as Seen,
        look as look,
        look_to_call as look_to_call,
    )
    from models.privacy.retention import Closed as Closed, Due as Due, hold as hold, lift as lift

__getattr__, __dir__ = lazily(
    __name__,
    {
        "erasing": (
            "Request",
            "approve_erasure",
            "ask_erasure",
            "due_now",
            "refuse_erasure",
            "requests",
        ),
        "handover": ("DueStep", "Handed", "Handover", "hand_over", "hand_over_day"),
        "looking": ("Seen", "look", "look_to_call"),
        "retention": ("Closed", "Due", "hold", "lift"),
    },
)
