"""受理 不予受理 补正: whether a matter is taken up, and what is still missing to do so."""

from __future__ import annotations

from datetime import datetime

from models.casework.answering import answer
from models.casework.doing import change, keep_note, tell
from models.casework.leading import followed
from models.clocks import clocks_of_matter, settle, stand_still
from models.matter import Matter
from models.store import Work
from rules.clocks import plain_due
from rules.errors import Refused

DECLINED = "解释说明"


@followed
def accept(
    work: Work, matter: Matter, *, reason: str | None = None, at: datetime | None = None
) -> Matter:
    """受理: the unit takes the matter up; what the policy counts from then begins."""
    when = at or work.at
    changed = change(work, matter, accepted_at=when)
    tell(work, changed, "accept", at=when, reason=reason)
    return settle(work, changed)


@followed
def decline(work: Work, matter: Matter, *, reason: str, at: datetime | None = None) -> Matter:
    """不予受理, with the reason: an answer like any other, which the centre judges."""
    when = at or work.at
    text = f"不予受理：{reason}"
    changed, stock = answer(work, matter, text, when, DECLINED, {}, declined_at=when)
    payload = {"stock": stock} if stock else None
    tell(work, changed, "decline", at=when, reason=reason, payload=payload)
    return settle(work, changed)


@followed
def ask_supplement(work: Work, matter: Matter, *, text: str) -> Matter:
    """告知补正: the citizen is asked for what is missing, all of it at once.

    The clocks that begin anew with what comes stand still until then. What is late stays late.
    """
    clocks, at = clocks_of_matter(work, matter), work.at
    halted = clocks.running(*matter.acts.awaiting)
    if not halted:
        raise Refused("没有因补正重新起算的时限在走：请核对规则")
    if late := [one for one in halted if one.due_at < at]:
        due = plain_due(work.timekeeper().local(late[0].due_at))
        raise Refused(f"时限（{due}）已过，不能再要求补正：请受理或作出答复，按超期处理")
    for one in halted:
        begin = max(at, one.started_at)
        stand_still(work, one, begin)
        clocks.halt(one, min(begin, one.paused_at or begin))
    changed = change(work, matter, supplement_asked_at=at)
    note_id = keep_note(work, matter, "ask_supplement", text, at)
    tell(work, changed, "ask_supplement", payload={"note": note_id})
    return settle(work, changed)


@followed
def supplement(
    work: Work, matter: Matter, *, text: str | None = None, at: datetime | None = None
) -> Matter:
    """收到补正: what was missing has come; the clocks that waited for it start again from zero."""
    when = at or work.at
    note_id = keep_note(work, matter, "supplement", text, when)
    changed = change(work, matter, supplemented_at=when)
    payload = {"note": note_id} if note_id else None
    tell(work, changed, "supplement", at=when, payload=payload)
    return settle(work, changed)
