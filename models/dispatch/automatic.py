"""自动派单: what is so sure that the bureau lets it go by itself, and who looks it over since.

Off unless the policy says from which measured sureness on. Never a report (举报), what is 特急 or
confidential, against a unit, merged, or has come back once. Every such dispatch says how sure it
was, stands on a list to be looked over, and is undone like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.casework import DUTY, Done, Sure, finish, take, tell
from models.dispatch.measures import latest_measure
from models.dispatch.suggesting import Suggestion, Suggestions
from models.matter import load_matters
from models.store import Query, Source, Store, retried
from models.tables import DispatchLook
from rules.errors import Refused

MOST = 500
"""Matters dispatched in one act."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A ticket that nobody has, and that may go by itself."""

    id: int
    version: int
    number: str


_WAITING = Query(
    _Waiting,
    """
SELECT t.id, t.version, t.number
FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
WHERE r.state = 'waiting' AND t.state = 'open' AND r.returned_at IS NULL
  AND t.nature <> '举报' AND t.urgency <> '特急' AND NOT t.confidential AND t.parent_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM return_request q JOIN round x ON x.id = q.round_id
                  WHERE x.ticket_id = t.id)
  AND NOT EXISTS (SELECT 1 FROM accused a
                  WHERE a.ticket_id = t.id AND a.confirmed IS NOT FALSE)
ORDER BY r.opened_at, t.id LIMIT :most
""",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A matter that goes, or would go, by itself."""

    ticket_id: int
    version: int
    number: str
    suggestion: Suggestion


def automatic_now(store: Store) -> list[Sent]:
    """Return what would go by itself now; Refused where the policy lets nothing."""
    least = store.policy.dispatch.automatic
    if least is None:
        raise Refused(
            "没有开启自动派单：先 duban dispatch calibrate 测算，"
            "再在规则文件 [dispatch] 写 automatic = 0.95（测得的把握不低于此数才派）"
        )
    today = store.timekeeper().local(store.now()).date()
    with store.reading() as reader:
        if latest_measure(reader) is None:
            raise Refused("把握没有测算过，不能自动派单：请先运行 duban dispatch calibrate")
        memory = Suggestions(reader, store.policy.routing, today=today)
        found = []
        for one in reader.read(_WAITING, most=MOST):
            for first in memory.of(reader, one.id, 1):
                if first.sure is not None and first.sure.sure >= least:
                    found.append(Sent(one.id, one.version, one.number, first))
    return found


def dispatch_automatically(store: Store) -> tuple[list[Sent], Done | None]:
    """Dispatch what goes by itself, in one act that can be undone."""
    found = automatic_now(store)
    if not found:
        return [], None
    with store.reading() as reader:
        measure = latest_measure(reader)
    assert measure is not None
    own = {
        sent.ticket_id: {
            "unit_id": sent.suggestion.unit_id,
            "reason": f"自动派单：{sent.suggestion.words}（{sent.suggestion.measured_by}）",
            "routed_by": "自动派单",
            "sure": Sure(band.sure, band.asked, band.right, measure.id),
        }
        for sent in found
        if (band := sent.suggestion.sure) is not None
    }
    seen = {sent.ticket_id: sent.version for sent in found}
    return found, take(store, "dispatch", list(own), seen=seen, own=own)


@dataclass(frozen=True, slots=True)
class LookView:
    """A dispatch on the list to be looked over; ``sure`` in thousandths."""

    id: int
    version: int
    kind: str
    ticket_id: int
    number: str
    unit: str
    at: datetime
    operator_id: int
    operator: str
    sure: int | None
    asked: int | None
    right: int | None
    line_number: int | None


_LOOKS = Query(
    LookView,
    """
SELECT k.id, k.version, k.kind, k.ticket_id, t.number, u.short_name AS unit, k.at, k.operator_id,
       o.name AS operator, k.sure, k.asked, k."right", k.line_number
FROM dispatch_look k JOIN ticket t ON t.id = k.ticket_id JOIN unit u ON u.id = k.unit_id
JOIN operator o ON o.id = k.operator_id WHERE k.looked_at IS NULL ORDER BY k.at, k.id
""",
)


def to_look_over(source: Source) -> list[LookView]:
    """Return the dispatches that nobody has looked over, the oldest first."""
    return source.read(_LOOKS)


@retried
def look_over(store: Store, ids: Sequence[int]) -> int:
    """Record that dispatches were looked over and may stand; return how many.

    One against a duty is looked over by somebody else than who sent it.
    """
    with store.writing() as work:
        work.require(verb="ticket.look_over")
        wanted = [one for one in to_look_over(work) if one.id in ids]
        if not wanted:
            raise Refused("没有这些待复核的派单：请用 duban dispatch looks 核对")
        for one in wanted:
            if one.kind == DUTY and one.operator_id == work.operator.id:
                raise Refused(f"{one.number} 是您自己派给街道的：须由另一人复核")
            matter = load_matters(work, [one.ticket_id])[0]
            work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
            work.update(
                DispatchLook,
                one.id,
                one.version,
                looked_at=work.at,
                looked_by=work.operator.id,
            )
            tell(work, matter, "look_over")
            finish(work, matter, matter)
    return len(wanted)
