"""What to know of the matter under the cursor before deciding, and what each digit would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from console.casework import covered
from console.views.desk.deciding import RULED, verdicts
from console.views.desk.waiting import Detail
from console.widgets import Page, Sheet

if TYPE_CHECKING:
    from models.orders import OrderView
    from models.views import TicketView


class MatterPane(Page):
    """What to know before deciding."""

    def blank(self, line: str) -> None:
        """Show one line instead of a matter."""
        self.put(Content(line))

    def show(self, key: str, detail: Detail, rule: str) -> None:
        """Show a matter of a queue."""
        sheet = Sheet(self.content_size.width - 2, rule)
        row = detail.row
        named = f"来源写的是“{row.unit}”" if key == "dispatch" and row.unit else row.unit
        sheet.line(
            (row.number or "草稿", "bold $accent"),
            "  ",
            (named, Sheet.DIM),
            "  ",
            (_mark(key, row.mark), "bold $duban-yellow"),
        )
        self._choices(sheet, key, detail)
        if detail.order is not None:
            _order(sheet, detail.order)
        elif detail.view is not None:
            _appeal(sheet, key, detail.view)
        self.put(sheet.content())
        self.scroll_home(animate=False)

    def _choices(self, sheet: Sheet, key: str, detail: Detail) -> None:
        """Say what each digit would do, and what would come of it."""
        if key == "dispatch":
            for place, one in enumerate(detail.suggestions, 1):
                sheet.line(
                    (f"{place} ", "bold $accent"),
                    (one.unit, "bold"),
                    f"  {one.words}  ",
                    (f"{one.why}  {one.measured_by}".rstrip(), Sheet.DIM),
                )
                if one.dropped:
                    sheet.line((f"  {one.dropped}", Sheet.DIM))
            if detail.view is not None and detail.view.nature == "举报":
                sheet.line(("举报件不建议单位：打开核对被举报的是谁，再按 t 选择", Sheet.DIM))
            elif not detail.suggestions:
                sheet.line(("没有相似的诉求可参考", Sheet.DIM))
            sheet.line(("t ", "bold $accent"), "其他单位")
            return
        if key == "accused":
            sheet.fact("疑似反映", detail.row.unit)
        if detail.row.said:
            sheet.line((detail.row.said, "bold"))
        if key == "dispute":
            sheet.line((RULED, Sheet.DIM))
        for line in detail.effect:
            sheet.line(("同意后 ", Sheet.DIM), (line, "$duban-yellow"))
        for place, line in enumerate(detail.limits, 1):
            sheet.line((f"{place} ", "bold $accent"), (line, "$duban-yellow"))
        if detail.claimed:
            sheet.fact("单位报", detail.claimed)
        parts: list[tuple[str, str] | str] = []
        for place, verdict in enumerate(verdicts(key, detail.row.mark), 1):
            parts += [(f"{place} ", "bold $accent"), f"{verdict.name}  "]
        sheet.line(*parts)


def _mark(key: str, mark: str) -> str:
    return f"套话：{mark}" if key == "judge" and mark else mark


def _appeal(sheet: Sheet, key: str, shown: TicketView) -> None:
    view = covered(shown)
    sheet.heading("诉求")
    sheet.line((view.title, "bold"))
    if view.accused and key != "accused":
        sheet.line((f"避让 {view.avoided}：不交其办理、不给其看", "$duban-yellow"))
    sheet.line(
        (" ".join(filter(None, (view.nature, view.channel, view.urgency, view.area))), Sheet.DIM)
    )
    sheet.text(view.content)
    if key != "dispatch":
        running = [one for one in view.deadlines if one.stopped_at is None]
        for one in running:
            sheet.fact(one.step_name, f"{one.remaining or '挂起'}")


def _order(sheet: Sheet, order: OrderView) -> None:
    sheet.heading("督办单")
    sheet.line((order.title, "bold"))
    sheet.text(order.cause)
    for n, demand in enumerate(order.demands, 1):
        sheet.line(f"{n}．{demand}")
    sheet.fact("诉求", "、".join(order.tickets))
    if order.feedback:
        sheet.heading("反馈")
        sheet.text(order.feedback)
