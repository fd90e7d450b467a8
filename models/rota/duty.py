"""Who is on duty, who stands in for whom, and what follows from it at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import Query, Source
from rules.errors import DubanError, Refused
from rules.rota import KINDS

if TYPE_CHECKING:
    from models.store import Store, Work
    from rules.bureau import LeaderPolicy, Policy


@dataclass(frozen=True, slots=True)
class DutyView:
    """One entry of the rota; ``whom`` is the unit, leader or operator it is for.

    ``person`` is on duty or stands in from ``from_at`` until before ``to_at``; both are aware UTC.
    """

    id: int
    version: int
    kind: str
    of: str
    unit_id: int | None
    operator_id: int | None
    deputy_id: int | None
    whom: str
    person: str
    phone: str
    from_at: datetime
    to_at: datetime
    reason: str
    ended_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Return whether it is in force at an instant."""
        return self.ended_at is None and self.from_at <= at < self.to_at

    def state(self, now: datetime) -> str:
        """Return how it stands in a word."""
        if self.ended_at is not None:
            return "已结束"
        if self.to_at <= now:
            return "已期满"
        return KINDS[self.kind] + "中" if self.holds(now) else "未开始"


_SELECT = """
SELECT y.id, y.version, y.kind, y.of, y.unit_id, y.operator_id, y.deputy_id,
       coalesce(u.short_name, y.leader, o.name, '') AS whom,
       coalesce(p.name, y.person, '') AS person, coalesce(y.phone, '') AS phone,
       y.from_at, y.to_at, coalesce(y.reason, '') AS reason, y.ended_at
FROM duty y LEFT JOIN unit u ON u.id = y.unit_id
LEFT JOIN operator o ON o.id = y.operator_id LEFT JOIN operator p ON p.id = y.deputy_id
"""
_SINCE = Query(DutyView, f"{_SELECT} WHERE y.to_at > :since ORDER BY y.from_at, y.id")
_BY_ID = Query(DutyView, f"{_SELECT} WHERE y.id = :id")
_STANDING = Query(
    DutyView,
    f"{_SELECT} WHERE y.ended_at IS NULL AND y.from_at < :until AND y.to_at > :since ORDER BY y.id",
)


def rota_since(source: Source, since: datetime) -> list[DutyView]:
    """Return every entry that ends after an instant, the earliest first."""
    return source.read(_SINCE, since=since)


def duty_of(source: Source, id: int) -> DutyView:
    """Return one entry; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的值班或代理：请用 duban rota list 查看")
    return found


def duties_between(source: Source, since: datetime, until: datetime) -> list[DutyView]:
    """Return the entries in force at some instant of a span."""
    return source.read(_STANDING, since=since, until=until)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Whom to call of a unit now."""

    unit_id: int
    person: str
    phone: str


_ON_DUTY = Query(
    OnDuty,
    """
SELECT unit_id, coalesce(person, '') AS person, coalesce(phone, '') AS phone FROM duty
WHERE of = 'unit' AND unit_id IN (:ids) AND ended_at IS NULL
  AND from_at <= :at AND to_at > :at
ORDER BY kind DESC, id
""",
)


def on_duty(source: Source, unit_ids: Sequence[int], at: datetime) -> dict[int, OnDuty]:
    """Return who answers for units at an instant: whoever stands in for the liaison, or on duty.

    Duty goes before a deputy.
    """
    if not unit_ids:
        return {}
    return {one.unit_id: one for one in source.read(_ON_DUTY, ids=list(unit_ids), at=at)}


@dataclass(frozen=True, slots=True)
class _Away:
    """A leader who is away, and who stands in."""

    leader: str
    person: str


_AWAY = Query(
    _Away,
    """
SELECT leader, person FROM duty
WHERE kind = 'deputy' AND of = 'leader' AND ended_at IS NULL AND from_at <= :at AND to_at > :at
ORDER BY id
""",
)


def deputies_of_leaders(source: Source, at: datetime) -> dict[str, str]:
    """Return who stands in for which leader at an instant."""
    return {one.leader: one.person for one in source.read(_AWAY, at=at)}


def signers_now(
    source: Source, policy: Policy, kinds: Iterable[str], at: datetime
) -> tuple[LeaderPolicy, ...]:
    """Return who may sign papers of all these kinds at an instant.

    For a leader who is away the deputy may, and nobody else in that stead.
    """
    away = deputies_of_leaders(source, at)
    may = [
        {away.get(leader.name, leader.name) for leader in policy.signers_of(kind)}
        for kind in dict.fromkeys(kinds)
    ]
    return tuple(
        leader for leader in policy.leaders if may and all(leader.name in names for names in may)
    )


def may_sign(store: Store, kinds: Iterable[str]) -> tuple[LeaderPolicy, ...]:
    """Return who may sign papers of all these kinds now."""
    with store.reading() as reader:
        return signers_now(reader, store.policy, kinds, store.now())


def require_signer(work: Work, kind: str, name: str, paper: str) -> None:
    """Refuse a signature of somebody who may not sign a kind of paper at the time of the act."""
    may = [one.name for one in signers_now(work, work.policy, [kind], work.at)]
    if name in may:
        return
    deputy = deputies_of_leaders(work, work.at).get(name)
    if deputy is not None:
        raise Refused(f"{name} 此时由{deputy}代理：{paper}请由{deputy}签发")
    known = "、".join(may) or "（规则 [[leaders]] 中还没有）"
    raise Refused(f"{paper}不能由{name}签发：签发人 {name} 不在规则 [[leaders]] 之列，可选 {known}")
