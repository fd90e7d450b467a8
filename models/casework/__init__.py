"""Casework as people do it: one verb for one or many tickets, by somebody who may."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.casework.after import rate as rate, reopen as reopen, rework as rework
    from models.casework.answering import (
        assist as assist,
        close as close,
        reply as reply,
        send_back as send_back,
    )
    from models.casework.doing import Done as Done, lapse as lapse
    from models.casework.extending import (
        ask_extension as ask_extension,
        grant_extension as grant_extension,
        refuse_extension as refuse_extension,
    )
    from models.casework.handing import dispatch as dispatch, join as join
    from models.casework.instructing import fulfil as fulfil, instruct as instruct
    from models.casework.pausing import (
        ask_pause as ask_pause,
        grant_pause as grant_pause,
        refuse_pause as refuse_pause,
        resume as resume,
    )
    from models.casework.reporting import (
        acknowledge as acknowledge,
        contact as contact,
        note as note,
        progress as progress,
    )
    from models.casework.returning import (
        arbitrate as arbitrate,
        ask_return as ask_return,
        grant_return as grant_return,
        refuse_return as refuse_return,
    )
    from models.casework.routing import (
        Campaigns as Campaigns,
        Routed as Routed,
        Router as Router,
        Suggestion as Suggestion,
        Suggestions as Suggestions,
    )
    from models.casework.undoing import Undoable as Undoable, redo as redo, undo as undo
    from models.casework.urging import (
        Reminded as Reminded,
        urge as urge,
        urge_by_phone as urge_by_phone,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "after": ("rate", "reopen", "rework"),
        "answering": ("assist", "close", "reply", "send_back"),
        "doing": ("Done", "lapse"),
        "extending": ("ask_extension", "grant_extension", "refuse_extension"),
        "handing": ("dispatch", "join"),
        "instructing": ("fulfil", "instruct"),
        "pausing": ("ask_pause", "grant_pause", "refuse_pause", "resume"),
        "reporting": ("acknowledge", "contact", "note", "progress"),
        "returning": ("arbitrate", "ask_return", "grant_return", "refuse_return"),
        "routing": ("Campaigns", "Routed", "Router", "Suggestion", "Suggestions"),
        "undoing": ("Undoable", "redo", "undo"),
        "urging": ("Reminded", "urge", "urge_by_phone"),
    },
)
