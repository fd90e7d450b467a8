"""What happens to a ticket, one verb each: check, change, event; inside the caller's transaction.

Every verb takes the matter as it was seen and returns it as it is now. ``work.at`` is when the act
happened unless ``at`` says otherwise. Order is checked here; who may act, in ``casework``.
"""

from models.acts.amending import amend, correct
from models.acts.answering import assist, reply, send_back
from models.acts.ending import close, reopen, rework
from models.acts.handing import dispatch, join, take_back
from models.acts.rating import rate
from models.acts.reporting import acknowledge, contact, note, progress

__all__ = [
    "acknowledge", "amend", "assist", "close", "contact", "correct", "dispatch", "join", "note",
    "progress", "rate", "reopen", "reply", "rework", "send_back", "take_back",
]  # fmt: skip
