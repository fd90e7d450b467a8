"""Casework as people do it: one verb for one or many tickets, by somebody who may.

Every verb checks (rules.lifecycle), changes and records in one transaction; takes ``at``, when it
happened, and ``seen``, the versions that were looked at; and is one act to undo (models.undo).
"""

from models.casework.after import rate, reopen, rework
from models.casework.answering import assist, close, reply, send_back
from models.casework.deciding import keep, take
from models.casework.doing import Done, Seen
from models.casework.extending import ask_extension, grant_extension, refuse_extension
from models.casework.handing import dispatch, join
from models.casework.instructing import fulfil, instruct
from models.casework.pausing import ask_pause, grant_pause, refuse_pause, resume
from models.casework.reporting import acknowledge, contact, note, progress
from models.casework.returning import arbitrate, ask_return, grant_return, refuse_return
from models.casework.urging import Reminded, Urging, urge, urge_by_phone
from models.casework.wording import OUTCOMES, RETURN_CODES

__all__ = [
    "OUTCOMES", "RETURN_CODES", "Done", "Reminded", "Seen", "Urging", "acknowledge", "arbitrate",
    "ask_extension", "ask_pause", "ask_return", "assist", "close", "contact", "dispatch", "fulfil",
    "grant_extension", "grant_pause", "grant_return", "instruct", "join", "keep", "note",
    "progress", "rate", "refuse_extension", "refuse_pause", "refuse_return", "reopen", "reply",
    "resume", "rework", "send_back", "take", "urge", "urge_by_phone",
]  # fmt: skip
