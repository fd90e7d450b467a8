"""单位办理表 as a workbook: what the unit has, cells for it to fill, and a sheet that says how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.frame import UNICODE, colour_text
from console.paper import Book, Cell, Table
from models import intake
from rules.casework import HALF_NAMES, OUTCOMES
from rules.clocks import STEP_NAMES, long_instant, sheet_due, short_due
from rules.paper import SheetColumn
from rules.text import file_name
from seed.channels import HANDOUT_SHOWN
from seed.putting import papers

if TYPE_CHECKING:
    from models.intake import Handout, HandoutLine
    from models.store import Store

Local = Callable[[datetime], datetime]

_MOMENT = "例如 2026-11-26 15:20；只写日期也可"


@dataclass(frozen=True, slots=True)
class _Fill:
    """A column that the unit fills: its field, width, how, and what it is for."""

    name: str
    width: float
    kind: str
    note: str


FILLS = (
    _Fill("acknowledged_at", 17, "moment", "本单位收下此件的时间"),
    _Fill("contacted_at", 17, "moment", "第一次联系诉求人的时间"),
    _Fill("reply", 46, "long", "对诉求人的正式答复；写答复的，填报人和审签领导都要填"),
    _Fill("replied_at", 17, "moment", "答复诉求人的时间，不早于签收"),
    _Fill("outcome", 11, "text", f"从下拉中选：{'、'.join(OUTCOMES)}"),
    _Fill("extension", 11, "long", "5 是5个工作日，7天 是自然日，也可写延至的日期；须在到期前申请"),
    _Fill("extension_reason", 24, "long", "写申请延期的，理由必填"),
    _Fill(
        "closed_at", 17, "moment", "事情办完的时间；没填答复时间的，按此计。办结由中心审核后登记"
    ),
    _Fill("filled_by", 10, "text", "填这一行的人"),
    _Fill("approved_by", 10, "text", "审签这条答复的单位领导；没有审签的答复退回"),
    _Fill("evidence", 24, "text", "证明以上时间的平台编号、OA编号，或盖章页的名称和页码"),
)

_SHOWN_WIDTHS = (19, 26, 11, 17, 9, 20, 15, 8, 17, 16)

_LEAST = 34.0  # points of a row that a unit writes in


def handout_name(handout: Handout) -> str:
    """Return the name of the file."""
    return file_name(f"{handout.unit}办理表-第{handout.number}号", ".xlsx")


def handout_workbook(handout: Handout, local: Local) -> bytes:
    """Return the .xlsx; ``local`` gives instants in the bureau's zone."""
    made = local(handout.made_at)
    title = f"{handout.unit}办理表（第{handout.number}号）"
    book = Book(title, handout.bureau, made)
    _to_fill(book, handout, title, local)
    _how(book, handout, title, made)
    return book.save()


