"""答复: what units answer, and what is sent back to them."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from models.acts.recording import act, not_before, require, tell
from models.clocks import settle
from models.matter import Matter
from models.store import Work
from models.tables import Reply, RoundUnit
from rules.errors import Refused
from rules.text import plain, stock_phrase


def reply(
    work: Work,
    matter: Matter,
    text: str | None,
    *,
    at: datetime | None = None,
    outcome: str | None = None,
) -> Matter:
    """答复: the unit's answer; the centre's judgement is awaited from now.

    ``outcome`` is what the unit says came of it; closing takes it unless told otherwise.
    """
    when = at or work.at
    require(matter, "waiting", "dispatched", "acknowledged", act="登记答复")
    not_before(matter, when, matter.dispatched_at or matter.opened_at, "答复", "交办")
    judged = work.rows("SELECT max(judged_at) AS at FROM reply WHERE round_id = :r",
                       r=matter.round_id)[0][0]  # fmt: skip
    not_before(matter, when, judged, "答复", "退回")
    payload: dict[str, Any] = {}
    if text:
        stock = keep_reply(work, matter, matter.unit_id, text, when, outcome)
        payload = {"stock": stock} if stock else {}
    return act(
        work, matter, "ticket.reply", when, payload=payload or None, reply=text or matter.reply,
        replied_at=when, first_replied_at=matter.first_replied_at or when,
    )  # fmt: skip


def send_back(work: Work, matter: Matter, reason: str) -> Matter:
    """退回: the centre does not accept the reply; the close clock never stopped."""
    require(matter, "replied", act="退回")
    judge(work, matter, accepted=False, reason=reason)
    return act(
        work, matter, "ticket.send_back", work.at, reason=reason, replied_at=None,
        first_replied_at=matter.first_replied_at or matter.replied_at,
    )  # fmt: skip


def assist(work: Work, matter: Matter, unit_id: int, text: str) -> Matter:
    """协办反馈: a co-unit's part of the answer; its own clock stops."""
    found = work.rows("SELECT id, version, joined_at, replied_at FROM round_unit "
                      "WHERE round_id = :r AND unit_id = :u", r=matter.round_id, u=unit_id)
    if not found or found[0][3] is not None:
        raise Refused(f"{matter.number} 没有该单位待反馈的协办：请核对单位")
    id, version, joined_at, _ = found[0]
    not_before(matter, work.at, joined_at, "协办反馈", "交办")
    keep_reply(work, matter, unit_id, text, work.at, None)
    work.update(RoundUnit, id, version, replied_at=work.at)
    tell(work, matter, "ticket.assist", work.at, unit_id=unit_id)
    return settle(work, matter.ticket_id)


def keep_reply(
    work: Work, matter: Matter, unit_id: int | None, text: str, when: datetime, outcome: str | None
) -> str | None:
    """Keep one reply among all; return why it is 套话, if it is."""
    key = sha256(plain(text).encode()).hexdigest()[:32]
    copied = work.one("SELECT 1 FROM reply WHERE text_key = :k AND round_id <> :r",
                      k=key, r=matter.round_id)  # fmt: skip
    stock = stock_phrase(text, [text] if copied else ())
    work.insert(
        Reply, round_id=matter.round_id, unit_id=unit_id, at=when, recorded_at=work.now, text=text,
        text_key=key, stock=stock, outcome=outcome,
    )  # fmt: skip
    return stock


def judge(work: Work, matter: Matter, *, accepted: bool, reason: str | None) -> str | None:
    """Write the centre's judgement on the reply that awaits it; return the outcome it claims."""
    found = work.rows(_AWAITING, r=matter.round_id, unit=matter.unit_id)
    if not found:
        return None
    id, version, outcome = found[0]
    work.update(Reply, id, version, judged_at=work.at, accepted=accepted, judged_reason=reason)
    return None if outcome is None else str(outcome)


_AWAITING = """
SELECT id, version, outcome FROM reply
WHERE round_id = :r AND unit_id = :unit AND judged_at IS NULL ORDER BY id DESC LIMIT 1
"""
