"""What a failure of the database means to the person at work, on either engine.

SQLite says it by its result code, PostgreSQL by its SQLSTATE; where there is neither, by words.
Loaded before the first frame: neither SQLAlchemy nor psycopg is imported here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.store.errors import LetGo, LostRace, StoreError
from rules.errors import DubanError

LOST = "此件刚被他人改动：已为您重新读取，请核对后再办（您填写的内容仍在）"

BROKEN_STORE = "库文件已损坏或读不出来：请用 duban restore 从最近的备份恢复到新的库"

_FULL = "磁盘已满，这一步没有写入任何内容：请清理磁盘后重试"
_READ_ONLY = "库文件或所在文件夹不可写：请检查权限，或改用 --read-only 查看"
_FAILING = "磁盘读写出错，这一步没有写入任何内容：请检查磁盘后重试"
_CUT = "与 PostgreSQL 库的连接断了，这一步没有写入任何内容：请检查网络后重试"
_MET = "与别人正在办的事相互等待，这一步没有写入任何内容：请稍后重试"
_SLOW = "数据库办理超过了规定时间，这一步没有写入任何内容：请稍后重试，常有此事请管理员放宽时限"
_WAITED = "库正被别的程序占用，等到时限仍未轮到：请稍后重试"
_FORBIDDEN = "数据库没有给您办理此事的权限：请管理员用 duban operator role 授权"
_DAMAGED = "PostgreSQL 库的数据已损坏或读不出来：请管理员检查，必要时从最近的备份恢复"
_UNAVAILABLE = "库暂时不可用，这一步没有写入任何内容：请检查连接后重试"

_FILE: tuple[tuple[tuple[int, ...], tuple[str, ...], str], ...] = (
    (
        (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
        ("malformed", "not a database"),
        BROKEN_STORE,
    ),
    ((sqlite3.SQLITE_FULL,), ("full",), _FULL),
    (
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        ("locked",),
        "库正被别的程序占用，等了30秒仍未轮到：请稍后重试",
    ),
    (
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
        ("readonly", "unable to open"),
        _READ_ONLY,
    ),
    ((sqlite3.SQLITE_IOERR,), ("disk I/O",), _FAILING),
)
"""Result codes of SQLite, the words it has for them, and what they mean."""

_AGAIN: dict[str, str] = {
    "40": _MET,  # serialization failure, deadlock
    "08": _CUT,
    "57P01": _CUT,  # an administrator ended the connection
    "57P02": _CUT,  # another process of the server crashed
    "57P03": _CUT,  # the server is starting or stopping
    "25P03": _CUT,  # idle for too long within a transaction
    "25P04": _CUT,
    "57014": _SLOW,  # statement timeout
    "55P03": _WAITED,  # lock timeout
}
"""SQLSTATEs, or their classes, after which once more may do."""

_TOLD: dict[str, str] = {
    "42501": _FORBIDDEN,
    "25006": "PostgreSQL 服务器现在只读，这一步没有写入任何内容：请管理员检查后重试",
    "53100": "PostgreSQL 服务器磁盘已满，这一步没有写入任何内容：请管理员清理后重试",
    "53200": "PostgreSQL 服务器内存不足，这一步没有写入任何内容：请稍后重试",
    "53300": "PostgreSQL 服务器的连接已占满：请稍后重试，或请管理员放宽连接数",
    "28": "连接不上 PostgreSQL 库：请检查地址、网络和权限后重试",
    "58": "PostgreSQL 服务器磁盘读写出错，这一步没有写入任何内容：请管理员检查",
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""SQLSTATEs, or their classes, that somebody has to do something about first."""

_ALREADY_THERE = "23505"  # a row of that key; on SQLite one writes at a time


def explained(error: BaseException) -> DubanError | None:
    """Return what a failure means to a person; None where it is no database's, or our mistake."""
    origin = getattr(error, "orig", None) or error
    if isinstance(origin, sqlite3.Error):
        return _of_file(origin)
    return _of_server(origin) if hasattr(origin, "sqlstate") else None


@contextmanager
def explaining() -> Iterator[None]:
    """Turn what the database says into what a person can act on."""
    try:
        yield
    except Exception as error:
        told = explained(error)
        if told is None:
            raise
        raise told from error


def cut_off(error: BaseException) -> bool:
    """Whether no answer came from the server, so that what was asked may or may not be done."""
    origin = getattr(error, "orig", None) or error
    if not hasattr(origin, "sqlstate"):
        return False
    state = origin.sqlstate
    return _of_kind(_AGAIN, state) == _CUT if state else _is(origin, "OperationalError")


def _of_file(error: sqlite3.Error) -> DubanError | None:
    code = getattr(error, "sqlite_errorcode", None)
    said = str(error)
    for codes, words, line in _FILE:
        if code is None and any(word in said for word in words):
            return StoreError(line)
        if code is not None and code & 0xFF in codes:
            return StoreError(line)
    failed = isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR
    return StoreError(_UNAVAILABLE) if failed else None


def _of_server(error: Any) -> DubanError | None:
    state: str | None = error.sqlstate
    if state is None:
        return LetGo(_CUT) if _is(error, "OperationalError") else None
    if state == _ALREADY_THERE:
        return LostRace(LOST)  # what was not there when it was looked for
    if line := _of_kind(_AGAIN, state):
        return LetGo(line)
    if line := _of_kind(_TOLD, state):
        return StoreError(line)
    return StoreError(_UNAVAILABLE) if _is(error, "OperationalError") else None


def _of_kind(lines: dict[str, str], state: str) -> str | None:
    return lines.get(state) or lines.get(state[:2])


def _is(error: object, name: str) -> bool:
    """Whether a driver's error is of the kind that has this name in every driver (PEP 249)."""
    return any(kind.__name__ == name for kind in type(error).__mro__)
