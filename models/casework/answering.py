"""签收 首次联系 进度反馈 批注 答复 退回: what units tell, on the way and in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from models.casework.accusing import keep_away
from models.casework.doing import change, keep_note, tell
from models.casework.leading import followed
from models.clocks import settle
from models.matter import Matter, co_units_of
from models.store import Work
from models.tables import Reply, RoundUnit
from rules.errors import Refused
from rules.text import plain_words, stock_phrase


@followed
def acknowledge(work: Work, matter: Matter, *, at: datetime | None = None) -> Matter:
    """签收: the unit takes it."""
    when = at or work.at
    changed = change(work, matter, acknowledged_at=when)
    tell(work, changed, "acknowledge", at=when)
    return settle(work, changed)


@followed
def contact(
    work: Work, matter: Matter, *, text: str | None = None, at: datetime | None = None
) -> Matter:
    """首次联系: the unit has spoken with the citizen."""
    when = at or work.at
    note_id = keep_note(work, matter, "contact", text, when)
    changed = change(work, matter, contacted_at=when)
    payload = {"note": note_id} if note_id else None
    tell(work, changed, "contact", at=when, payload=payload)
    return settle(work, changed)


@followed
def progress(work: Work, matter: Matter, *, text: str) -> Matter:
    """进度反馈: an interim report; where the policy asks for reports, the next is counted anew."""
    note_id = keep_note(work, matter, "progress", text, work.at)
    changed = change(work, matter, progressed_at=work.at)
    tell(work, changed, "progress", payload={"note": note_id})
    return settle(work, changed)


def note(work: Work, matter: Matter, *, text: str) -> Matter:
    """批注: what somebody wants remembered; it stands in nobody's way."""
    note_id = keep_note(work, matter, "note", text, work.at)
    tell(work, matter, "note", payload={"note": note_id})
    return matter


@followed
def reply(
    work: Work,
    matter: Matter,
    *,
    text: str | None,
    outcome: str | None = None,
    filled_by: str | None = None,
    approved_by: str | None = None,
    at: datetime | None = None,
) -> Matter:
    """答复: the unit's answer; the centre's judgement is awaited from now.

    ``outcome`` is what the unit says came of it; closing takes it unless told otherwise. A file
    may tell of an answer without its text. ``filled_by`` wrote it in the unit, ``approved_by`` is
    the leader there who let it pass.
    """
    when = at or work.at
    signed = {"filled_by": filled_by, "approved_by": approved_by}
    changed, stock = answer(work, matter, text, when, outcome, signed)
    tell(work, changed, "reply", at=when, payload={"stock": stock} if stock else None)
    return settle(work, changed)


def answer(
    work: Work,
    matter: Matter,
    text: str | None,
    when: datetime,
    outcome: str | None,
    signed: Mapping[str, str | None],
    **columns: datetime,
) -> tuple[Matter, str | None]:
    """Let a matter be answered, with further ``columns`` of its round; say why if it is 套话."""
    stock = None
    if text:
        kept, stock = keep_reply(work, matter, matter.unit_id, text, when, outcome, **signed)
        matter = replace(matter, awaiting_id=kept, awaiting_version=1, awaiting_outcome=outcome)
    changed = change(
        work,
        matter,
        reply=text or matter.reply,
        replied_at=when,
        first_replied_at=matter.first_replied_at or when,
        **columns,
    )
    return changed, stock


@followed
def send_back(work: Work, matter: Matter, *, reason: str) -> Matter:
    """退回: the reply is not accepted; the close clock is as if it had never stopped.

    Nor is a 不予受理: whether to take the matter up is to be decided again.
    """
    judged = judge_reply(work, matter, accepted=False, reason=reason)
    first = matter.first_replied_at or matter.replied_at
    undone = {"declined_at": None} if matter.declined_at is not None else {}
    changed = change(work, judged, replied_at=None, first_replied_at=first, **undone)
    tell(work, changed, "send_back", reason=reason)
    return settle(work, changed)


@followed
def assist(work: Work, matter: Matter, *, unit_id: int, text: str) -> Matter:
    """协办反馈: a co-unit's part; its own clock stops, the lead unit still answers."""
    found = co_units_of(work, matter).get(unit_id)
    if found is None or found.replied_at is not None:
        raise Refused("没有该单位待反馈的协办：请核对单位")
    if found.joined_at is not None and work.at < found.joined_at:
        raise Refused("协办反馈时间早于交办时间：请核对时间")
    keep_away(work, matter, (unit_id,))
    keep_reply(work, matter, unit_id, text, work.at, None)
    work.update(RoundUnit, found.id, found.version, {"replied_at": None}, replied_at=work.at)
    tell(work, matter, "assist", unit_id=unit_id)
    return settle(work, matter)


def keep_reply(
    work: Work,
    matter: Matter,
    unit_id: int | None,
    text: str,
    when: datetime,
    outcome: str | None,
    **signed: str | None,
) -> tuple[int, str | None]:
    """Keep one reply among all; return its id, and why it is 套话 if it is."""
    key = reply_key(text)
    copied = work.value(_COPIED, key=key, round=matter.round_id)
    if copied and (matter.carries or matter.merged_into is not None):
        together = matter.merged_into or matter.ticket_id
        copied = work.value(f"{_COPIED} {_OUTSIDE}", key=key, round=matter.round_id, lead=together)
    stock = stock_phrase(text, [text] if copied else ())
    id = work.insert(
        Reply,
        round_id=matter.round_id,
        unit_id=unit_id,
        at=when,
        recorded_at=work.now,
        text=text,
        text_key=key,
        stock=stock,
        outcome=outcome,
        **signed,
    )
    return id, stock


def reply_key(text: str) -> str:
    """Return the digest of a reply's words without punctuation."""
    return sha256(plain_words(text).encode()).hexdigest()[:32]


def judge_reply(work: Work, matter: Matter, *, accepted: bool, reason: str | None) -> Matter:
    """Write the centre's judgement on the reply that awaits it, if one does."""
    if matter.awaiting_id is None or matter.awaiting_version is None:
        return matter
    work.update(
        Reply,
        matter.awaiting_id,
        matter.awaiting_version,
        {"judged_at": None, "accepted": None, "judged_reason": None},
        judged_at=work.at,
        accepted=accepted,
        judged_reason=reason,
    )
    return replace(matter, awaiting_id=None, awaiting_version=None, judged_at=work.at)


_COPIED = "SELECT 1 FROM reply WHERE text_key = :key AND round_id <> :round"

_OUTSIDE = """
AND round_id NOT IN (SELECT r.id FROM round r JOIN ticket t ON t.id = r.ticket_id
                     WHERE t.id = :lead OR t.merged_into = :lead)
"""
"""Not to those who are answered together with it (并单)."""
