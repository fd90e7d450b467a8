"""Casework as people do it: one verb for one or many tickets, by somebody who may."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.casework.accused import (
        REFUSED as REFUSED,
        AccusedUnit as AccusedUnit,
        accused_units as accused_units,
        kept_out as kept_out,
    )
    from models.casework.accusing import suspect as suspect
    from models.casework.acting_first import settle_first as settle_first
    from models.casework.amending import amend as amend, correct as correct
    from models.casework.answering import (
        acknowledge as acknowledge,
        reply as reply,
        reply_key as reply_key,
    )
    from models.casework.attachments import (
        AttachmentView as AttachmentView,
        Checked as Checked,
        Measured as Measured,
        attach as attach,
        attachments_of as attachments_of,
        check_attachments as check_attachments,
        detach as detach,
        keep_attachment as keep_attachment,
        keep_new as keep_new,
        measure as measure,
        measured as measured,
    )
    from models.casework.callbacks import (
        callback as callback,
        calling_hours as calling_hours,
        keep_call as keep_call,
        tried_enough as tried_enough,
    )
    from models.casework.carrying import (
        Done as Done,
        Kind as Kind,
        Known as Known,
        Own as Own,
        Seen as Seen,
        carry_out as carry_out,
        require_unmoved as require_unmoved,
    )
    from models.casework.closing import (
        GivenRating as GivenRating,
        rate as rate,
        rate_many as rate_many,
        rework as rework,
    )
    from models.casework.directory import (
        DUTY as DUTY,
        LINES as LINES,
        Directory as Directory,
        StoredLine as StoredLine,
        Sure as Sure,
        directory_of as directory_of,
        line_of as line_of,
    )
    from models.casework.disputing import open_dispute as open_dispute
    from models.casework.doing import finish as finish, tell as tell
    from models.casework.extending import refuse_beyond as refuse_beyond
    from models.casework.found import (
        Disputable as Disputable,
        Unsatisfied as Unsatisfied,
        blamed_units as blamed_units,
        closed_late as closed_late,
        handed_matters as handed_matters,
        known_as as known_as,
        unsatisfied_matters as unsatisfied_matters,
    )
    from models.casework.handing import (
        arbitrate as arbitrate,
        dispatch as dispatch,
        help_with as help_with,
        only_told as only_told,
    )
    from models.casework.late import (
        late_and_closed as late_and_closed,
        late_matters as late_matters,
        matters_in_hand as matters_in_hand,
    )
    from models.casework.leading import (
        close_due as close_due,
        leave_by_itself as leave_by_itself,
        led_by as led_by,
        let_all_go as let_all_go,
        membership as membership,
    )
    from models.casework.relimiting import Relimited as Relimited
    from models.casework.resuming import Ended as Ended, end_pauses_up as end_pauses_up
    from models.casework.reviewing import (
        REVIEWS as REVIEWS,
        RoundReview as RoundReview,
        decide as decide,
        let_go as let_go,
        open_review as open_review,
        reopen_review as reopen_review,
        require_in_hand as require_in_hand,
        review_clocks as review_clocks,
        start_review_clock as start_review_clock,
    )
    from models.casework.routing import (
        Routed as Routed,
        Router as Router,
        facts_of as facts_of,
    )
    from models.casework.undoing import Undoable as Undoable, redo as redo, undo as undo
    from models.casework.urging import Reminded as Reminded
    from models.casework.verbs import (
        do_told as do_told,
        rehearse as rehearse,
        step_told as step_told,
        take as take,
        take_within as take_within,
        tell_by_file as tell_by_file,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "accused": ("AccusedUnit", "REFUSED", "accused_units", "kept_out"),
        "attachments": (
            "AttachmentView",
            "Checked",
            "Measured",
            "attach",
            "attachments_of",
            "check_attachments",
            "detach",
            "keep_attachment",
            "keep_new",
            "measure",
            "measured",
        ),
        "accusing": ("suspect",),
        "acting_first": ("settle_first",),
        "amending": ("amend", "correct"),
        "answering": ("acknowledge", "reply", "reply_key"),
        "callbacks": ("callback", "calling_hours", "keep_call", "tried_enough"),
        "carrying": ("Done", "Kind", "Known", "Own", "Seen", "carry_out", "require_unmoved"),
        "closing": ("GivenRating", "rate", "rate_many", "rework"),
        "directory": (
            "DUTY",
            "LINES",
            "Directory",
            "StoredLine",
            "Sure",
            "directory_of",
            "line_of",
        ),
        "disputing": ("open_dispute",),
        "doing": ("finish", "tell"),
        "extending": ("refuse_beyond",),
        "leading": ("close_due", "leave_by_itself", "led_by", "let_all_go", "membership"),
        "found": (
            "Disputable",
            "Unsatisfied",
            "blamed_units",
            "closed_late",
            "handed_matters",
            "known_as",
            "unsatisfied_matters",
        ),
        "handing": ("arbitrate", "dispatch", "help_with", "only_told"),
        "late": ("late_and_closed", "late_matters", "matters_in_hand"),
        "relimiting": ("Relimited",),
        "resuming": ("Ended", "end_pauses_up"),
        "reviewing": (
            "REVIEWS",
            "RoundReview",
            "decide",
            "let_go",
            "open_review",
            "reopen_review",
            "require_in_hand",
            "review_clocks",
            "start_review_clock",
        ),
        "routing": ("Routed", "Router", "facts_of"),
        "undoing": ("Undoable", "redo", "undo"),
        "urging": ("Reminded",),
        "verbs": ("do_told", "rehearse", "step_told", "take", "take_within", "tell_by_file"),
    },
)
