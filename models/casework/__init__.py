"""Casework as people do it: one verb for one or many tickets, by somebody who may."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.casework.after import rate as rate
    from models.casework.after import reopen as reopen
    from models.casework.after import rework as rework
    from models.casework.answering import assist as assist
    from models.casework.answering import close as close
    from models.casework.answering import reply as reply
    from models.casework.answering import send_back as send_back
    from models.casework.doing import Done as Done
    from models.casework.doing import lapse as lapse
    from models.casework.extending import ask_extension as ask_extension
    from models.casework.extending import grant_extension as grant_extension
    from models.casework.extending import refuse_extension as refuse_extension
    from models.casework.handing import dispatch as dispatch
    from models.casework.handing import join as join
    from models.casework.instructing import fulfil as fulfil
    from models.casework.instructing import instruct as instruct
    from models.casework.pausing import ask_pause as ask_pause
    from models.casework.pausing import grant_pause as grant_pause
    from models.casework.pausing import refuse_pause as refuse_pause
    from models.casework.pausing import resume as resume
    from models.casework.reporting import acknowledge as acknowledge
    from models.casework.reporting import contact as contact
    from models.casework.reporting import note as note
    from models.casework.reporting import progress as progress
    from models.casework.returning import arbitrate as arbitrate
    from models.casework.returning import ask_return as ask_return
    from models.casework.returning import grant_return as grant_return
    from models.casework.returning import refuse_return as refuse_return
    from models.casework.routing import Campaigns as Campaigns
    from models.casework.routing import Routed as Routed
    from models.casework.routing import Router as Router
    from models.casework.routing import Suggestion as Suggestion
    from models.casework.routing import Suggestions as Suggestions
    from models.casework.undoing import Undoable as Undoable
    from models.casework.undoing import redo as redo
    from models.casework.undoing import undo as undo
    from models.casework.urging import Reminded as Reminded
    from models.casework.urging import urge as urge
    from models.casework.urging import urge_by_phone as urge_by_phone

__getattr__, __dir__ = lazily(
    __name__,
    {
        "after": ("rate", "reopen", "rework",),
        "answering": ("assist", "close", "reply", "send_back",),
        "doing": ("Done", "lapse",),
        "extending": ("ask_extension", "grant_extension", "refuse_extension",),
        "handing": ("dispatch", "join",),
        "instructing": ("fulfil", "instruct",),
        "pausing": ("ask_pause", "grant_pause", "refuse_pause", "resume",),
        "reporting": ("acknowledge", "contact", "note", "progress",),
        "returning": ("arbitrate", "ask_return", "grant_return", "refuse_return",),
        "routing": ("Campaigns", "Routed", "Router", "Suggestion", "Suggestions",),
        "undoing": ("Undoable", "redo", "undo",),
        "urging": ("Reminded", "urge", "urge_by_phone",),
    },
)
