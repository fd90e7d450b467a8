"""Headers as people set them: letter-spaced, numbered, starred, in two or three rows, in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from rules.text import harmless_line
from seed.channels.table import Cell, Record, cell_text

_HAN = "\u2e80-\u9fff\uf900-\ufaff"

_APART = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")

_ESCAPED_BREAK = re.compile(r"_x000[ad]_", re.IGNORECASE)

_NOTE = re.compile(
    r"[(\[【〔{<《「][^)\]】〕}>》」]*[)\]】〕}>》」]"  # in brackets
    r"|[(\[【〔《「].*$"  # in brackets never closed
    r"|(?<=.)\*.*$"
)

_ENDS = re.compile(r"^[^\w(\[【〔{<《「]+|[^\w)\]】〕}>》」]+$")

_JOINT = re.compile(r"[\s\-_]+")

_NUMBERED = re.compile(
    rf"^(?:第?\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|[a-z])[.、:)\s_]+(?=\S)|^\d{{1,2}}(?=[{_HAN}])"
)

_BLANKS = re.compile(r"\s+")

_STAGE = re.compile(r"(?:基本)?(?:情况|信息|环节|阶段|过程|节点|资料|明细|栏|部分)$")

_LEVELS = re.compile(rf"(?<=[{_HAN}])[/_>|·\\]+(?=[{_HAN}])")

_AMBIGUOUS = frozenset(
    (
        *(
            "时间",
            "日期",
            "时刻",
            "单位",
            "部门",
            "单位名称",
            "编号",
            "号码",
            "姓名",
            "名称",
            "人员",
        ),
        *("电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "联系人", "地址", "地点"),
        *("结果", "意见", "内容", "情况", "状态", "满意度", "评价", "详情"),
    )
)
"""Names that mean one thing under one heading and another under the next."""

_HANDLING = re.compile(
    "办理|办结|结案|处理|处置|答复|回复|反馈|承办|协办|主办|经办|单位|部门|交办|派单|转办|签收|接单"
    "|评价|回访|审核|审批|督办|退单|延期|挂起|核查|首办|责任|网格员|工作人员"
)

DEEPEST = 3
"""Rows that one header may take."""

_LONGEST = 60  # signs of a header cell; a longer one is what somebody wrote


def normal(header: Cell) -> str:
    """Return a header as it is compared: harmless, small, without notes, stars and blanks."""
    return _compared(_NOTE.sub("", _ENDS.sub("", _wide(header))))


def _wide(header: Cell) -> str:
    """Return a header on one line, its full-width and circled signs as plain ones."""
    text = _ESCAPED_BREAK.sub(" ", cell_text(header))
    return normalize("NFKC", harmless_line(text))


def _compared(text: str) -> str:
    """Return a header without what only sets it apart."""
    return _JOINT.sub("_", _APART.sub("", _ENDS.sub("", text)).lower())


def _notes(header: Cell) -> list[str]:
    """Return what stands in brackets beside a header."""
    found = (
        _compared(each.strip("()[]【】〔〕{}<>《》「」")) for each in _NOTE.findall(_wide(header))
    )
    return [note for note in found if note]


def plain_name(header: Cell) -> str:
    """Return a header as it is compared, without the number of its column."""
    return _NUMBERED.sub("", normal(header), count=1)


def keys_of(name: Cell, groups: Sequence[Cell] = ()) -> tuple[str, ...]:
    """Return the keys by which a column may be known, the surest first.

    ``groups`` are the headings above its name, the nearest first: under 办理情况 a 时间 is
    ``办理情况/时间``, and no name of its own; 标题 is one under any heading.
    """
    plain = normal(name)
    if not plain:
        return ()
    names = tuple(dict.fromkeys((plain, plain_name(name))))
    over = [*map(normal, groups), *_notes(name)]
    keys = [key for each in names for group in over for key in _compounds(group, each)]
    if not any(each in _AMBIGUOUS for each in names) or not any(map(_HANDLING.search, over)):
        keys += names
    for each in names:
        *upper, leaf = _LEVELS.split(each)
        keys += [key for group in reversed(upper) for key in _compounds(group, leaf)]
        if upper and all(map(_STAGE.search, upper)) and not any(map(_HANDLING.search, upper)):
            keys.append(leaf)
    return tuple(dict.fromkeys(keys))


def _compounds(group: str, name: str) -> Iterator[str]:
    """Yield the names that a heading and the name under it make together."""
    group = _NUMBERED.sub("", group, count=1)
    for over in dict.fromkeys((group, _STAGE.sub("", group))):
        if over and name and over != name:
            yield f"{over}/{name}"
            yield f"{over}{name}"
            yield f"{name}{over}"


@dataclass(frozen=True, slots=True)
class Head:
    """Rows that may be the header of a table, taken as one.

    ``line`` is where its last row begins. ``names`` are what people read over each column, ``keys``
    by what each may be known. ``rows`` are its rows in compared form, ``cells`` its cells as they
    stand, ``above`` the texts over it.
    """

    line: int
    names: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    cells: frozenset[Cell] = frozenset()
    above: frozenset[str] = frozenset()

    def repeats(self, cells: Sequence[Cell]) -> bool:
        """Whether a row says again what a row of the header says, as after a page break."""
        said = tuple(map(normal, cells))
        return sum(map(bool, said)) > 1 and any(_same(said, row) for row in self.rows)


def _same(said: Sequence[str], row: tuple[str, ...]) -> bool:
    """Whether all that a row says is what a row of the header says there, merged or not."""
    return all(not name or row[place : place + 1] == (name,) for place, name in enumerate(said))


def heads_in(top: Sequence[Record]) -> Iterator[tuple[int, Head]]:
    """Yield what may be a header among the first filled rows: each row, alone or with the next.

    Each comes with the number, from 0, of the row at which it begins.
    """
    for start in range(len(top)):
        for end in range(start + 1, min(start + DEEPEST, len(top)) + 1):
            if end > start + 1 and not _may_continue(top[end - 1]):
                break
            yield start, _head(top[start:end], top[:start])


def _may_continue(record: Record) -> bool:
    """Whether a row may be a further row of a header: only short texts stand in it."""
    filled = [cell for cell in record.cells if cell is not None and cell_text(cell).strip()]
    return all(isinstance(cell, str) and len(cell) <= _LONGEST for cell in filled)


def _head(rows: Sequence[Record], before: Sequence[Record]) -> Head:
    """Take rows together: the lowest name over a column is its own, those above it its groups."""
    width = max(len(row.cells) for row in rows)
    texts = [[_text(row.cells, place) for place in range(width)] for row in rows]
    for upper, lower in zip(texts[-2::-1], texts[:0:-1], strict=False):
        _spread(upper, lower)
    names, keys = [], []
    for place in range(width):
        stack = _stacked(row[place] for row in texts)
        names.append(_shown(stack))
        keys.append(keys_of(stack[0], stack[1:]) if stack else ())
    compared = tuple(tuple(map(normal, row.cells)) for row in rows)
    above = frozenset(compact(cell) for row in before for cell in row.cells)
    cells = frozenset(cell for row in rows for cell in row.cells) - {"", None}
    return Head(rows[-1].line, tuple(names), tuple(keys), compared, cells, above - {""})


def compact(cell: Cell) -> str:
    """Return a cell without any blanks, full-width signs as plain ones."""
    return _BLANKS.sub("", normalize("NFKC", harmless_line(cell_text(cell))))


def _shown(stack: Sequence[str]) -> str:
    """Return what a column is called: with its headings where its own name says too little."""
    if not stack or normal(stack[0]) not in _AMBIGUOUS:
        return "".join(stack[:1])
    return "/".join(reversed(stack))


def _text(cells: Sequence[Cell], place: int) -> str:
    return _line(cells[place]) if place < len(cells) else ""


def _line(cell: Cell) -> str:
    return harmless_line(cell_text(cell)).strip()


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Let a heading reach over the names below it, up to the next heading or a gap."""
    heading = ""
    for place, name in enumerate(lower):
        if upper[place] or not name:
            heading = upper[place] if name else ""
        else:
            upper[place] = heading


def _stacked(column: Iterator[str]) -> list[str]:
    """Return the different texts over one column, from below."""
    stack: list[str] = []
    for text in reversed(list(column)):
        if text and (not stack or normal(text) != normal(stack[-1])):
            stack.append(text)
    return stack