def _to_fill(book: Book, handout: Handout, title: str, local: Local) -> None:
    """Lay out the matters; only what the unit fills can be written in."""
    columns = [
        *map(SheetColumn, ("工单编号", *HANDOUT_SHOWN), _SHOWN_WIDTHS),
        *(SheetColumn(HALF_NAMES[fill.name], fill.width) for fill in FILLS),
        SheetColumn("核对码", 25),
    ]
    made = long_instant(local(handout.made_at))
    alone = sum(not line.follows for line in handout.lines)
    after = f"，并单后{alone}件" if alone < len(handout.lines) else ""
    table = book.table(
        "办理表",
        title,
        [
            f"{handout.bureau}　制表 {made}　共{len(handout.lines)}件{after}",
            "白格由单位填写，灰格不用填、不能改；填法见“填写说明”。",
        ],
        columns,
        [
            (line.number, *_told(line, local), *([None] * len(FILLS)), line.stamp)
            for line in handout.lines
        ],
        named=2,
        bottom=_LEAST,
    )
    for row, line in enumerate(handout.lines, table.first):
        known = {"acknowledged_at": line.acknowledged, "contacted_at": line.contacted}
        for fill in FILLS:
            barred = line.follows or known.get(fill.name)
            form = book.faces.barred if barred else book.faces.open[fill.kind]
            table.sheet.write_blank(row, table.at(HALF_NAMES[fill.name]), None, form)
    book.shade_words(table, "颜色", {"▲": "red", "◆": "yellow"}, also=("工单编号",))
    _rules(table)
    table.sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _told(line: HandoutLine, local: Local) -> Sequence[Cell]:
    """Return what a unit is told of a matter, in the order of ``HANDOUT_SHOWN``."""
    mark = "（暂定）" if line.provisional else ""
    next_due = f"{STEP_NAMES[line.step]} {short_due(local(line.due_at))}" if line.due_at else ""
    return (
        line.title,
        line.channel,
        local(line.dispatched_at) if line.dispatched_at else None,
        line.status,
        next_due + (mark if next_due else ""),
        line.left,
        colour_text(line.colour, line.level, UNICODE) if line.colour else "",
        sheet_due(local(line.close_due_at)) if line.close_due_at else None,
        line.merged.words if line.merged is not None else "",
    )


def _rules(table: Table) -> None:
    """Let cells offer what may stand in them; what does not fit is warned of, not refused."""
    for fill in FILLS:
        at = table.at(HALF_NAMES[fill.name])
        note = fill.note if fill.kind != "moment" else f"{fill.note}；{_MOMENT}"
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": HALF_NAMES[fill.name],
            "input_message": note,
        }
        if fill.name == "outcome":
            rule |= {"validate": "list", "source": list(OUTCOMES), "error_type": "warning"}
        elif fill.kind == "moment":
            rule |= {
                "validate": "date",
                "criteria": ">=",
                "value": datetime(2000, 1, 1),
                "error_type": "warning",
                "error_title": "时间写法",
                "error_message": _MOMENT,
            }
        table.sheet.data_validation(table.first, at, table.last, at, rule)


def _how(book: Book, handout: Handout, title: str, made: datetime) -> None:
    """Say what to fill, by when, and to whom it goes back."""
    lines = (
        ("这份表", f"{title}，{handout.bureau}{handout.maker}制，{long_instant(made)}。"),
        ("填什么", "在“办理表”的白格里填。有进展的件填，没有进展的空着，空行不动。"),
        ("什么时候交", "每件在“最近时限”之前填好交回；可以分几次交，每次交整份表。"),
        (
            "时间怎么算",
            "本单位自己填报的时间，交回时已过规则规定期限的，要写“证据”才按所报时间计；"
            "没有证据的先待核，由中心核定。",
        ),
        ("交给谁", f"交回{handout.bureau}（{handout.maker}）。请存为 .xlsx 原样交回，不另起行。"),
        (
            "不能动的",
            "灰格和“核对码”不能改。并入主件的整行是灰格：填主件一行，一并办理。制表后已转派、退回、办结的件不收，并说明原因。",
        ),
        *((HALF_NAMES[fill.name], fill.note) for fill in FILLS),
    )
    columns = (SheetColumn("项目", 16), SheetColumn("说明", 88))
    table = book.table("填写说明", "填写说明", (), columns, lines, filtered=False)
    table.sheet.protect("")


def write_handouts(
    store: Store, unit_ids: Sequence[int], folder: Path, name: str | None = None
) -> tuple[list[Handout], dict[int, Path]]:
    """Write the workbook of each unit that has something in hand; return the files by number.

    ``name`` is that of the one file. They appear once the trail keeps that they were made.
    """
    local = store.timekeeper().local
    files: dict[int, Path] = {}
    with papers(folder) as written:

        def ready(made: Handout) -> None:
            content = handout_workbook(made, local)
            files[made.number] = written.add(name or handout_name(made), content)

        made = intake.make_handouts(store, unit_ids, ready)
    return made, files
