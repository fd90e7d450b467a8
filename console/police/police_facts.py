"""What ``duban police`` tells of groups, messages and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.command import Fact
from models.police import GroupView, MessageView, MinuteRow
from rules.police import UNRANKED, Unread, in_minutes
from seed.sheets import Column, write_rows

GROUP: tuple[Fact[GroupView], ...] = (
    Fact("id", "编号", number=True),
    Fact("name", "警务群"),
    Fact("code", "社区编码"),
    Fact("place", "社区"),
    Fact("station", "派出所"),
    Fact("officer", "社区民警"),
    Fact("leader", "带班领导"),
    Fact("phone", ""),
    Fact("unit", ""),
    Fact("since", ""),
    Fact("until", "停用"),
    Fact("waiting", "待反馈", number=True),
)

MESSAGE: tuple[Fact[MessageView], ...] = (
    Fact("id", "编号", number=True),
    Fact("state", "状态"),
    Fact("step", ""),
    Fact("due_at", "最近时限"),
    Fact("group", "警务群"),
    Fact("kind", ""),
    Fact("at", "时间"),
    Fact("text", "内容", shown=lambda view: view.text or view.clue_number),
    Fact("wants_visit", ""),
    Fact("answered_at", ""),
    Fact("arrived_at", ""),
    Fact("told_at", ""),
    Fact("clue_number", ""),
    Fact("clue_receipt", ""),
    Fact("ticket", "诉求"),
)

MINUTES: tuple[Fact[MinuteRow], ...] = (
    Fact("place", "派出所"),
    Fact("groups", "群", number=True),
    Fact("messages", "诉求", number=True),
    Fact("waiting", "待反馈", number=True),
    Fact("answers", "应答", value=lambda row: row.answers.times, number=True),
    Fact(
        "answer_median",
        "应答中位",
        value=lambda row: row.answers.median,
        shown=lambda row: in_minutes(row.answers.median),
    ),
    Fact(
        "answer_p90",
        "应答九成",
        value=lambda row: row.answers.p90,
        shown=lambda row: in_minutes(row.answers.p90),
    ),
    Fact("arrivals", "到场", value=lambda row: row.arrivals.times, number=True),
    Fact(
        "arrival_median",
        "到场中位",
        value=lambda row: row.arrivals.median,
        shown=lambda row: in_minutes(row.arrivals.median),
    ),
    Fact(
        "arrival_p90",
        "到场九成",
        value=lambda row: row.arrivals.p90,
        shown=lambda row: in_minutes(row.arrivals.p90),
    ),
    Fact("clues", "线索", number=True),
)


def write_minutes(path: Path, rows: Sequence[MinuteRow]) -> int:
    """Write the figures, times in seconds; the last line says what they are not for."""
    columns = [
        Column(f"{fact.heading}（秒）" if fact.shown else fact.heading, fact.name)
        for fact in MINUTES
    ]
    lines = [
        ["" if (value := fact.of(row)) is None else str(value) for fact in MINUTES] for row in rows
    ]
    return write_rows(path, columns, [*lines, [UNRANKED, *("" for _ in columns[1:])]])


def write_unread(path: Path, names: Sequence[str], refused: Sequence[Unread]) -> None:
    """Write the lines that were not taken, each with why: mended, the file is taken again."""
    columns = [Column(name, name) for name in (*names, "退回原因")]
    write_rows(path, columns, ((*one.cells, one.reason) for one in refused))
