"""登记值班, 登记代理, and ending either before its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.rota.duty import DutyView, duties_between, duty_of
from models.store import Journal, Work, retried
from models.tables import Duty
from rules.errors import Refused
from rules.rota import WHOSE, Span, require_free, require_span_of
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store


@retried
def set_duty(
    store: Store,
    *,
    unit_id: int | None = None,
    leader: str = "",
    login: str = "",
    person: str = "",
    phone: str = "",
    from_at: datetime,
    to_at: datetime,
) -> DutyView:
    """登记值班 of a unit's ``person``, of a leader or of an operator."""
    with store.writing(journal=Journal("duty.set")) as work:
        work.require(verb="duty.set")
        whose = _whose(work, unit_id, leader, login)
        person = harmless_line(person)
        if unit_id is not None and not person:
            raise Refused("请写明单位的值班人员")
        return _put(work, "duty", whose, from_at, to_at, person=person or None, phone=phone)


@retried
def set_deputy(
    store: Store,
    *,
    unit_id: int | None = None,
    leader: str = "",
    login: str = "",
    person: str,
    phone: str = "",
    from_at: datetime,
    to_at: datetime,
    reason: str = "",
) -> DutyView:
    """登记代理: ``person`` stands in for a unit's liaison, a leader or an operator who is away.

    A leader's deputy is another leader of the policy, an operator's another operator by login.
    """
    with store.writing(journal=Journal("duty.deputy")) as work:
        work.require(verb="duty.deputy")
        whose = _whose(work, unit_id, leader, login)
        person = harmless_line(person)
        if not person:
            raise Refused("请写明由谁代理")
        deputy: dict[str, Any] = {"person": person}
        if whose["of"] == "leader":
            _require_leader(work, person)
        elif whose["of"] == "operator":
            deputy = {"deputy_id": _operator(work, person)}
        _require_no_chain(work, whose, deputy, from_at, to_at)
        reason = harmless_line(reason)
        return _put(work, "deputy", whose, from_at, to_at, phone=phone, reason=reason, **deputy)


@retried
def end_duty(store: Store, duty: DutyView, reason: str) -> DutyView:
    """提前结束: an entry holds no more from now on."""
    with store.writing(journal=Journal("duty.end")) as work:
        work.require(verb="duty.end")
        now = duty_of(work, duty.id)
        if now.version != duty.version:
            raise Refused(f"值班代理#{now.id} 刚被他人改动：请刷新后核对再办")
        if now.ended_at is not None or now.to_at <= work.at:
            raise Refused(f"值班代理#{now.id} 已经结束")
        reason = harmless_line(reason)
        if not reason:
            raise Refused("请写明提前结束的理由")
        work.update(Duty, now.id, now.version, {"ended_at": None}, ended_at=work.at)
        work.event("duty.end", "duty", now.id, unit_id=now.unit_id, reason=reason)
        return duty_of(work, now.id)


def _whose(work: Work, unit_id: int | None, leader: str, login: str) -> dict[str, Any]:
    """Return the columns that say for whom; exactly one is said."""
    leader, login = harmless_line(leader), harmless_line(login)
    if sum((unit_id is not None, bool(leader), bool(login))) != 1:
        raise Refused(f"{'、'.join(WHOSE.values())}写一样：值班、代理只为其中一个登记")
    if unit_id is not None:
        return {"of": "unit", "unit_id": unit_id}
    if leader:
        _require_leader(work, leader)
        return {"of": "leader", "leader": leader}
    return {"of": "operator", "operator_id": _operator(work, login)}


def _require_leader(work: Work, name: str) -> None:
    known = [one.name for one in work.policy.leaders]
    if name not in known:
        raise Refused(
            f"{name} 不在规则 [[leaders]] 之列：可写 {'、'.join(known) or '（尚未设置）'}"
        )


def _operator(work: Work, login: str) -> int:
    found = work.value(_ACTIVE, word=login)
    if found is None:
        raise Refused(f"没有在用的操作员 {login}：请用 duban operator list 查登录名")
    return int(found)


_ACTIVE = "SELECT id FROM operator WHERE active AND (login = :word OR name = :word) ORDER BY id"


def _require_no_chain(
    work: Work, whose: dict[str, Any], deputy: dict[str, Any], from_at: datetime, to_at: datetime
) -> None:
    """Refuse somebody in their own stead, a deputy who is away, and one away who stands in."""
    if whose["of"] == "unit":
        return
    own = whose.get("leader"), whose.get("operator_id")
    other = deputy.get("person"), deputy.get("deputy_id")
    if own == other:
        raise Refused("不能由本人代理自己：请写另一位")
    for one in _deputies(work, whose["of"], from_at, to_at):
        away = (one.whom if one.of == "leader" else None), one.operator_id
        acting = (one.person if one.of == "leader" else None), one.deputy_id
        if away == other:
            raise Refused(f"{one.whom} 这段时间自己由{one.person}代理（#{one.id}）：请写别人")
        if acting == own:
            raise Refused(f"{one.person} 正代理{one.whom}（#{one.id}）：先给{one.whom}另定代理")


def _deputies(work: Work, of: str, from_at: datetime, to_at: datetime) -> Iterator[DutyView]:
    for one in duties_between(work, from_at, to_at):
        if (one.kind, one.of) == ("deputy", of):
            yield one


def _put(
    work: Work,
    kind: str,
    whose: dict[str, Any],
    from_at: datetime,
    to_at: datetime,
    **said: Any,
) -> DutyView:
    require_span_of(kind, from_at, to_at, work.now)
    taken = [
        Span(one.from_at, one.to_at, f"#{one.id} {one.person or one.whom}")
        for one in duties_between(work, from_at, to_at)
        if (one.kind, one.of) == (kind, whose["of"])
        and (one.unit_id, one.operator_id) == (whose.get("unit_id"), whose.get("operator_id"))
        and (one.of != "leader" or one.whom == whose["leader"])
    ]
    require_free(kind, taken, from_at, to_at)
    said["phone"] = harmless_line(said.get("phone") or "") or None
    id = work.insert(
        Duty,
        kind=kind,
        **whose,
        **said,
        from_at=from_at,
        to_at=to_at,
        recorded_at=work.now,
        recorded_by=work.operator.id,
    )
    made = duty_of(work, id)
    told = {"of": made.whom, "person": made.person or made.whom}
    verb = "duty.set" if kind == "duty" else "duty.deputy"
    work.event(verb, "duty", id, unit_id=made.unit_id, payload=told)
    return made
