"""How the reader's tests read: in Wuhan's time, on a fixed day, real data only where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.casework.appeal import Appeal, Reject
from seed.channels.reading import Reading, read_file

WUHAN = ZoneInfo("Asia/Shanghai")

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def real(name: str) -> Path:
    """The real file ``name``, or a skip that says what is missing."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real data not on this machine: shared/data/{name}")
    return path


def opened(path: Path, profile: str = "auto", now: datetime = NOW) -> Reading:
    return read_file(path, profile=profile, zone=WUHAN, now=now)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def appeals(rows: Iterable[Appeal | Reject]) -> list[Appeal]:
    return [row for row in rows if isinstance(row, Appeal)]


def rejects(rows: Iterable[Appeal | Reject]) -> list[Reject]:
    return [row for row in rows if isinstance(row, Reject)]


def one(path: Path, profile: str = "auto") -> Appeal:
    (row,) = opened(path, profile)
    assert isinstance(row, Appeal), row
    return row


def refusal(path: Path, profile: str = "auto") -> str:
    (row,) = opened(path, profile)
    assert isinstance(row, Reject), row
    return row.reason


def without_place(appeal: Appeal) -> Appeal:
    """The appeal without where it stood and which columns its file had."""
    return replace(appeal, line=0, fields=frozenset())


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WUHAN).astimezone(UTC)  # type: ignore[arg-type, misc]  # six ints at most
