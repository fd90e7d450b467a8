"""单位办理表 as a workbook: what the unit has, cells for it to fill, and a sheet that says how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.frame import UNICODE, colour_text
from console.paper import Book
from rules.casework import HALF_NAMES, OUTCOMES
from rules.clocks import STEP_NAMES, long_instant, short_due
from rules.text import file_name
from seed.channels import HANDOUT_SHOWN

if TYPE_CHECKING:
    from models.intake import Handout, HandoutLine

Local = Callable[[datetime], datetime]

_MOMENT = "例如 2026-11-26 15:20；只写日期也可"

_HEAD = 3  # rows above the header


@dataclass(frozen=True, slots=True)
class _Fill:
    """A column that the unit fills: its field, width, how, and what it is for."""

    name: str
    width: float
    kind: str
    note: str


FILLS = (
    _Fill("acknowledged_at", 16, "moment", "本单位收下此件的时间"),
    _Fill("contacted_at", 16, "moment", "第一次联系诉求人的时间"),
    _Fill("reply", 46, "long", "对诉求人的正式答复；写答复的，填报人和审签领导都要填"),
    _Fill("replied_at", 16, "moment", "答复诉求人的时间，不早于签收"),
    _Fill("outcome", 11, "text", f"从下拉中选：{'、'.join(OUTCOMES)}"),
    _Fill("extension", 11, "long", "5 是5个工作日，7天 是自然日，也可写延至的日期；须在到期前申请"),
    _Fill("extension_reason", 24, "long", "写申请延期的，理由必填"),
    _Fill(
        "closed_at", 16, "moment", "事情办完的时间；没填答复时间的，按此计。办结由中心审核后登记"
    ),
    _Fill("filled_by", 10, "text", "填这一行的人"),
    _Fill("approved_by", 10, "text", "审签这条答复的单位领导；没有审签的答复退回"),
    _Fill("evidence", 24, "text", "证明以上时间的平台编号、OA编号，或盖章页的名称和页码"),
)

_SHOWN_WIDTHS = (22, 34, 12, 17, 10, 20, 16, 8, 17)


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
    heads = ("工单编号", *HANDOUT_SHOWN, *(HALF_NAMES[fill.name] for fill in FILLS), "核对码")
    widths = (*_SHOWN_WIDTHS, *(fill.width for fill in FILLS), 24)
    sheet = book.sheet("办理表", widths)
    sheet.write_string(0, 0, title, book.heading)
    sheet.set_row(0, 28)
    made = long_instant(local(handout.made_at))
    sheet.write_string(1, 0, f"{handout.bureau}　制表 {made}　共{len(handout.lines)}件", book.plain)
    sheet.write_string(2, 0, "白格由单位填写，灰格不用填、不能改；填法见“填写说明”。", book.plain)
    for at, head in enumerate(heads):
        sheet.write_string(_HEAD, at, head, book.head)
    sheet.set_row(_HEAD, 32)
    for row, line in enumerate(handout.lines, _HEAD + 1):
        for at, cell in enumerate((line.number, *_told(line, local))):
            book.put(sheet, row, at, cell)
        for at, fill in enumerate(FILLS, len(HANDOUT_SHOWN) + 1):
            known = {"acknowledged_at": line.acknowledged, "contacted_at": line.contacted}
            form = book.barred if known.get(fill.name) else book.open[fill.kind]
            sheet.write_blank(row, at, None, form)
        book.put(sheet, row, len(heads) - 1, line.stamp)
    _rules(sheet, _HEAD + 1, _HEAD + len(handout.lines))
    sheet.freeze_panes(_HEAD + 1, 2)
    sheet.autofilter(_HEAD, 0, _HEAD + len(handout.lines), len(heads) - 1)
    sheet.repeat_rows(_HEAD)
    allowed = {"autofilter": True, "format_columns": True, "format_rows": True}
    sheet.protect("", allowed)


def _told(line: HandoutLine, local: Local) -> Sequence[str]:
    """Return what a unit is told of a matter, in the order of ``HANDOUT_SHOWN``."""
    mark = "（暂定）" if line.provisional else ""
    next_due = f"{STEP_NAMES[line.step]} {short_due(local(line.due_at))}" if line.due_at else ""
    return (
        line.title,
        line.channel,
        f"{local(line.dispatched_at):%Y-%m-%d %H:%M}" if line.dispatched_at else "",
        line.status,
        next_due + (mark if next_due else ""),
        line.left,
        colour_text(line.colour, line.level, UNICODE) if line.colour else "",
        long_instant(local(line.close_due_at), ends=True) if line.close_due_at else "",
    )


def _rules(sheet: Any, first: int, last: int) -> None:
    """Let cells offer what may stand in them; what does not fit is warned of, not refused."""
    for at, fill in enumerate(FILLS, len(HANDOUT_SHOWN) + 1):
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
        sheet.data_validation(first, at, last, at, rule)


def _how(book: Book, handout: Handout, title: str, made: datetime) -> None:
    """Say what to fill, by when, and to whom it goes back."""
    sheet = book.sheet("填写说明", (16, 88), landscape=False)
    sheet.write_string(0, 0, "填写说明", book.heading)
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
            "灰格和“核对码”不能改。制表后已转派、退回、办结的件不收，并说明原因。",
        ),
        *((HALF_NAMES[fill.name], fill.note) for fill in FILLS),
    )
    for row, (name, text) in enumerate(lines, 2):
        sheet.write_string(row, 0, name, book.head)
        book.put(sheet, row, 1, text)
    sheet.protect("")
