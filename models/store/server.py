"""Reading a store on PostgreSQL; loaded only where there is one, for the driver takes long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from models.store.errors import StoreError
from models.store.failures import explained
from models.store.reader import PARAMETER, Cursor, Interrupted, Reader, expand

_SLOW = "查询超过了数据库规定的时间：请缩小范围，或请管理员放宽时限"


class PostgresReader(Reader):
    """Reads a bureau's store through psycopg."""

    def __init__(self, conninfo: str) -> None:
        """Connect with a libpq connection string or URL."""
        self._unwanted = False
        try:
            self._raw = psycopg.connect(conninfo, autocommit=True)
        except psycopg.OperationalError as error:
            raise StoreError("连接不上 PostgreSQL 库：请检查地址、网络和权限后重试") from error
        except psycopg.Error:  # quotes the address, password and all
            raise StoreError(
                "PostgreSQL 库的地址写得不对：应为 postgresql+psycopg://登录名@主机/库名"
            ) from None

    def interrupt(self) -> None:
        """Ask the server to cancel the query under way."""
        self._unwanted = True
        self._raw.cancel()

    def begin(self) -> None:
        """Begin a repeatable read."""
        self._unwanted = False
        with self._explained():
            self._raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def end(self) -> None:
        """End the transaction, whatever state it is in."""
        with self._explained():
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()

    def _execute(self, sql: str, params: Mapping[str, Any]) -> Cursor:
        sql, flat = expand(sql, params)
        text = PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")) if flat else sql
        cursor: Cursor = self._raw.execute(text, flat or None)
        return cursor

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.QueryCanceled as error:
            if self._unwanted:
                raise Interrupted from error
            raise StoreError(
                "查询超过了数据库规定的时间：请缩小范围，或请管理员放宽时限"
            ) from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise StoreError(
                "这个数据库登录还没有读库的权限：请管理员用 duban operator add 添加"
            ) from error
        except psycopg.Error as error:
            told = explained(error)
            if told is None:
                raise
            raise told from error
