"""并单: what is done on a lead is done on every appeal merged into it; one may leave again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from models.casework.doing import finish, tell
from models.clocks import clocks_of_matter, load_clocks, settle
from models.matter import Matter, load_matters, positions
from models.store import Query, Work
from models.tables import Merged
from rules.casework import LEAVING, may_follow

P = ParamSpec("P")

Act = Callable[Concatenate[Work, Matter, P], Matter]

_LED = "led"
"""What a work keeps while an act on a lead is under way: nothing within it is followed again."""


def followed(do: Act[P]) -> Act[P]:
    """Let what a function does on a lead be done on all that is merged into it.

    An appeal on which it cannot be done leaves, where the step is one of ``LEAVING``.
    """

    @wraps(do)
    def done(work: Work, matter: Matter, /, *args: P.args, **said: P.kwargs) -> Matter:
        if not matter.carries or _LED in work.kept:
            return do(work, matter, *args, **said)
        work.kept[_LED] = matter.ticket_id
        try:
            after = do(work, matter, *args, **said)
            _follow(work, after, do, said)
        finally:
            del work.kept[_LED]
        return settle(work, after)

    return done


def _follow(work: Work, lead: Matter, do: Callable[..., Matter], said: dict[str, Any]) -> None:
    """Do on what is merged into a lead what was done on the lead."""
    merged, due = led_by(work, lead), close_due(work, lead)
    keeper, at = work.timekeeper(), said.get("at") or work.at
    told = {**said, "outcome": lead.outcome, "silent": True} if do.__name__ == "close" else said
    for one, place in zip(merged, positions(work, merged, keeper, at), strict=True):
        if may_follow(do.__name__, place):
            finish(work, one, do(work, one, **told))
        elif do.__name__ in LEAVING:
            finish(work, one, leave(work, one, "主件的办理不适用于此件", due))


def led_by(work: Work, lead: Matter) -> list[Matter]:
    """Return what is merged into a lead, in the order in which it came, its clocks read."""
    ids = [one.ticket_id for one in work.read(_MEMBERS, lead=lead.ticket_id)]
    found = load_matters(work, ids)
    load_clocks(work, found)
    return found


def settle_lead(work: Work, matter: Matter) -> None:
    """Let the clock of a lead follow that of one merged into it, which has changed by itself."""
    if matter.merged_into is not None and _LED not in work.kept:
        [lead] = load_matters(work, [matter.merged_into])
        finish(work, lead, settle(work, lead))


@dataclass(frozen=True, slots=True)
class Membership:
    """One appeal under a lead."""

    id: int
    version: int
    ticket_id: int
    lead_id: int
    lead: str
    joined_at: datetime
    told_at: datetime | None


_MEMBERSHIP = """
SELECT m.id, m.version, m.ticket_id, m.lead_id, t.number AS lead, m.joined_at, m.told_at
FROM merged m JOIN ticket t ON t.id = m.lead_id WHERE m.left_at IS NULL
"""
_MEMBERS = Query(Membership, f"{_MEMBERSHIP} AND m.lead_id = :lead ORDER BY m.id")
_OWN = Query(Membership, f"{_MEMBERSHIP} AND m.ticket_id = :ticket")


def membership(work: Work, matter: Matter) -> Membership:
    """Return how a merged appeal stands under its lead."""
    return work.read(_OWN, ticket=matter.ticket_id)[0]


def close_due(work: Work, matter: Matter) -> datetime | None:
    """Return when a matter is due now, None where no unit has it."""
    close = clocks_of_matter(work, matter).one("close")
    return close.due_at if close is not None else None


def leave(
    work: Work,
    matter: Matter,
    reason: str,
    lead_due_at: datetime | None,
    *,
    objection: str | None = None,
) -> Matter:
    """拆分: an appeal goes its own way, by the clock it would have had; the caller finishes it.

    A round that is closed by then still counts with the lead's. ``lead_due_at`` is when the lead
    was due while it led this one, too; ``objection`` are the citizen's words.
    """
    own = membership(work, matter)
    work.update(
        Merged,
        own.id,
        own.version,
        left_at=work.at,
        left_by=work.operator.id,
        left_reason=reason,
        last_round=matter.n if matter.closed_at is not None else matter.n - 1,
        left_due_at=lead_due_at,
        objection=objection,
    )
    verb = "split" if objection is None else "object"
    tell(work, matter, verb, reason=objection or reason, payload={"lead": own.lead})
    return settle(work, matter.owing(merged_into=None))


def leave_by_itself(
    work: Work, matter: Matter, reason: str, *, objection: str | None = None
) -> Matter:
    """Let a merged appeal leave in an act on itself, and its lead's clock follow."""
    if matter.merged_into is None or work.kept.get(_LED) == matter.merged_into:
        return matter
    [lead] = load_matters(work, [matter.merged_into])
    left = leave(work, matter, reason, close_due(work, lead), objection=objection)
    _tell_lead(work, lead, [matter], reason)
    finish(work, lead, settle(work, lead))
    return left


def let_all_go(work: Work, lead: Matter, reason: str) -> Matter:
    """Let all that is merged into a lead go its own way; the caller finishes the lead."""
    due, merged = close_due(work, lead), led_by(work, lead)
    for one in merged:
        finish(work, one, leave(work, one, reason, due))
    _tell_lead(work, lead, merged, reason)
    return replace(settle(work, lead), carries=False)


def part(work: Work, matter: Matter, reason: str) -> Matter:
    """Let go what must not be merged any more: a lead lets all go, any other leaves."""
    if matter.carries:
        return let_all_go(work, matter, reason)
    return leave_by_itself(work, matter, reason)


def _tell_lead(work: Work, lead: Matter, left: Sequence[Matter], reason: str) -> None:
    payload = {"numbers": [one.number for one in left]}
    tell(work, lead, "let_go", reason=reason, payload=payload)
