"""Which appeals an order may be drafted from, and which are left out and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.casework import REFUSED, kept_out
from models.store import Query
from rules.errors import Refused
from rules.paper import ORDER, REFERRALS, TALK, TALK_RECORD

if TYPE_CHECKING:
    from models.casework import Seen
    from models.store import Work


@dataclass(frozen=True, slots=True)
class Skipped:
    """An appeal that was put on no draft, and why."""

    ticket_id: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An appeal as an order would take it up.

    ``lead`` names its unit, ``helps`` whether the one asked for is a co-unit of it, ``on_order``
    the order it is on already.
    """

    ticket_id: int
    version: int
    number: str
    round_id: int | None
    unit_id: int | None
    lead: str
    helps: bool
    on_order: str | None


_CANDIDATES = Query(
    Candidate,
    """
SELECT t.id AS ticket_id, t.version, t.number, r.id AS round_id, r.lead_unit_id AS unit_id,
       coalesce(u.name, '') AS lead,
       EXISTS (SELECT 1 FROM round_unit h WHERE h.round_id = r.id AND h.unit_id = :unit) AS helps,
       (SELECT coalesce(o.number, '草稿#' || o.id) FROM order_ticket l
        JOIN supervision_order o ON o.id = l.order_id
        WHERE l.ticket_id = t.id
          AND (l.open AND :alone OR NOT l.open AND o.kind <> 'order' AND o.kind = :kind
               AND o.status NOT IN ('closed', 'void'))
        ORDER BY o.id LIMIT 1) AS on_order
FROM ticket t LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE t.id IN (:ids)
""",
)


BESIDE_AN_ORDER = (TALK, TALK_RECORD, *REFERRALS)
"""Kinds that may speak of an appeal while it is on an order; the others have nothing to add."""


def candidates_of(
    work: Work, ticket_ids: Sequence[int], unit_id: int | None, kind: str, *, beside: bool = False
) -> list[Candidate]:
    """Return each appeal once, as a paper to ``unit_id`` takes it up; refuses an id of none.

    ``beside``: that it is on an order is no matter, as the paper is about that order.
    """
    alone = not beside and kind not in BESIDE_AN_ORDER
    rows = work.read(_CANDIDATES, unit=unit_id, ids=list(ticket_ids), kind=kind, alone=alone)
    found = {one.ticket_id: one for one in rows}
    for missing in (i for i in ticket_ids if i not in found):
        raise Refused(f"没有内部编号为 {missing} 的工单：请刷新后重试")
    return [found[i] for i in dict.fromkeys(ticket_ids)]


def sort_candidates(
    work: Work,
    ticket_ids: Sequence[int],
    unit_id: int | None,
    seen: Seen | None = None,
    kind: str = ORDER,
    *,
    beside: bool = False,
) -> tuple[dict[int, list[Candidate]], list[Skipped]]:
    """Part appeals into those of each unit and those left out; refuses an id that is none.

    A referral goes to a body that has nothing to do with them.
    """
    elsewhere = kind in REFERRALS
    candidates = candidates_of(work, ticket_ids, unit_id, kind, beside=beside)
    barred = {} if elsewhere else kept_out(work, ticket_ids)
    seen = seen or {}
    groups: dict[int, list[Candidate]] = defaultdict(list)
    skipped: list[Skipped] = []
    for one in candidates:
        unit = unit_id if unit_id is not None else one.unit_id
        if seen.get(one.ticket_id, one.version) != one.version:
            skipped.append(Skipped(one.ticket_id, one.number, "刚被改动，请看过再办"))
        elif one.on_order is not None:
            skipped.append(Skipped(one.ticket_id, one.number, f"已在督办中：{one.on_order}"))
        elif unit is None:
            skipped.append(Skipped(one.ticket_id, one.number, "尚无承办单位：请先派单"))
        elif not (elsewhere or unit == one.unit_id or one.helps):
            told = f"由{one.lead}办理" if one.lead else "尚无承办单位"
            skipped.append(Skipped(one.ticket_id, one.number, f"{told}，不能向其他单位督办"))
        elif accused := barred.get(one.ticket_id, {}).get(unit):
            skipped.append(Skipped(one.ticket_id, one.number, REFUSED.format(unit=accused)))
        else:
            groups[unit].append(one)
    return dict(groups), skipped
