"""Dirty files with known truth: what bureaus send, every kind of dirt combined at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.seed.dirtyforms import (
    SHEET_STYLES,
    TEXT_STYLES,
    Cell,
    Grid,
    Style,
    as_page,
    as_text,
    write_workbook,
    yearless,
)
from tests.seed.reading import WUHAN

UNITS = ("江岸区", "江汉区", "硚口区", "市城管委", "市水务局", "武汉市江岸区人民政府")

FIELDS = ("number", "title", "content", "phone", "unit", "received_at", "closed_at")

NAMES: dict[str, tuple[str, ...]] = {
    "number": ("工单编号", "工单号", "诉求编号", "受理编号"),
    "title": ("标题", "诉求标题", "主题", "诉求主题"),
    "content": ("内容", "市民诉求", "诉求内容", "问题描述"),
    "phone": ("联系电话", "手机号码", "联系方式", "来电号码"),
    "unit": ("承办单位", "责任部门", "主办单位", "办理单位"),
    "received_at": ("受理时间", "登记时间", "来电时间", "诉求时间"),
    "closed_at": ("办结时间", "办结日期", "结案时间", "完成时间"),
}

GROUPS = {
    "受理情况": ("number", "title", "content", "received_at"),
    "办理情况": ("unit", "closed_at"),
}

LEAVES = {"unit": "单位", "received_at": "时间", "closed_at": "时间"}
"""Names that say too little without their heading."""

LOST = "缩写后的编号"


@dataclass(slots=True)
class Wanted:
    """What a row must become: these fields, or a refusal whose reason holds ``cause``."""

    fields: dict[str, Any]
    cause: str = ""


@dataclass(slots=True)
class Dirty:
    """A file as it is written, and what is true of it by the titles of its rows."""

    path: Path
    kinds: list[str]
    truth: dict[str, Wanted]


class Maker:
    """Makes files in a folder, the same ones for the same seed."""

    def __init__(self, folder: Path, seed: int = 11) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._made = 0

    def make(self) -> Dirty:
        """Write one file with several kinds of dirt."""
        self._made += 1
        chance = self._chance
        form = chance.choice(("csv", "csv", "xlsx", "xlsx", "html"))
        styles = TEXT_STYLES | (SHEET_STYLES if form == "xlsx" else {})
        if chance.random() < 0.1:
            styles = {"yearless": yearless}
        style = chance.choice(sorted(styles))
        kinds = [form, style]
        truth: dict[str, Wanted] = {}
        grid = Grid()
        grid.since_1904 = style == "typed" and chance.random() < 0.3
        self._headings(grid, kinds, dated=style == "yearless")
        columns = self._header(grid, kinds, split=style in ("iso", "slash", "chinese"))
        for n in range(chance.randint(2, 12)):
            self._row(grid, columns, truth, self._title(n), styles[style])
            if n and chance.random() < 0.05:
                kinds.append("page break")
                total: list[Cell] = ["本页小计", str(n + 1)]
                grid.rows.append([*total, *[""] * (len(self._head) - len(total))])
                grid.rows += [list(row) for row in grid.rows[self._top : self._below]]
        if form != "csv":
            self._merge(grid, columns, truth, kinds)
        self._footer(grid, kinds)
        path = self._write(grid, form, kinds)
        return Dirty(path, kinds, truth)

    def _title(self, n: int) -> str:
        """Return a title that no other row of the file has; some begin as footers do."""
        begins = self._chance.choice(
            ("", "", "合计费用不合理", "说明：", "第3页", "共12户", "备注")
        )
        return f"{begins}{self._made}份{n}件路灯不亮"

    def _headings(self, grid: Grid, kinds: list[str], dated: bool) -> None:
        """Put lines above the header: they tell no delimiter and are no header."""
        lines = (
            "2026年11月诉求明细",
            "江岸区,江汉区,硚口区诉求；十一月",
            "填报单位：网上群众工作部",
            "",
        )
        for _ in range(self._chance.randint(0, 3)):
            kinds.append("heading")
            grid.rows.append([self._chance.choice(lines)])
        if dated:
            grid.rows.append(["2026年11月诉求明细"])
        self._top = len(grid.rows)

    def _header(self, grid: Grid, kinds: list[str], split: bool) -> list[str]:
        """Write the header and return the columns: fields, or others that are not read."""
        chance = self._chance
        columns = [*FIELDS]
        chance.shuffle(columns)
        if chance.random() < 0.5:
            columns.insert(0, "序号")
        if chance.random() < 0.5:
            columns.append("备注")
        if chance.random() < 0.1:
            columns.append("rival")
        if split and chance.random() < 0.4:
            kinds.append("date and time apart")
            columns.insert(columns.index("received_at"), "day")
            names = {"day": "受理日期", "received_at": "受理时间"}
        else:
            names = {}
        for name in columns:
            names.setdefault(name, chance.choice(NAMES.get(name, (name,))))
        if "rival" in names:
            kinds.append("rival")
            names["phone"], names["rival"] = "手机号码", "来电号码"
        if chance.random() < 0.3 and "day" not in columns:
            kinds.append("two rows")
            columns = self._two_rows(grid, columns, names)
        else:
            grid.rows.append([self._set(names[name], kinds) for name in columns])
        self._head = grid.rows[-1]
        self._below = len(grid.rows)
        return columns

    def _merge(
        self, grid: Grid, columns: Sequence[str], truth: dict[str, Wanted], kinds: list[str]
    ) -> None:
        """Let the unit of a row hold for the next one too."""
        title, unit = columns.index("title"), columns.index("unit")
        for at in range(self._below, len(grid.rows) - 1):
            first, second = (
                truth.get(str(row[title])) if len(row) > 1 else None
                for row in grid.rows[at : at + 2]
            )
            covered = grid.merges and grid.merges[-1][2] >= at
            if not first or not second or first.cause or second.cause or covered:
                continue
            if self._chance.random() < 0.2:
                kinds.append("merged unit")
                grid.merges.append((at, unit, at + 1, unit))
                for name in ("unit", "co_units"):
                    second.fields[name] = first.fields[name]

    def _two_rows(self, grid: Grid, columns: list[str], names: dict[str, str]) -> list[str]:
        """Write names under merged headings; those of one heading stand together."""
        grouped = [name for group in GROUPS.values() for name in group]
        columns = [*[name for name in columns if name not in grouped], *grouped]
        upper: list[Cell] = [""] * len(columns)
        lower: list[Cell] = [names[name] for name in columns]
        for group, members in GROUPS.items():
            first = columns.index(members[0])
            upper[first] = group
            row = len(grid.rows)
            grid.merges.append((row, first, row, first + len(members) - 1))
            for name in members:
                if name in LEAVES and self._chance.random() < 0.5:
                    lower[columns.index(name)] = LEAVES[name]
        for place, name in enumerate(columns):
            if name not in grouped:
                upper[place], lower[place] = lower[place], ""
        grid.rows += [upper, lower]
        return columns

    def _set(self, name: str, kinds: list[str]) -> str:
        """Set a name as people do."""
        way = self._chance.choice(("plain",) * 6 + ("spaced", "broken", "note", "star", "number"))
        if way != "plain":
            kinds.append(f"header {way}")
        middle = len(name) // 2
        return {
            "plain": name,
            "spaced": "\u3000".join(name),
            "broken": f"{name[:middle]}\n{name[middle:]}",
            "note": f"{name}（必填）",
            "star": f"*{name}",
            "number": f"3.{name}",
        }[way]

    def _row(
        self,
        grid: Grid,
        columns: Sequence[str],
        truth: dict[str, Wanted],
        title: str,
        style: Style,
    ) -> None:
        """Write one row, clean or with something wrong in it, and what must become of it."""
        chance = self._chance
        received = datetime(
            2026, 11, chance.randint(2, 18), chance.randint(7, 19), chance.randint(1, 59)
        )
        received = received.replace(tzinfo=WUHAN)
        closed = received + timedelta(hours=chance.randint(1, 30), minutes=chance.randint(0, 59))
        number = f"20261120{self._made:04d}{len(truth):04d}"
        phone = f"138{chance.randint(0, 99_999_999):08d}"
        content = self._told(title)
        lead, helper = chance.sample(UNITS, 2)
        unit, helpers = chance.choice(
            (
                (lead, ()),
                (lead, ()),
                (f"{lead}（主办）、{helper}（协办）", (helper,)),
                (f"{helper}（协办）；{lead}", (helper,)),
                (f"{lead}/{helper}", (helper,)),
                (f"{lead}\n{helper}", (helper,)),
            )
        )
        fields = {
            "number": number,
            "title": title,
            "content": content.replace("\t", " "),
            "phone": phone,
            "unit": lead,
            "co_units": helpers,
            "received_at": received.astimezone(UTC),
            "closed_at": closed.astimezone(UTC),
        }
        cells: dict[str, Cell] = {
            "number": self._guarded(number),
            "title": title,
            "content": content,
            "phone": self._guarded(phone),
            "unit": unit,
            "received_at": style(received),
            "closed_at": style(closed),
            "序号": str(len(truth) + 1),
            "备注": "",
        }
        if "day" in columns:
            written = style(received)
            assert isinstance(written, str)
            at = max(written.find(" "), written.find("日")) + 1
            cells["day"], cells["received_at"] = written[:at].strip(), written[at:].strip()
        cause = ""
        cells["rival"] = chance.choice(("", cells["phone"]))
        if chance.random() < 0.12:
            cause = self._spoil(cells)
        truth[title] = Wanted(fields, cause)
        grid.rows.append([cells[name] for name in columns])

    def _told(self, title: str) -> str:
        """Return what somebody wrote: with breaks, delimiters and quotes."""
        return self._chance.choice(
            (
                f"{title}，已有三天",
                f'{title};"很黑",三天|多\t了',
                f"{title}\n已有三天",
                "合计12件；说明：",
            )
        )

    def _guarded(self, number: str) -> str:
        """Write a number as systems do that fear for its digits."""
        wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        return self._chance.choice((number, number, number, f'="{number}"', f"'{number}", wide))

    def _spoil(self, cells: dict[str, Cell]) -> str:
        """Break one cell and return the cause that must be told."""
        chance = self._chance
        ways: list[tuple[str, Cell, str]] = [
            ("number", "2.02611E+13", LOST),
            ("closed_at", "#REF!", "错误值"),
            ("closed_at", "####", "列太窄"),
            ("unit", "#N/A", "错误值"),
            ("closed_at", "11-20", "没有年份"),
            ("closed_at", "26-11-20", "年份只有两位"),
            ("closed_at", "9:30", "只有钟点"),
            ("closed_at", "昨天下午", "不是写明的日期"),
            ("closed_at", "2026-11-18至2026-11-19", "是一段时间"),
            ("closed_at", "2027-01-05 09:00", "在将来"),
            ("closed_at", "2026-10-01 09:00", "早于受理时间"),
            ("closed_at", "46346.39", "1900和1904"),
            ("unit", "江岸区（主办）、江汉区（主办）", "写了2个主办"),
            ("phone", "1.38E+10", LOST),
        ]
        name, cell, cause = chance.choice(ways)
        cells[name] = cell
        if name == "phone":
            cells["rival"] = ""
        return cause

    def _footer(self, grid: Grid, kinds: list[str]) -> None:
        """Close the table as ledgers are closed."""
        lines: tuple[list[Cell], ...] = (
            ["合计", "", "12"],
            ["", "合　计：12件"],
            ["制表人：张三", "", "审核：李四"],
            ["填报单位：江岸区政务局"],
            ["第1页 共3页"],
            ["备注：本表不含退单。"],
            ["以下空白"],
        )
        for _ in range(self._chance.randint(0, 2)):
            kinds.append("footer")
            line = self._chance.choice(lines)
            grid.rows.append([*line, *[""] * (len(self._head) - len(line))])

    def _write(self, grid: Grid, form: str, kinds: list[str]) -> Path:
        """Write the grid in a form."""
        suffix = {"html": "xls"}.get(form, form)
        path = self._folder / f"{self._made}.{suffix}"
        if form == "xlsx":
            write_workbook(path, grid)
        elif form == "html":
            path.write_text(as_page(grid), "gb18030")
        else:
            mark = self._chance.choice(",,\t;|")
            encoding = self._chance.choice(("utf-8-sig", "gb18030", "utf-16"))
            kinds += [repr(mark), encoding]
            path.write_bytes(as_text(grid, mark).encode(encoding))
        return path
