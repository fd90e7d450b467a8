"""答复: what units answer, and what is sent back to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from models.casework.doing import change, tell
from models.clocks import settle
from models.matter import Matter
from models.store import Query, Work
from models.tables import Reply, RoundUnit
from rules.errors import Refused
from rules.text import plain_words, stock_phrase


def reply(
    work: Work,
    matter: Matter,
    *,
    text: str | None,
    outcome: str | None = None,
    at: datetime | None = None,
) -> Matter:
    """答复: the unit's answer; the centre's judgement is awaited from now.

    ``outcome`` is what the unit says came of it; closing takes it unless told otherwise. A file
    may tell of an answer without its text.
    """
    when = at or work.at
    stock = None
    if text:
        kept, stock = keep_reply(work, matter, matter.unit_id, text, when, outcome)
        matter = replace(matter, awaiting_id=kept, awaiting_version=1, awaiting_outcome=outcome)
    changed = change(
        work,
        matter,
        reply=text or matter.reply,
        replied_at=when,
        first_replied_at=matter.first_replied_at or when,
    )
    tell(work, changed, "reply", at=when, payload={"stock": stock} if stock else None)
    return settle(work, changed)


def send_back(work: Work, matter: Matter, *, reason: str) -> Matter:
    """退回: the reply is not accepted; the close clock is as if it had never stopped."""
    judged = judge_reply(work, matter, accepted=False, reason=reason)
    first = matter.first_replied_at or matter.replied_at
    changed = change(work, judged, replied_at=None, first_replied_at=first)
    tell(work, changed, "send_back", reason=reason)
    return settle(work, changed)


def assist(work: Work, matter: Matter, *, unit_id: int, text: str) -> Matter:
    """协办反馈: a co-unit's part; its own clock stops, the lead unit still answers."""
    found = work.first(_CO_UNIT, round=matter.round_id, unit=unit_id)
    if found is None or found.replied_at is not None:
        raise Refused("没有该单位待反馈的协办：请核对单位")
    if found.joined_at is not None and work.at < found.joined_at:
        raise Refused("协办反馈时间早于交办时间：请核对时间")
    keep_reply(work, matter, unit_id, text, work.at, None)
    work.update(RoundUnit, found.id, found.version, {"replied_at": None}, replied_at=work.at)
    tell(work, matter, "assist", unit_id=unit_id)
    return settle(work, matter)


def keep_reply(
    work: Work, matter: Matter, unit_id: int | None, text: str, when: datetime, outcome: str | None
) -> tuple[int, str | None]:
    """Keep one reply among all; return its id, and why it is 套话 if it is."""
    key = sha256(plain_words(text).encode()).hexdigest()[:32]
    copied = work.value(_COPIED, key=key, round=matter.round_id)
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
    )
    return id, stock


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


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A co-unit's place in a round."""

    id: int
    version: int
    joined_at: datetime | None
    replied_at: datetime | None


_CO_UNIT = Query(
    _CoUnit,
    "SELECT id, version, joined_at, replied_at FROM round_unit "
    "WHERE round_id = :round AND unit_id = :unit",
)
_COPIED = "SELECT 1 FROM reply WHERE text_key = :key AND round_id <> :round"
