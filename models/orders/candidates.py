"""Which appeals an order may be drafted from, and which are left out and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.casework import REFUSED, kept_out
from models.store import Query
from rules.casework import kept_back
from rules.errors import Refused
from rules.orders import Case
from rules.text import MASKED

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
    """An appeal as an order would take it up; ``on_order`` names the order it is on already."""

    ticket_id: int
    version: int
    number: str
    title: str
    round_id: int | None
    unit_id: int | None
    late: bool
    unacknowledged: bool
    unsatisfied: bool
    nature: str
    confidential: bool
    on_order: str | None
    reporter: str | None
    phone: str | None
    address: str | None

    @property
    def case(self) -> Case:
        """What the words of an order are made of."""
        kept = kept_back(self.nature, self.confidential)
        title = "" if kept else MASKED.about(self).text(self.title)
        return Case(title, self.late, self.unacknowledged, self.unsatisfied)


_CANDIDATES = Query(
    Candidate,
    """
SELECT t.id AS ticket_id, t.version, t.number, t.title, r.id AS round_id, r.lead_unit_id AS unit_id,
       d.due_at IS NOT NULL AND d.due_at < coalesce(d.stopped_at, :now) AS late,
       r.dispatched_at IS NOT NULL AND r.acknowledged_at IS NULL AND r.closed_at IS NULL
           AS unacknowledged,
       coalesce(r.result_rating = '不满意', false) AS unsatisfied, t.nature,
       t.confidential,
       (SELECT coalesce(o.number, '草稿#' || o.id) FROM order_ticket l
        JOIN supervision_order o ON o.id = l.order_id WHERE l.ticket_id = t.id AND l.open)
           AS on_order, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
WHERE t.id IN (:ids)
""",
)


def candidates_of(work: Work, ticket_ids: Sequence[int]) -> list[Candidate]:
    """Return each appeal once; refuses an id that is none."""
    found = {
        one.ticket_id: one for one in work.read(_CANDIDATES, now=work.at, ids=list(ticket_ids))
    }
    for missing in (i for i in ticket_ids if i not in found):
        raise Refused(f"没有内部编号为 {missing} 的工单：请刷新后重试")
    return [found[i] for i in dict.fromkeys(ticket_ids)]


def sort_candidates(
    work: Work, ticket_ids: Sequence[int], unit_id: int | None, seen: Seen | None = None
) -> tuple[dict[int, list[Candidate]], list[Skipped]]:
    """Part appeals into those of each unit and those left out; refuses an id that is none."""
    candidates, barred = candidates_of(work, ticket_ids), kept_out(work, ticket_ids)
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
        elif accused := barred.get(one.ticket_id, {}).get(unit):
            skipped.append(Skipped(one.ticket_id, one.number, REFUSED.format(unit=accused)))
        else:
            groups[unit].append(one)
    return dict(groups), skipped
