"""回访 planned: whom the centre calls for what.

Planned are all unsatisfied rounds of a period whose review is undecided, a sample of the satisfied
ones, and a share of the re-ratings; each round once for each purpose, confidential ones never. The
same seed draws the same sample again (:func:`rules.review.drawn`). Where 特殊时期 lasts no call is
planned; planned again after its end, the period has those rounds too.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.campaigns import in_emergency
from models.casework import calling_hours
from models.matter import Matter
from models.store import Query, Work, retried
from models.tables import Call
from rules.errors import Refused
from rules.review import drawn

if TYPE_CHECKING:
    from models.store import Store
    from rules.ranking import Period

SEEDS = 10**8  # seeds have at most eight digits: they are read out and typed again


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned of a period, or would be: rounds to call, and what they were drawn from."""

    period: str
    seed: int
    unsatisfied: int
    satisfied: int
    sampled: int
    confidential: int


@dataclass(frozen=True, slots=True)
class _Round:
    """A round that may be called about."""

    ticket_id: int
    round_id: int
    number: str
    confidential: bool
    grid: str | None


_UNSATISFIED = Query(
    _Round,
    """
SELECT v.ticket_id, v.round_id, t.number, t.confidential, t.grid
FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = v.ticket_id
WHERE v.decided_at IS NULL AND v.opened_at >= :from_at AND v.opened_at < :to_at
  AND r.n = t.rounds AND r.closed_at IS NOT NULL AND t.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM call c WHERE c.round_id = v.round_id AND c.purpose = 'review')
ORDER BY v.opened_at, v.id
""",
)

_SATISFIED = Query(
    _Round,
    """
SELECT r.ticket_id, r.id AS round_id, t.number, t.confidential, t.grid
FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
WHERE r.rated_at >= :from_at AND r.rated_at < :to_at AND r.closed_at IS NOT NULL
  AND r.result_rating IN ('满意', '基本满意') AND t.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM review v WHERE v.round_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM call c WHERE c.round_id = r.id AND c.purpose = 'sample')
ORDER BY r.rated_at, r.id
""",
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the trail tells of an earlier plan, as JSON."""

    payload: str


_EARLIER = Query(_Told, "SELECT payload FROM event WHERE verb = 'callback.plan' ORDER BY seq")

_COLUMNS = ("version", "ticket_id", "round_id", "purpose", "plan", "planned_at", "not_before")


@retried
def plan_calls(
    store: Store, period: Period, *, seed: int | None = None, dry_run: bool = False
) -> Plan:
    """Plan the calls of a period; with ``dry_run`` only say what would be planned.

    Without ``seed`` one is drawn by chance. A period is sampled by one seed alone: planned again,
    it keeps its first one, and ``Refused`` says so where another is given.
    """
    with store.writing() as work:
        work.require(verb="callback.plan")
        seed = _seed_of(work, period, seed)
        during = {"from_at": period.from_at, "to_at": period.to_at}
        unsatisfied = _outside(work, work.read(_UNSATISFIED, **during))
        satisfied = _outside(work, work.read(_SATISFIED, **during))
        share = work.policy.review.sample
        sampled = [one for one in satisfied if drawn(str(seed), one.number, share)]
        confidential = sum(one.confidential for one in (*unsatisfied, *sampled))
        unsatisfied, sampled = _callable(unsatisfied), _callable(sampled)
        plan = Plan(period.key, seed, len(unsatisfied), len(satisfied), len(sampled), confidential)
        if not dry_run and (unsatisfied or sampled):
            name, opens = f"{period.key}/{seed}", calling_hours(work).opening(work.at)
            work.bulk(
                Call,
                (*_COLUMNS, "attempts"),
                [
                    (1, one.ticket_id, one.round_id, purpose, name, work.at, opens, 0)
                    for purpose, found in (("review", unsatisfied), ("sample", sampled))
                    for one in found
                ],
            )
            told = {"period": period.key, "seed": seed, "review": len(unsatisfied)}
            told |= {"sample": len(sampled), "of": len(satisfied), "confidential": confidential}
            work.event("callback.plan", "callback", None, payload=told)
        return plan


def _outside(work: Work, found: list[_Round]) -> list[_Round]:
    """Return the rounds of places where no 特殊时期 lasts: there nobody is called about them."""
    spared = in_emergency(work, {one.round_id: one.grid for one in found})
    return [one for one in found if one.round_id not in spared]


def _callable(found: Sequence[_Round]) -> list[_Round]:
    return [one for one in found if not one.confidential]


def _seed_of(work: Work, period: Period, seed: int | None) -> int:
    """Return the seed by which a period is sampled."""
    for one in work.read(_EARLIER):
        told = json.loads(one.payload)
        if told["period"] == period.key:
            if seed not in (None, told["seed"]):
                raise Refused(
                    f"{period.label}已用种子 {told['seed']} 抽过，不能另抽：请不写 --seed 再办"
                )
            return int(told["seed"])
    return secrets.randbelow(SEEDS) if seed is None else seed


def plan_recheck(work: Work, matter: Matter, review_id: int, by: int) -> None:
    """Plan 改评抽查 of a re-rating if it is drawn.

    ``by`` is who made the call behind the re-rating: somebody else makes this one. What is drawn
    follows from the review and the store's own key, so that nobody can draw it anew.
    """
    share = work.policy.review.recheck
    if not drawn(work.value(_KEY), f"review:{review_id}", share):
        return
    if work.first(_RECHECKED, round=matter.round_id) is not None:
        return
    work.insert(
        Call,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        purpose="recheck",
        planned_at=work.at,
        not_before=calling_hours(work).next_half_day(work.at),
        attempts=0,
        not_by=by,
    )


_KEY = "SELECT value FROM setting WHERE key = 'seal_key'"


@dataclass(frozen=True, slots=True)
class _Recheck:
    """A recheck of a round."""

    id: int


_RECHECKED = Query(_Recheck, "SELECT id FROM call WHERE round_id = :round AND purpose = 'recheck'")
