"""Opening the store that the settings name, the same way for screens and command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame.settings import Settings, demo_store, exports_dir, own_store, store_target
from models.store import (
    Store,
    active_operators,
    clear_leftovers,
    machine_clock,
    open_store,
    plain_file,
)
from rules.errors import DubanError
from seed import reference

if sys.platform != "win32":
    import pwd

if TYPE_CHECKING:
    from models.store import FirstContent


def open_settled(settings: Settings, *, create: bool = True) -> Store:
    """Open the store of ``settings`` with its clock and its operator.

    A store that does not exist is created, with ``--policy`` as version 1 of its rules, unless
    ``create`` is false; the demo store is only ever built by ``duban demo``. Raises
    ``DubanError``.
    """
    target = store_target(settings.store)
    if isinstance(target, Path) and not _there(target):
        _refuse_missing(target, create)
    _tidy()
    store = open_store(
        str(target),
        now=_system_now,
        first=_first_content(settings.policy),
        login=system_user(),
        read_only=settings.read_only,
        steady=machine_clock(),
    )
    if store.demo:
        store.login = _demo_login(store, settings.operator)
    elif settings.operator is not None:
        raise DubanError("--as 只能用于演示库：真实的库里，操作员就是登录系统的用户")
    if settings.policy is not None:
        store.try_policy(plain_text(settings.policy))
    instant = settings.instant(store.timekeeper().zone) if settings.now else None
    if instant is not None:
        store.rehearse_at(instant)
    return store


def _tidy() -> None:
    """Remove what killed processes left half written where files go out."""
    out = exports_dir()
    for folder in (Path.cwd(), out, *out.glob("*"), *out.glob("*/*/")):
        clear_leftovers(folder)


def exists(settings: Settings) -> bool:
    """Whether the settings name a store that is there; a database address is taken at its word."""
    target = store_target(settings.store)
    return not isinstance(target, Path) or _there(target)


MOST = 16 << 20
"""Bytes of a text that is held in memory as a whole."""


def plain_text(path: Path) -> str:
    """Return the text of a file that a person wrote: a policy, a calendar."""
    with plain_file(path) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise DubanError(f"{path} 超过{MOST >> 20} MB，不像规则、日历或名录：请核对路径")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise DubanError(f"{path} 不是 UTF-8 文本：请另存为 UTF-8 后重试") from None


def _there(path: Path) -> bool:
    return path.exists() and (path.is_dir() or path.stat().st_size > 0)


def _refuse_missing(target: Path, create: bool) -> None:
    if target == demo_store():
        raise DubanError("演示库还没有建：请先运行 duban demo")
    if not create and target != own_store():
        raise DubanError(f"库 {target} 还不存在：请核对路径，或先用 duban import 导入诉求建库")


def _first_content(policy: Path | None) -> Callable[[], FirstContent]:
    def first() -> FirstContent:
        content = reference.first_content()
        return content if policy is None else replace(content, policy_text=plain_text(policy))

    return first


def system_user() -> str:
    """Return the name of whoever runs this process, as the system knows it.

    By its uid and the password database, never by a variable that anybody can set; a uid that has
    no name there, as in a container, is called ``uid1234``.
    """
    if sys.platform == "win32":  # asks its own account, there is no password database
        return os.getlogin()
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


def _demo_login(store: Store, name: str | None) -> str:
    """Return the demo operator of ``name``, the first one when no name is given."""
    with store.reading() as reader:
        people = active_operators(reader)
    for login, called in people:
        if name is None or name in (login, called):
            return login
    raise DubanError(f"演示库里没有操作员 {name}：可用 {'、'.join(p[1] for p in people)}")


def _system_now() -> datetime:
    return datetime.now(UTC)
