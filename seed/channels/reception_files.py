"""What comes in of receptions: the plan of their days, and the workbooks of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path

from rules.casework import Appeal, Reject
from rules.clocks import NATURES
from rules.intake import first_sentence
from rules.receptions import OUTCOMES, PARTY_COLUMNS, PLAN_COLUMNS, Party, Planned
from rules.text import half_width, harmless_line
from seed.channels.headed import headed, shown_text
from seed.channels.instants import Instants
from seed.channels.table import Cell, Record, RowRefused, doubt_in, explained

_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::\d{2})?")
_LISTED = re.compile(r"[、,，;；\n]+")
_SAID = frozenset(
    ("channel", "title", "content", "nature", "category", "object", "reporter", "phone")
) | {"address", "grid", "unit", "received_at", "dispatched_at", "replied_at", "closed_at"}
"""What of an appeal a workbook tells; its receipt and what was done at the table are ours."""


def read_plan(path: Path, zone: tzinfo, now: datetime) -> list[Planned | Reject]:
    """Return every line of a plan; lines that say nothing are left out.

    ``ImportFileError`` where no sheet has the heading.
    """
    found: list[Planned | Reject] = []
    with explained(path):
        table, head, records = headed(path, PLAN_COLUMNS, PLAN_COLUMNS[:3])
        instants = Instants(zone, now.year + 1, since=table.since)
        for record, cells, texts in _lines(head, records, PLAN_COLUMNS):
            try:
                found.append(_planned(record, cells, texts, instants))
            except RowRefused as refusal:
                found.append(Reject(record.line, str(refusal), texts))
    return found


def read_parties(path: Path, day: date, zone: tzinfo, now: datetime) -> Iterator[Party | Reject]:
    """Yield every line of a workbook of a reception day; lines that say nothing are left out.

    ``ImportFileError`` where no sheet has the heading.
    """
    with explained(path):
        table, head, records = headed(path, PARTY_COLUMNS, ("接访点", "来访事项", "结果"))
        instants = Instants(zone, now.year + 1, since=table.since)
        for record, cells, texts in _lines(head, records, PARTY_COLUMNS):
            try:
                yield _party(record, cells, texts, day, instants)
            except RowRefused as refusal:
                yield Reject(record.line, str(refusal), texts)


def _lines(
    head: list[str], records: Iterator[Record], columns: tuple[str, ...]
) -> Iterator[tuple[Record, Mapping[str, Cell], dict[str, str]]]:
    """Yield each row that says something: its cells by column, and their texts."""
    for record in records:
        cells = dict(zip(head, record.cells, strict=False))
        texts = {name: harmless_line(shown_text(cells.get(name))) for name in columns}
        if any(texts.values()):
            yield record, cells, texts


def _believed(record: Record, cells: Mapping[str, Cell], columns: tuple[str, ...]) -> None:
    """Refuse a row whose cells lost what they said."""
    if record.fault is not None:
        raise RowRefused(record.fault)
    for name in columns:
        if (doubt := doubt_in(cells.get(name))) is not None:
            raise RowRefused(f"{name}“{doubt.shown}”{doubt.cause}")


def _planned(
    record: Record, cells: Mapping[str, Cell], texts: dict[str, str], instants: Instants
) -> Planned:
    _believed(record, cells, PLAN_COLUMNS)
    day = _day(cells, "日期", instants)
    if day is None:
        raise RowRefused("没有写日期：请写接访的日期，例如 2026-12-18")
    opens, closes = _clock(cells, "开始", instants), _clock(cells, "结束", instants)
    return Planned(
        day,
        texts["地点"],
        texts["接访领导"],
        texts["职务"],
        texts["层级"],
        texts["主办单位"],
        texts["属地"],
        tuple(filter(None, (word.strip() for word in _LISTED.split(texts["到场单位"])))),
        opens or time(9),
        closes,
        record.line,
    )


def _party(
    record: Record,
    cells: Mapping[str, Cell],
    texts: dict[str, str],
    day: date,
    instants: Instants,
) -> Party:
    _believed(record, cells, PARTY_COLUMNS)
    at = _clock(cells, "时间", instants)
    word = texts["结果"]
    outcome = next((code for code, name in OUTCOMES.items() if word in (code, name)), None)
    if outcome is None:
        raise RowRefused(f"没有结果“{word}”：可写 {'、'.join(OUTCOMES.values())}")
    appeal = _appeal(record, texts, None if at is None else _instant(day, at, instants.zone))
    return Party(
        appeal,
        outcome,
        _people(texts["人次"]),
        _choice(texts, "首访重访", {"首访": False, "初访": False, "重访": True}),
        texts["包案领导"],
        texts["处理说明"],
        texts["移送何处"],
        bool(_choice(texts, "涉法涉诉", _YES)),
        texts["信访编号"],
        texts["关联工单"],
        bool(_choice(texts, "另一件事", _YES)),
        texts["接访点"],
        texts["序号"],
        texts["承诺事项"],
        _day(cells, "承诺期限", instants),
        texts["责任人"],
        record.line,
        texts,
    )


def _appeal(record: Record, texts: Mapping[str, str], at: datetime | None) -> Appeal:
    """Return what the party said, received at an instant where the row tells one."""
    nature = texts["诉求性质"]
    if nature and nature not in NATURES:
        raise RowRefused(f"没有诉求性质“{nature}”：可写 {'、'.join(NATURES)}")
    said = texts["来访事项"]
    return Appeal(
        channel="大接访",
        title=first_sentence(said),
        content=said,
        nature=nature or "其他",
        category=texts["类别"] or None,
        object=texts["反映对象"] or None,
        reporter=texts["来访人"] or None,
        phone="".join(half_width(texts["联系电话"]).split()) or None,
        address=texts["地址"] or None,
        grid=texts["事发地"] or None,
        unit=texts["责任单位"] or None,
        received_at=at,
        line=record.line,
        fields=_SAID,
    )


_YES = {"是": True, "否": False}


def _choice(texts: Mapping[str, str], name: str, words: Mapping[str, bool]) -> bool | None:
    word = texts[name]
    if not word:
        return None
    if word not in words:
        raise RowRefused(f"{name}写 {'、'.join(words)}，可不写")
    return words[word]


def _people(text: str) -> int:
    digits = half_width(text).removesuffix("人").strip()
    if not digits:
        return 1
    if not digits.isdecimal() or len(digits) > 4:
        raise RowRefused(f"人次“{text}”不是数：请写来了几人")
    return int(digits)


def _day(cells: Mapping[str, Cell], name: str, instants: Instants) -> date | None:
    try:
        stamp = instants.read(cells.get(name))
    except RowRefused as refusal:
        raise RowRefused(f"{name}：{refusal}") from None
    return None if stamp is None else stamp.at.astimezone(instants.zone).date()


def _clock(cells: Mapping[str, Cell], name: str, instants: Instants) -> time | None:
    """Return a time of day: ``9:30``, a cell of time, or the time of a date with one."""
    cell = cells.get(name)
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    text = harmless_line(shown_text(cell))
    if not text:
        return None
    if (plain := _CLOCK.fullmatch(text)) is not None:
        hour, minute = int(plain[1]), int(plain[2])
        if hour > 23 or minute > 59:
            raise RowRefused(f"{name}“{text}”不是钟点：例如 9:30")
        return time(hour, minute)
    try:
        stamp = instants.read(cell)
    except RowRefused as refusal:
        raise RowRefused(f"{name}：{refusal}") from None
    return None if stamp is None else stamp.at.astimezone(instants.zone).time()


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
