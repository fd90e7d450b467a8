"""What happens to a ticket, one verb each, inside the caller's transaction."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.acts.amending import amend as amend
    from models.acts.amending import correct as correct
    from models.acts.answering import assist as assist
    from models.acts.answering import reply as reply
    from models.acts.answering import send_back as send_back
    from models.acts.ending import close as close
    from models.acts.ending import reopen as reopen
    from models.acts.ending import rework as rework
    from models.acts.handing import dispatch as dispatch
    from models.acts.handing import join as join
    from models.acts.handing import take_back as take_back
    from models.acts.rating import rate as rate
    from models.acts.reporting import acknowledge as acknowledge
    from models.acts.reporting import contact as contact
    from models.acts.reporting import note as note
    from models.acts.reporting import progress as progress

__getattr__, __dir__ = lazily(
    __name__,
    {
        "amending": ("amend", "correct",),
        "answering": ("assist", "reply", "send_back",),
        "ending": ("close", "reopen", "rework",),
        "handing": ("dispatch", "join", "take_back",),
        "rating": ("rate",),
        "reporting": ("acknowledge", "contact", "note", "progress",),
    },
)
