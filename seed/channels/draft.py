"""The profile of a file whose header nobody knows: guessed, then as a person changes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from rules.intake import LABELS, LONGEST_LINE, SourceProfile, profile_from
from rules.text import harmless_line
from seed.channels.formats import tables_of
from seed.channels.guess import Guess, Seen, guess, header_score
from seed.channels.headers import heads_in, normal
from seed.channels.profiles import PROFILES
from seed.channels.table import (
    Cell,
    ImportFileError,
    Record,
    SeveralSheets,
    Table,
    cell_text,
    is_blank,
)

_TOP = 12  # filled rows among which the header stands

_LOOKED_AT = 300  # rows by whose cells columns are judged

_IDENTIFYING = ("number", "external_id", "received_at", "title", "content")

_CHANNEL_WORDS = (
    ("12345", "12345电话"),
    ("热线", "12345电话"),
    ("信访", "阳光信访"),
    ("信箱", "市长信箱"),
    ("微邻里", "微邻里"),
    ("微信", "微信"),
    ("留言", "城市留言板"),
    ("短信", "手机短信"),
    ("接访", "大接访"),
)
"""What the name of a file says of its channel."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile in the making.

    ``sheet`` is the table it was guessed from, ``guesses`` what each column was taken for,
    ``fields`` what each column is now, None for one that is not read. Columns of one field are
    joined. ``constants`` are fields of which no column speaks, ``words`` by field the file's words
    and ours. ``bare`` tells of a file without header.
    """

    name: str
    label: str
    sheet: str
    guesses: tuple[Guess, ...]
    fields: tuple[str | None, ...]
    constants: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    bare: bool = False

    def with_field(self, place: int, name: str | None) -> Draft:
        """Return the draft with a column read as another field."""
        return replace(self, fields=(*self.fields[:place], name, *self.fields[place + 1 :]))

    def with_constant(self, name: str, value: str) -> Draft:
        """Return the draft with a field that no column speaks of; "" takes it away."""
        left = {key: text for key, text in self.constants.items() if key != name}
        return replace(self, constants={**left, name: value} if value else left)

    def with_word(self, name: str, theirs: str, ours: str) -> Draft:
        """Return the draft with our word for one of the file's."""
        known = {**self.words.get(name, {}), theirs: ours}
        return replace(self, words={**self.words, name: known})

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be said before a row can be read, by the names of fields."""
        given = {*self.fields}
        lacking = () if given & {"title", "content"} else ("标题或内容",)
        return lacking if "received_at" in given else (*lacking, LABELS["received_at"])

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The columns whose guess somebody should look at, each with why."""
        return tuple(
            f"{each.header}：{each.doubt}"
            for each, name in zip(self.guesses, self.fields, strict=True)
            if each.doubt and name == each.field
        )

    def file(self) -> SourceProfile:
        """Return the profile; ProfileError where it cannot be one yet."""
        of: dict[str, list[str]] = {}
        for each, name in zip(self.guesses, self.fields, strict=True):
            if name is not None:
                of.setdefault(name, []).append(each.header)
        headers = tuple(each.header for each in self.guesses)
        titles = of.get("title") or of.get("content") or ()
        given = {
            "name": self.name,
            "label": self.label,
            "headers": headers if self.bare else (),
            "needs": () if self.bare else _needs(of),
            "ignored": [h for h, n in zip(headers, self.fields, strict=True) if n is None],
            "columns": {each[0]: name for name, each in of.items() if len(each) == 1},
            "joined": {name: each for name, each in of.items() if len(each) > 1},
            "constants": {n: v for n, v in self.constants.items() if n not in of},
            "words": {name: pairs for name, pairs in self.words.items() if name in of},
        }
        if "nature" not in of and titles:
            given["nature"] = {"from": list(titles)}
        return profile_from(given)


def _needs(of: Mapping[str, Sequence[str]]) -> list[str]:
    return [of[name][0] for name in _IDENTIFYING if name in of]


