"""What is told of cells' matters on screen, command line and in their file; how a file comes in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.command import Call, Fact, say, warn
from console.grid.typed_place import code_of
from models.grid import CellCounts, CellMatterView, find_places, matters_exported
from models.store import Source, Store
from rules.grid import CELL, MATTER_COLUMNS, Untaken
from seed.sheets import Column, write_rows

MATTER: tuple[Fact[CellMatterView], ...] = (
    Fact("id", "编号", number=True),
    Fact("kind", "种类", shown=lambda view: view.kind_name),
    Fact("code", ""),
    Fact("place", "网格"),
    Fact("title", "事项"),
    Fact("holder", "现由"),
    Fact("unit", ""),
    Fact("found_at", "发现"),
    Fact("due_at", "期限"),
    Fact("passed_at", ""),
    Fact("done_at", "办结"),
    Fact("result", "结果"),
)

COUNTS: tuple[Fact[CellCounts], ...] = (
    Fact("own", "网格自办", number=True),
    Fact("seen", "自发现", number=True),
    Fact("open", "未办", number=True),
    Fact("late", "逾期未办", number=True),
    Fact("done", "办结", number=True),
    Fact("on_time", "按时", number=True),
    Fact("passed", "交单位", number=True),
)

_WIDTHS = (10, 20, 10, 30, 40, 18, 18, 30)


def write_matters(store: Store, path: Path, rows: Sequence[CellMatterView]) -> None:
    """Write matters as the file that cells report in; that it went out is put on record."""
    local = store.timekeeper().local
    columns = [
        Column(name, name, width) for name, width in zip(MATTER_COLUMNS, _WIDTHS, strict=True)
    ]
    write_rows(
        path,
        columns,
        (
            (
                f"#{one.id}",
                one.code,
                one.kind_name,
                one.title,
                one.content,
                local(one.found_at).replace(tzinfo=None),
                local(one.done_at).replace(tzinfo=None) if one.done_at else None,
                one.result,
            )
            for one in rows
        ),
        recorded=lambda count: matters_exported(store, count, path.name),
    )


def answer_taken(
    call: Call,
    file: Path,
    rejects: Path | None,
    names: Sequence[str],
    refused: Sequence[Untaken],
    counts: dict[str, int],
    told: str,
) -> None:
    """Answer with what became of a file; lines refused are a file to mend and load again."""
    place = rejects or file.with_name(f"{file.stem}-退回.csv")
    if refused:
        columns = [Column(name, name) for name in (*names, "行号", "退回原因")]
        write_rows(place, columns, ((*one.cells, str(one.line), one.reason) for one in refused))
    value = {
        **counts,
        "refused": [{"line": one.line, "reason": one.reason} for one in refused],
        "rejects": str(place) if refused else None,
    }

    def show() -> None:
        say(f"{told}，退回{len(refused)}行")
        if refused:
            say(*(f"第{one.line}行：{one.reason}" for one in refused[:10]))
            warn(f"退回的行在 {place}：改好后再收一次")

    call.answer(value, show)


def place_meant(source: Source, word: str, *, cells: bool = False) -> str:
    """Return what was typed, or the code of the one place, or cell, that it names."""
    found = find_places(source, word)
    return code_of([one for one in found if not cells or len(one.code) == CELL], word)
