"""Restoring rows from their images, and the crossings of clocks that go with them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table, select, text
from sqlmodel import SQLModel

import models.tables as tables
from models.crossings import annul, reached, record
from models.journal import WITHIN, values_of
from models.work import Model, Work, table
from rules.timekeeper import Clock

__all__ = ["WITHIN", "restore"]

Key = tuple[str, int]


def restore(work: Work, images: list[list[Any]]) -> None:
    """Take changes back, the last first; ``LostRace`` if a row is gone or changes meanwhile.

    A row put in is taken out, one taken out is put in again (under another id where its own is
    taken by now), a changed one gets back its former values.
    """
    models = _models()
    moved: dict[Key, int] = {}
    clocks: dict[int, None] = {}
    for name, id, before, after, _ in reversed(images):
        model, t = models[name]
        if before is None:
            _take_out(work, model, t, id)
            if name == "deadline":
                clocks.pop(id, None)
        elif after is None:
            new = _put_back(work, model, t, _pointed(t, values_of(t, before), moved))
            moved[name, id] = new
            if name == "deadline":
                clocks[new] = None
        else:
            now = moved.get((name, id), id)
            seen = _version(work, t, now)
            work.update(model, now, seen, **_pointed(t, values_of(t, before), moved))
            if name == "deadline":
                clocks[now] = None
    for id in clocks:
        _square(work, id)


def _version(work: Work, t: Table, id: int) -> int:
    """Return a row's present version, 0 for one that is gone or of a table without versions."""
    if "version" not in t.c:
        return 0
    return int(work.conn.execute(select(t.c.version).where(t.c.id == id)).scalar() or 0)


def _take_out(work: Work, model: Model, t: Table, id: int) -> None:
    if t.name == "deadline":
        work.conn.execute(text("DELETE FROM crossing WHERE deadline_id = :id"), {"id": id})
    work.delete(model, id, _version(work, t, id) or None)


def _put_back(work: Work, model: Model, t: Table, values: dict[str, Any]) -> int:
    taken = work.conn.execute(t.select().where(t.c.id == values["id"])).first()
    if taken is not None:
        del values["id"]
    return work.insert(model, **values)


def _pointed(t: Table, values: dict[str, Any], moved: dict[Key, int]) -> dict[str, Any]:
    """Let foreign keys follow rows that came back under another id."""
    if not moved:
        return values
    for column in values:
        for key in t.c[column].foreign_keys:
            values[column] = moved.get((key.column.table.name, values[column]), values[column])
    if t.name == "deadline" and values.get("subject_kind") == "instruction":
        subject = values.get("subject_id")
        values["subject_id"] = moved.get(("instruction", subject or 0), subject)
    return values


def _square(work: Work, deadline_id: int) -> None:
    """Let crossings, next threshold and worst colour follow a clock that was restored."""
    row = work.rows(_CLOCK, id=deadline_id)[0]
    revision, stopped, paused, next_at, clock = row[0], row[1], row[2], row[3], Clock(*row[4:])
    thresholds = work.timekeeper().thresholds(clock)
    still = stopped or paused
    if still is not None:
        reached = [(level, at) for level, at in thresholds if at < still]
        annul(work, deadline_id, revision, still, "已撤销或恢复")
    else:
        reached = [(level, at) for level, at in thresholds if at <= work.now]
    if still is not None or next_at is not None:
        record(work, [(deadline_id, revision, level, at) for level, at in reached])
    work.conn.execute(text(_LATER), {"d": deadline_id, "r": revision, "now": work.stored(work.now)})
    ahead = None
    if still is None and next_at is not None:
        ahead = min((at for _, at in thresholds if at > work.now), default=None)
    _write(work, deadline_id, ahead)


def _write(work: Work, deadline_id: int, next_at: datetime | None) -> None:
    work.conn.execute(
        text("UPDATE deadline SET next_at = :next_at, worst_colour = :colour WHERE id = :id"),
        {"next_at": work.stored(next_at), "id": deadline_id,
         "colour": reached(work, deadline_id)},
    )  # fmt: skip


_CLOCK = """
SELECT revision, stopped_at, paused_at, next_at, step, limit_text, started_at, blue_at, yellow_at,
       red_at, due_at FROM deadline WHERE id = :id
"""
_LATER = """
UPDATE crossing SET annulled_at = :now, annulled_reason = '已撤销'
WHERE deadline_id = :d AND revision > :r AND annulled_at IS NULL
"""


@cache
def _models() -> dict[str, tuple[Model, Table]]:
    models: list[type[SQLModel]] = [
        getattr(tables, name) for name in tables.__all__ if name != "RUNNING"
    ]
    return {table(model).name: (model, table(model)) for model in models}

