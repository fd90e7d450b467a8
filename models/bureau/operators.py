"""Who may do what: operators and the roles they hold.

On SQLite an operator is a user of the system, on PostgreSQL a login of the database, whose
privileges follow the roles. Nobody is ever deleted: the trail names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.store import Query, Source, follow_roles, require_login, retried
from models.tables import Operator, OperatorUnit, Role
from rules.bureau import ROLE_NAMES
from rules.errors import Refused
from rules.text import printable

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class OperatorView:
    """One operator; ``roles`` in the order of ``ROLE_NAMES``, ``units`` those looked after."""

    id: int
    version: int
    login: str
    name: str
    active: bool
    created_at: datetime
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """A role that somebody holds."""

    operator_id: int
    role: str


_HELD = Query(_Held, "SELECT operator_id, role FROM role")


@dataclass(frozen=True, slots=True)
class _LookedAfter:
    """A unit that somebody looks after."""

    operator_id: int
    unit_id: int
    unit: str


_LOOKED_AFTER = Query(
    _LookedAfter,
    """
SELECT m.operator_id, m.unit_id, u.short_name AS unit
FROM operator_unit m JOIN unit u ON u.id = m.unit_id ORDER BY u.code
""",
)


_PEOPLE = Query(
    OperatorView, "SELECT id, version, login, name, active, created_at FROM operator ORDER BY id"
)


def all_operators(source: Source) -> list[OperatorView]:
    """Return every operator, those who left included, the first one first."""
    held: dict[int, set[str]] = defaultdict(set)
    for one in source.read(_HELD):
        held[one.operator_id].add(one.role)
    units: dict[int, list[str]] = defaultdict(list)
    for unit in source.read(_LOOKED_AFTER):
        units[unit.operator_id].append(unit.unit)
    return [
        replace(one, roles=_in_order(held[one.id]), units=tuple(units[one.id]))
        for one in source.read(_PEOPLE)
    ]


@retried
def add_operator(
    store: Store, login: str, name: str | None = None, roles: Iterable[str] = ("viewer",)
) -> OperatorView:
    """Let somebody in, or in again, with exactly these roles; for an administrator.

    ``Refused`` for somebody who is in already.
    """
    wanted = _in_order(roles)
    _require_readable(login)
    with store.writing() as work:
        work.require(verb="operator.add")
        found = _find(work, login)
        if found is not None and found.active:
            raise Refused(f"{login} 已经是操作员：改权限请用 duban operator role")
        id = _let_in(work, login, name, found)
        _set_roles(work, id, found.roles if found else (), wanted)
        told = {"login": login, "roles": list(wanted)}
        work.event("operator.add", "operator", id, payload=told)
        return _followed(store, work, login)


def _require_readable(login: str) -> None:
    """Refuse a login that would be kept as another one than was said."""
    if printable(login) != login or not login.strip():
        raise Refused("登录名是空的或含有看不见的字符：请照系统中的登录名重写")


@retried
def rename_operator(store: Store, login: str, new: str, name: str) -> OperatorView:
    """Let an operator be known by another login and name; for an administrator."""
    _require_readable(new)
    with store.writing() as work:
        work.require(verb="operator.rename")
        before = _known(work, login, active=True)
        work.update(Operator, before.id, before.version, login=new, name=name)
        work.event("operator.rename", "operator", before.id, payload={"login": new})
        return _followed(store, work, new, before=login)


@retried
def change_roles(
    store: Store, login: str, give: Iterable[str] = (), take: Iterable[str] = ()
) -> OperatorView:
    """Give and take roles; for an administrator. The last administrator stays one."""
    with store.writing() as work:
        work.require(verb="operator.role")
        before = _known(work, login, active=True)
        wanted = _in_order((set(before.roles) | set(give)) - set(take))
        if wanted == before.roles:
            raise Refused(f"{before.name} 的权限本就如此：没有改动")
        if "administrator" in before.roles and "administrator" not in wanted:
            _keep_an_administrator(work, before)
        _set_roles(work, before.id, before.roles, wanted)
        told = {"login": login, "from": list(before.roles), "to": list(wanted)}
        work.event("operator.role", "operator", before.id, payload=told)
        return _followed(store, work, login)


@retried
def assign_units(
    store: Store, login: str, add: Iterable[int] = (), drop: Iterable[int] = ()
) -> OperatorView:
    """Let an operator look after units, and others no more; for an administrator."""
    with store.writing() as work:
        work.require(verb="operator.units")
        before = _known(work, login, active=True)
        held = {
            one.unit_id: one.unit
            for one in work.read(_LOOKED_AFTER)
            if one.operator_id == before.id
        }
        wanted = (set(held) | set(add)) - set(drop)
        if wanted == set(held):
            raise Refused(f"{before.name} 的联系单位本就如此：没有改动")
        for id in sorted(set(held) - wanted):
            where = "operator_id = :id AND unit_id = :unit_id"
            work.delete_where(OperatorUnit, where, id=before.id, unit_id=id)
        new = [(before.id, id) for id in sorted(wanted - set(held))]
        work.bulk(OperatorUnit, ("operator_id", "unit_id"), new)
        after = _known(work, login)
        told = {"login": login, "to": list(after.units)}
        work.event("operator.units", "operator", before.id, payload=told)
        return after


@retried
def switch_off(store: Store, login: str, reason: str | None = None) -> OperatorView:
    """Let somebody act no more, their record kept; for an administrator, never the last one."""
    with store.writing() as work:
        work.require(verb="operator.off")
        before = _known(work, login, active=True)
        if "administrator" in before.roles:
            _keep_an_administrator(work, before)
        work.update(Operator, before.id, before.version, active=False)
        work.event("operator.off", "operator", before.id, reason=reason, payload={"login": login})
        return _followed(store, work, login)


def _in_order(roles: Iterable[str]) -> tuple[str, ...]:
    held = set(roles)
    unknown = held - set(ROLE_NAMES)
    if unknown:
        raise Refused(
            f"没有权限 {'、'.join(sorted(unknown))}：可用 {'、'.join(ROLE_NAMES.values())}"
        )
    return tuple(role for role in ROLE_NAMES if role in held)


def _find(work: Work, login: str) -> OperatorView | None:
    return next((one for one in all_operators(work) if one.login == login), None)


def _known(work: Work, login: str, *, active: bool = False) -> OperatorView:
    found = _find(work, login)
    if found is None or (active and not found.active):
        raise Refused(f"没有在用的操作员 {login}：用 duban operator list 查看")
    return found


def _let_in(work: Work, login: str, name: str | None, found: OperatorView | None) -> int:
    """Write the operator, or make one who left active again; return the id."""
    if not login.strip() or login != login.strip():
        raise Refused("操作员的登录名不能为空，前后也不能有空格：请重写")
    if found is None:
        return work.insert(Operator, login=login, name=name or login, created_at=work.now)
    changes: dict[str, Any] = {"active": True, "name": name or found.name}
    work.update(Operator, found.id, found.version, **changes)
    return found.id


def _set_roles(work: Work, id: int, before: Iterable[str], wanted: Iterable[str]) -> None:
    for role in sorted(set(before) - set(wanted)):
        work.delete_where(Role, "operator_id = :id AND role = :role", id=id, role=role)
    new = [role for role in wanted if role not in set(before)]
    work.bulk(Role, ("operator_id", "role"), [(id, role) for role in new])


def _keep_an_administrator(work: Work, leaving: OperatorView) -> None:
    others = [
        one
        for one in all_operators(work)
        if one.active and one.id != leaving.id and "administrator" in one.roles
    ]
    if not others:
        raise Refused(f"{leaving.name} 是最后一位管理员：请先把管理权限授予另一人")


def _followed(store: Store, work: Work, login: str, before: str | None = None) -> OperatorView:
    """Let the database follow the roles, once the trail has them; return who it is about.

    A demo's operators are no logins of the database. ``before``: the login they had.
    """
    found = _known(work, login)
    work.seal()
    if store.kind == "postgresql" and not store.demo:
        if found.active:
            require_login(work.conn, login)
        for name in filter(None, (before, login)):
            follow_roles(work.conn, name)
    return found
