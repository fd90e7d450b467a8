"""答复 and its judgement: accept (办结) or send back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models import acts
from models.casework.doing import Done, Seen, each
from models.casework.wording import one_of, written
from rules.casework import OUTCOMES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def reply(
    store: Store,
    ticket_ids: Sequence[int],
    text: str,
    *,
    outcome: str | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """答复: the unit's answer, which the centre judges next; ``outcome`` as the unit claims it."""
    said = written(text, "答复意见")
    if outcome is not None:
        one_of(outcome, OUTCOMES, "办理结果")

    def answer(work: Work, matter: Matter) -> None:
        acts.reply(work, matter, said, outcome=outcome)

    return each(store, ticket_ids, "reply", answer, at=at, seen=seen)


def assist(
    store: Store,
    ticket_ids: Sequence[int],
    unit_id: int,
    text: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """协办反馈: a co-unit's part; its own clock stops, the lead unit still answers."""
    said = written(text, "协办意见")

    def help_(work: Work, matter: Matter) -> None:
        acts.assist(work, matter, unit_id, said)

    return each(store, ticket_ids, "assist", help_, at=at, seen=seen)


def send_back(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """退回: the reply is not accepted; the close clock is as if it had never stopped."""
    why = written(reason, "退回理由")

    def refuse(work: Work, matter: Matter) -> None:
        acts.send_back(work, matter, why)

    return each(store, ticket_ids, "send_back", refuse, at=at, seen=seen)


def close(
    store: Store,
    ticket_ids: Sequence[int],
    outcome: str | None = None,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    seen: Seen | None = None,
) -> Done:
    """办结: the centre accepts what was done; without ``outcome`` as the unit claimed it."""
    if outcome is not None:
        one_of(outcome, OUTCOMES, "办理结果")

    def accept(work: Work, matter: Matter) -> None:

        closed = acts.close(work, matter, outcome, reason=reason)
        if closed.outcome is None:
            raise Refused("没有办理结果：请选择 " + "、".join(OUTCOMES))

    return each(store, ticket_ids, "close", accept, at=at, seen=seen)
