"""What every act does: ask whether it may, change the round and its state, tell the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.clocks import settle
from models.matter import Matter, load_matter
from models.store import Work
from models.tables import Round
from rules.casework import state_of, status_label
from rules.errors import Refused


def act(
    work: Work,
    matter: Matter,
    verb: str,
    when: datetime,
    *,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
    **changes: Any,
) -> Matter:
    """Change the round, record it, and let the clocks follow."""
    change(work, matter, **changes)
    tell(work, matter, verb, when, reason=reason, payload=payload)
    return settle(work, matter.ticket_id)


def change(work: Work, matter: Matter, **changes: Any) -> None:
    """Change the round and the state that follows from its acts."""
    work.update(Round, matter.round_id, matter.round_version, **changes)
    now = load_matter(work.rows, matter.ticket_id)
    state = state_of(now.acts)
    if state != now.state:
        work.update(Round, now.round_id, now.round_version, state=state)


def require(matter: Matter, *states: str, act: str) -> None:
    """Refuse an act in another state than ``states``."""
    if matter.state not in states:
        status = status_label("ticket", matter.state)
        raise Refused(f"{matter.number} 现在是“{status}”，不能{act}：请核对后再办")


def not_before(
    matter: Matter, when: datetime, earlier: datetime | None, act: str, before: str
) -> None:
    """Refuse an act dated before the one it follows."""
    if earlier is not None and when < earlier:
        raise Refused(f"{matter.number} 的{act}时间早于{before}时间：请核对时间")


def written(text: str, what: str) -> str:
    """Return a text that must not be empty."""
    if not text.strip():
        raise Refused(f"{what}不能为空：请填写后再办")
    return text.strip()


def tell(
    work: Work,
    matter: Matter,
    verb: str,
    when: datetime,
    *,
    unit_id: int | None = None,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
) -> None:
    """Record an act in the trail."""
    work.event(verb, "ticket", matter.ticket_id, unit_id=unit_id or matter.unit_id, at=when,
               reason=reason, payload=payload)  # fmt: skip