def drafted(path: Path, sheet: str | None, is_unit: Callable[[str], bool]) -> Draft:
    """Return the draft of a file; ``is_unit`` says whether the bureau knows a unit.

    ImportFileError where the file is empty, or has several sheets of which one must be named.
    """
    found = [each for table in tables_of(path, sheet) if (each := _seen(table)) is not None]
    if not found:
        raise ImportFileError(f"{path} 里没有可导入的行：请换一份文件")
    if len(found) > 1:
        sheets = [each.sheet for each in found]
        names = "、".join(f"“{harmless_line(name)}”" for name in sheets)
        raise SeveralSheets(f"{path} 有多张工作表（{names}）：请用 --sheet 指明一张", sheets)
    seen = found[0]
    guesses = tuple(guess(seen.columns, is_unit))
    stem = path.stem
    channel = next((ours for sign, ours in _CHANNEL_WORDS if sign in stem), "其他")
    return Draft(
        name=_name(stem),
        label=harmless_line(stem)[:40] or "来源",
        sheet=seen.sheet,
        guesses=guesses,
        fields=tuple(each.field for each in guesses),
        constants={"channel": channel},
        words={},
        bare=seen.bare,
    )


def _name(stem: str) -> str:
    """Return a name for the profile of a file: its own, unless Duban has a profile of that name."""
    name = re.sub(r"[^\w-]+", "-", stem).strip("-")[:_LONGEST_NAME] or "来源"
    return f"{name}-来件" if name in PROFILES else name


_LONGEST_NAME = 37  # signs, so that there is room for an ending


@dataclass(frozen=True, slots=True)
class _SeenTable:
    """A table under its header; a ``bare`` one has none."""

    sheet: str
    columns: tuple[Seen, ...]
    bare: bool


def _seen(table: Table) -> _SeenTable | None:
    """Return the columns of a table, None where no row stands below its header."""
    filled = (record for record in table.records() if not is_blank(record.cells))
    rows = list(islice(filled, _LOOKED_AT))
    if not rows:
        return None
    rated = [
        (sum(map(header_score, head.names)), -len(head.rows), -start, head)
        for start, head in heads_in(rows[:_TOP])
    ]
    score, *_, head = max(rated, key=lambda each: each[:3])
    bare = score == 0 and _is_data(rows[0])
    below = rows if bare else [record for record in rows if record.line > head.line]
    names = list(_names(head.names, bare))
    if not below or not names:
        return None
    secret = [place for place, name in names if "保密" in name]
    open_rows = [each for each in below if not _kept_back(each, secret)]
    columns = tuple(
        Seen(name, _column(below, place), _column(open_rows, place)) for place, name in names
    )
    return _SeenTable(table.name, columns, bare)


def _column(rows: Sequence[Record], place: int) -> list[Cell]:
    return [each.cells[place] for each in rows if place < len(each.cells)]


def _kept_back(record: Record, secret: Sequence[int]) -> bool:
    """Whether a row is a report of wrongdoing or confidential: no list shows what it says."""
    texts = [cell_text(cell).strip() for cell in record.cells]
    asked = (texts[place] for place in secret if place < len(texts))
    return any("举报" in text for text in texts) or any(text in _SECRET for text in asked)


_SECRET = frozenset(("是", "保密", "√", "1", "true", "yes", "y"))


def _is_data(record: Record) -> bool:
    """Whether a row holds what no header holds: moments, numbers, or long texts."""
    return any(
        not isinstance(cell, str) or any(map(str.isdigit, cell)) or len(cell) > 40
        for cell in record.cells
        if cell is not None
    )


def _names(names: Sequence[str], bare: bool) -> Iterator[tuple[int, str]]:
    """Yield the columns of a header that have a name, each with its place, each name once."""
    said: set[str] = set()
    for place, shown in enumerate(names):
        name = f"第{place + 1}列" if bare else shown
        if name and len(name) <= LONGEST_LINE and normal(name) not in said:
            said.add(normal(name))
            yield place, name
