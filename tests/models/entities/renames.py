"""Two invented firms that changed their names twice, told of in four channels' files.

40 appeals: each firm's three names follow each other in time, at the same estates, some with the
firm's telephone; every file has a form of its own, two of them without a column for the firm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.conftest import NOW


@dataclass(frozen=True, slots=True)
class Renamed:
    """One firm: its names in turn, where it works, its telephone if any, what is said of it."""

    names: tuple[str, str, str]
    estates: tuple[str, ...]
    phone: str
    category: str
    words: tuple[str, ...]


FIRMS = (
    Renamed(
        ("青禾公寓", "武汉云栖住房租赁有限公司", "锦程长租"),
        ("翠屏花园", "金桥花园", "银湖新村"),
        "027-87650001",
        "住房与物业/房屋租赁/长租公寓",
        (
            "在{e}租房，退租后{n}押金一直不退，客服推脱",
            "{n}在{e}收了房租和押金就失联，退租无人办理",
        ),
    ),
    Renamed(
        ("优学堂培训学校", "启明星教育咨询有限公司", "武汉卓然培训中心"),
        ("创业大厦", "南湖广场"),
        "",
        "教育/校外培训/退费",
        ("在{e}的{n}交了课时费后停课，要求退费", "{e}{n}突然关门，课时费退费没有说法"),
    ),
)

APPEALS = 40
"""Appeals of both firms together."""

PERIOD = 10
"""Days between two appeals of a firm."""

HEADER = {
    "hotline.csv": ("工单编号", "来源渠道", "标题", "内容", "类别", "被反映对象", "受理时间"),
    "board.xlsx": ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "一级分类"),
    "grid.jsonl": ("external_id", "channel", "title", "content", "object", "received_at"),
    "leader.tsv": ("序", "来信主题", "来信正文", "收信日", "分类"),
}

MAP = """\
name = "mailbox"
label = "市长信箱台账"
[columns]
"序" = "渠道编号"
"来信主题" = "标题"
"来信正文" = "内容"
"收信日" = "受理时间"
"分类" = "类别"
[constants]
"来源渠道" = "市长信箱"
[nature]
from = ["来信主题"]
"""
"""How the mayor's mailbox is read: a profile learned from its header."""


@dataclass(frozen=True, slots=True)
class Told:
    """One appeal, before it is written in the form of its channel."""

    n: int
    firm: Renamed
    name: str
    title: str
    content: str
    at: datetime


def told() -> Iterator[Told]:
    """Give the appeals, the firms in turn; each name has a third of its firm's appeals."""
    each = APPEALS // len(FIRMS)
    for n in range(APPEALS):
        firm, place = FIRMS[n % len(FIRMS)], n // len(FIRMS)
        name = firm.names[place * len(firm.names) // each]
        estate = firm.estates[place % len(firm.estates)]
        words = firm.words[place % 2].format(e=estate, n=name)
        called = f"，公司电话{firm.phone}" if firm.phone and place % 3 == 0 else ""
        at = NOW - timedelta(days=(each - place) * PERIOD, hours=n % 5)
        yield Told(n, firm, name, f"投诉{name}", f"{words}{called}。第{n}次反映。", at)


def write_files(folder: Path) -> Mapping[Path, tuple[str, ...]]:
    """Write the four files; return each with the options that its import needs."""
    by_file: dict[str, list[Told]] = {name: [] for name in HEADER}
    for one in told():
        by_file[list(HEADER)[one.n // 2 % 4]].append(one)
    _separated(folder / "hotline.csv", ",", [_hotline(one) for one in by_file["hotline.csv"]])
    _workbook(folder / "board.xlsx", [_board(one) for one in by_file["board.xlsx"]])
    lines = [
        dict(zip(HEADER["grid.jsonl"], _grid(one), strict=True)) for one in by_file["grid.jsonl"]
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "grid.jsonl").write_text(text + "\n", encoding="utf-8")
    _separated(folder / "leader.tsv", "\t", [_mailbox(one) for one in by_file["leader.tsv"]])
    (folder / "mailbox.toml").write_text(MAP, encoding="utf-8")
    options = {"leader.tsv": ("--map", str(folder / "mailbox.toml"))}
    return {folder / name: options.get(name, ()) for name in HEADER}


def _local(at: datetime) -> str:
    return f"{at + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"


def _hotline(one: Told) -> tuple[str, ...]:
    number = f"WH{one.at:%Y%m%d}-9{one.n:04}"
    return (
        number,
        "12345电话",
        one.title,
        one.content,
        one.firm.category,
        one.name,
        _local(one.at),
    )


def _board(one: Told) -> tuple[str, ...]:
    theme = one.firm.category.partition("/")[0]
    return f"B{one.n:05}", f"A{one.n:05}", one.title, _local(one.at), one.content, theme


def _grid(one: Told) -> tuple[str, ...]:
    return f"G{one.n:05}", "微邻里", one.title, one.content, one.name, _local(one.at)


def _mailbox(one: Told) -> tuple[str, ...]:
    return f"M{one.n:05}", one.title, one.content, _local(one.at), one.firm.category


def _separated(path: Path, mark: str, rows: list[tuple[str, ...]]) -> None:
    lines = [mark.join(row) for row in (HEADER[path.name], *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _workbook(path: Path, rows: list[tuple[str, ...]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER[path.name], *rows):
        sheet.append(row)
    book.save(path)
