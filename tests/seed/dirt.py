"""Dirty files with known truth: what bureaus send, every kind of dirt combined at random."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.seed.reading import WUHAN

Cell = str | float | datetime | None

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


@dataclass(slots=True)
class _Grid:
    """The cells of a table and which of them are merged: row, first and last column."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)


Style = Callable[[datetime], Cell]

_HAN = "〇一二三四五六七八九"


def _han(number: int) -> str:
    """Write a number below sixty in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return "零" if ones == 0 else _HAN[ones]
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")


def _halved(at: datetime) -> str:
    """Write 下午3:05; noon and midnight in words that mean one hour."""
    half = "凌晨" if at.hour < 6 else "上午" if at.hour < 12 else "下午"
    hour = at.hour if at.hour <= 12 else at.hour - 12
    return f"{half}{hour}:{at:%M}"


TEXT_STYLES: dict[str, Style] = {
    "iso": lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    "minutes": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "slash": lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M}",
    "dotted": lambda at: f"{at.year}.{at.month}.{at.day} {at:%H:%M}",
    "chinese": lambda at: f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分",
    "weekday": lambda at: f"{at:%Y-%m-%d} 星期{'一二三四五六日'[at.weekday()]} {at:%H:%M}",
    "half": lambda at: f"{at.year}/{at.month}/{at.day} {_halved(at)}",
    "halfday": lambda at: f"{at.year}年{at.month}月{at.day}日{_halved(at)}",
    "packed": lambda at: f"{at:%Y%m%d %H%M}",
    "zulu": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    "wide": lambda at: f"{at:%Y-%m-%d %H:%M}".translate(
        str.maketrans("0123456789-:", "０１２３４５６７８９－：")
    ),
    "han": lambda at: (
        f"{''.join(_HAN[int(d)] for d in str(at.year))}年{_han(at.month)}月{_han(at.day)}日"
        f"{_han(at.hour)}时{_han(at.minute)}分"
    ),
}

SHEET_STYLES: dict[str, Style] = {
    "typed": lambda at: at.replace(tzinfo=None),
    "serial": lambda at: (at.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1),
}


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
        style = chance.choice(sorted(styles))
        kinds = [form, style]
        truth: dict[str, Wanted] = {}
        grid = _Grid()
        self._headings(grid, kinds)
        columns = self._header(grid, kinds, split=style in ("iso", "slash", "chinese"))
        for n in range(chance.randint(2, 12)):
            self._row(grid, columns, truth, f"第{self._made}份第{n}件路灯不亮", styles[style])
            if n and chance.random() < 0.05:
                kinds.append("repeated header")
                grid.rows.append(list(self._head))
        self._footer(grid, kinds)
        path = self._write(grid, form, kinds)
        return Dirty(path, kinds, truth)

    def _headings(self, grid: _Grid, kinds: list[str]) -> None:
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

    def _header(self, grid: _Grid, kinds: list[str], split: bool) -> list[str]:
        """Write the header and return the columns: fields, or others that are not read."""
        chance = self._chance
        columns = [*FIELDS]
        chance.shuffle(columns)
        if chance.random() < 0.5:
            columns.insert(0, "序号")
        if chance.random() < 0.5:
            columns.append("备注")
        if split and chance.random() < 0.4:
            kinds.append("date and time apart")
            columns.insert(columns.index("received_at"), "day")
            names = {"day": "受理日期", "received_at": "受理时间"}
        else:
            names = {}
        for name in columns:
            names.setdefault(name, chance.choice(NAMES.get(name, (name,))))
        if chance.random() < 0.3 and "day" not in columns:
            kinds.append("two rows")
            columns = self._two_rows(grid, columns, names)
        else:
            grid.rows.append([self._set(names[name], kinds) for name in columns])
        self._head = grid.rows[-1]
        return columns

    def _two_rows(self, grid: _Grid, columns: list[str], names: dict[str, str]) -> list[str]:
        """Write names under merged headings; those of one heading stand together."""
        grouped = [name for group in GROUPS.values() for name in group]
        columns = [*[name for name in columns if name not in grouped], *grouped]
        upper: list[Cell] = [""] * len(columns)
        lower: list[Cell] = [names[name] for name in columns]
        for group, members in GROUPS.items():
            first = columns.index(members[0])
            upper[first] = group
            grid.merges.append((len(grid.rows), first, first + len(members) - 1))
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
        grid: _Grid,
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
            "content": f"{title}，已有三天",
            "phone": phone,
            "unit": lead,
            "co_units": helpers,
            "received_at": received.astimezone(UTC),
            "closed_at": closed.astimezone(UTC),
        }
        cells: dict[str, Cell] = {
            "number": self._guarded(number),
            "title": title,
            "content": f"{title}，已有三天",
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
        if chance.random() < 0.12:
            cause = self._spoil(cells)
        truth[title] = Wanted(fields, cause)
        grid.rows.append([cells[name] for name in columns])

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
        return cause

    def _footer(self, grid: _Grid, kinds: list[str]) -> None:
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

    def _write(self, grid: _Grid, form: str, kinds: list[str]) -> Path:
        """Write the grid in a form."""
        suffix = {"html": "xls"}.get(form, form)
        path = self._folder / f"{self._made}.{suffix}"
        if form == "xlsx":
            _write_workbook(path, grid)
        elif form == "html":
            path.write_text(_page(grid), "gb18030")
        else:
            mark = self._chance.choice(",,\t;|")
            encoding = self._chance.choice(("utf-8-sig", "gb18030", "utf-16"))
            kinds += [repr(mark), encoding]
            path.write_bytes(_text(grid, mark).encode(encoding))
        return path


def _text(grid: _Grid, mark: str) -> str:
    """Return the grid as delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    for row in grid.rows:
        if len(row) > 1:
            writer.writerow(row)
        else:
            out.write(f"{row[0]}\r\n")
    return out.getvalue()


def _page(grid: _Grid) -> str:
    """Return the grid as the web page that office systems call .xls."""
    merged = {(row, first): last - first + 1 for row, first, last in grid.merges}
    covered = {(row, n) for row, first, last in grid.merges for n in range(first + 1, last + 1)}
    lines = []
    for at, row in enumerate(grid.rows):
        cells = (
            f'<td colspan="{merged.get((at, n), 1)}">{_markup(cell)}</td>'
            for n, cell in enumerate(row)
            if (at, n) not in covered
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = '<html><head><meta charset="gbk"></head><body><table border="1">'
    return f"{head}{''.join(lines)}</table></body></html>"


def _markup(cell: Cell) -> str:
    return escape(str(cell)).replace("\n", "<br>")


def _write_workbook(path: Path, grid: _Grid) -> None:
    """Write the grid as a workbook, an older copy of it hidden beside."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("明细")
        hidden = book.add_worksheet("上月")
        hidden.write_row(0, 0, ["标题", "内容"])
        hidden.write_row(1, 0, ["上月的件", "不要读"])
        hidden.hide()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for at, row in enumerate(grid.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell, moment)
                elif isinstance(cell, float):
                    sheet.write_number(at, place, cell)
                elif cell in ("#REF!", "#N/A"):
                    sheet.write_formula(at, place, "=1/0", None, cell)
                elif cell:
                    sheet.write_string(at, place, cell)
        for row_at, first, last in grid.merges:
            text = grid.rows[row_at][first]
            sheet.merge_range(row_at, first, row_at, last, text)
