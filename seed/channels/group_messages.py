"""What comes in for 社区警务群: the list of groups, and their messages with the times of police."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from rules.errors import DubanError, Refused
from rules.police import (
    GROUP_COLUMNS,
    MESSAGE_COLUMNS,
    Group,
    Message,
    Unread,
    read_group,
    read_message,
    shown_once,
    unread,
)
from seed.channels.headed import headed, shown_text
from seed.channels.instants import Instants
from seed.channels.table import Cell, doubt_in, explained

INSTANTS = tuple(name for name in MESSAGE_COLUMNS if name.endswith("时间"))


def read_groups(path: Path) -> list[Group | Unread]:
    """Return what every line of a list of groups tells; empty lines are left out."""
    with explained(path):
        _, head, records = headed(path, GROUP_COLUMNS, GROUP_COLUMNS[:2])
        found = list[Group | Unread]()
        for record in records:
            cells = dict(zip(head, record.cells, strict=False))
            texts = {name: shown_text(cells.get(name)) for name in GROUP_COLUMNS}
            if record.fault is not None:
                found.append(Unread(record.line, tuple(texts.values()), record.fault))
            elif (line := read_group(record.line, texts)) is not None:
                found.append(line)
        return found


def read_group_messages(path: Path, zone: tzinfo, now: datetime) -> list[Message | Unread]:
    """Return what every line of a file of messages tells; empty lines are left out.

    What may not be kept (警情, what a clue tells) is not in what is given back.
    """
    with explained(path):
        table, head, records = headed(path, MESSAGE_COLUMNS, ("警务群", "时间", "类型"))
        wall = Instants(UTC, now.year + 1, since=table.since)
        here = Instants(zone, now.year + 1, since=table.since)
        found = list[Message | Unread]()
        for record in records:
            cells = dict(zip(head, record.cells, strict=False))
            texts = {name: shown_text(cells.get(name)) for name in MESSAGE_COLUMNS}
            try:
                if record.fault is not None:
                    raise Refused(record.fault)
                instants = _instants(cells, wall, here, zone)
            except DubanError as refusal:
                found.append(unread(record.line, texts, str(refusal)))
                continue
            line = read_message(record.line, texts, instants)
            if line is not None:
                found.append(line)
        return found


def _instants(
    cells: Mapping[str, Cell], wall: Instants, here: Instants, zone: tzinfo
) -> dict[str, datetime | None]:
    """Return the times of a line; ``Refused`` for one that is no time, never was, or was twice."""
    found = dict[str, datetime | None]()
    for name in INSTANTS:
        cell = cells.get(name)
        if (doubt := doubt_in(cell)) is not None:
            raise Refused(f"{name}“{doubt.shown}”{doubt.cause}")
        try:
            shown, stamp = wall.read(cell), here.read(cell)
        except DubanError as refusal:
            raise Refused(f"{name}：{refusal}") from None
        if shown is None or stamp is None:
            found[name] = None
            continue
        if stamp.date_only:
            raise Refused(f"{name}只有日期：分钟时限要写到分，例如 2026-11-26 02:59")
        text = shown_text(cell)
        if shown.at != stamp.at:  # else the cell itself names its zone
            told = shown.at.replace(tzinfo=None)
            if stamp.at.astimezone(zone).replace(tzinfo=None) != told:
                raise Refused(f"本地的钟当夜拨快，没有 {told:%m-%d %H:%M} 这一刻：请写前后的时刻")
            shown_once(text, stamp.at, zone)
        found[name] = stamp.at
    return found
