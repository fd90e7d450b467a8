"""What the import screen shows of a file: its columns, its first rows as read, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from console.intake.arriving import Arrival, ColumnRow
from console.intake.learning import REFUSED, Shown, unit_told, word_told
from console.widgets import Cell, Column
from rules.intake import LABELS
from seed.channels import SURE, Draft

if TYPE_CHECKING:
    from models.intake import IntakeResult

COLUMNS = (
    Column("您的列", 14, most=26, frozen=True),
    Column("读作", 12),
    Column("把握", 4, align="right"),
    Column("依据、存疑", 18, most=24),
    Column("样例", 20, most=90),
)

UNREAD = "不读"

COUNTED = (
    ("read", "读入"),
    ("new", "新增"),
    ("updated", "更新"),
    ("unchanged", "未变"),
    ("conflicts", "冲突"),
    ("rejected", "拒收"),
)

_MOST_OPEN = 3  # words and units that are told below the list

_VALUE = 30  # signs of a value in a row as read


def cells(row: ColumnRow) -> list[Cell]:
    """Return the cells of a column, one for each of ``COLUMNS``."""
    doubted = row.sure is not None and row.sure < SURE
    return [
        (row.header, ""),
        (LABELS.get(row.field, row.field), "plain") if row.field else (UNREAD, "dim"),
        (f"{row.sure:.0%}" if row.sure is not None else "", "yellow" if doubted else "dim"),
        (row.note, "yellow" if doubted else "dim"),
        (row.samples, "dim"),
    ]


def fields_for(row: ColumnRow, draft: Draft) -> list[tuple[str, str]]:
    """Return what a column may be read as, what it is now first."""
    given = set(draft.fields) - {row.field}
    now = row.field or ""
    named = {"": UNREAD} | LABELS
    return [
        (now, f"{named[now]}（现在）"),
        *(
            (name, label + ("（已有一列，两列相接）" if name in given else ""))
            for name, label in named.items()
            if name != now
        ),
    ]


def hints(arrival: Arrival | None) -> dict[str, str]:
    """Return the words of the keys that do nothing now: none."""
    idle = ["import.bring"] if arrival is None else []
    if arrival is None or arrival.draft is not None:
        idle.append("import.learn")
    if arrival is None or arrival.draft is None:
        idle += ["import.words", "import.channel"]
    return dict.fromkeys(idle, "")


def counted(result: IntakeResult) -> str:
    """Return the counts of a file; those that are none of its rows are left out."""
    return " ".join(
        f"{label}{count:,}"
        for name, label in COUNTED
        if (count := getattr(result, name)) or name in ("read", "new")
    )


DIM, OPEN = "$duban-dim", "$duban-yellow"


def shelf(arrival: Arrival) -> Content:
    """Return the lines above the list: the file, by what it is read, what is missing."""
    told = f"  工作表 {arrival.sheet}" if arrival.sheet else ""
    if arrival.draft is None:
        told += f"  按“{arrival.label}”读"
    else:
        read = sum(name is not None for name in arrival.draft.fields)
        told += f"  表头没人认识，猜着读：读{read}列，不读{len(arrival.columns) - read}列"
        if "channel" not in arrival.draft.fields:
            told += f" · 来源渠道 {arrival.draft.constants.get('channel', '其他')}"
    lines = [Content.assemble((arrival.path.name, "bold"), (told, DIM))]
    if arrival.counted is not None:
        lines[0] += Content.styled(f"  试读 {counted(arrival.counted)}", "bold")
    if arrival.missing:
        missing = "、".join(arrival.missing)
        lines.append(Content.styled(f"还缺{missing}：把光标移到那一列，回车指明", OPEN))
    lines += [Content.styled(notice, OPEN) for notice in arrival.notices]
    return Content("\n").join(lines)


def below(arrival: Arrival) -> Content:
    """Return the lines below the list: the first rows as they would be read, what is open."""
    lines = [
        Content.assemble((f"{n} ", "bold"), (_row(row), OPEN if row[0][0] == REFUSED else ""))
        for n, row in enumerate(arrival.rows, 1)
    ]
    lines += list(_open(arrival))
    return Content("\n").join(lines)


def _row(row: Sequence[Shown]) -> str:
    if row[0][0] == REFUSED:
        return " ".join(row[0])
    return "  ".join(f"{label} {text[:_VALUE]}" for label, text in row)


def _open(arrival: Arrival) -> Iterator[Content]:
    """Yield what nobody knows, a few of each kind; what a person must explain comes first."""
    words = sorted(arrival.words, key=lambda word: word.likely is not None)
    for word in words[:_MOST_OPEN]:
        yield Content.styled(word_told(word), OPEN if word.likely is None else DIM)
    if len(words) > _MOST_OPEN:
        yield Content.styled(f"另有{len(words) - _MOST_OPEN}个词：按 w 查看", DIM)
    for unit in arrival.units[:_MOST_OPEN]:
        yield Content.styled(unit_told(unit), OPEN)
    if len(arrival.units) > _MOST_OPEN:
        yield Content.styled(f"另有{len(arrival.units) - _MOST_OPEN}个单位不在名录中", DIM)


def agreed_sentence(arrival: Arrival, result: IntakeResult, aliases: Sequence[str]) -> str:
    """Return what a person agrees to: the counts, words, units, columns that are not read."""
    lines = [f"试读 {counted(result)}"]
    said = [
        f"{each.word}＝{each.likely or '没有说'}（{each.rows}行）"
        for each in arrival.words
        if each.likely is not None
    ]
    if said:
        lines.append(f"词：{'、'.join(said)}")
    if aliases:
        lines.append(f"单位：{'、'.join(aliases)}")
    if left := [row.header for row in arrival.columns if row.field is None]:
        lines.append(f"不读的列：{'、'.join(left)}")
    if result.rejected:
        lines.append("拒收的行连同原因另存一份，改好可再导入")
    return "\n".join(lines)
