"""What happens to a ticket, one verb each, inside the caller's transaction."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.acts.amending import amend as amend, correct as correct
    from models.acts.answering import assist as assist, reply as reply, send_back as send_back
    from models.acts.ending import close as close, reopen as reopen, rework as rework
    from models.acts.handing import dispatch as dispatch, join as join, take_back as take_back
    from models.acts.rating import rate as rate
    from models.acts.reporting import (
        acknowledge as acknowledge,
        contact as contact,
        note as note,
        progress as progress,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "amending": ("amend", "correct"),
        "answering": ("assist", "reply", "send_back"),
        "ending": ("close", "reopen", "rework"),
        "handing": ("dispatch", "join", "take_back"),
        "rating": ("rate",),
        "reporting": ("acknowledge", "contact", "note", "progress"),
    },
)
