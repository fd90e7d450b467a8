"""Reports as the command line names and lists them."""

from __future__ import annotations

from collections.abc import Sequence

from console.command import Call, Fact
from models.reports import ReportView, report_by_name, reports_by_id
from rules.text import MASKED

ONE = "专报的编号或文号"

REPORT: tuple[Fact[ReportView], ...] = (
    Fact("id", "编号", number=True),
    Fact("number", "文号", lambda one: one.letter.number),
    Fact("status", "状态", lambda one: one.letter.status, shown=lambda one: one.stage),
    Fact("stage", "", lambda one: one.stage),
    Fact("title", "标题", lambda one: MASKED.text(one.letter.title)),
    Fact("recipient", "报送", lambda one: one.letter.recipient),
    Fact("signed_at", "签发时间", lambda one: one.letter.signed_at),
    Fact("answers", "批示", lambda one: len(one.answers), number=True),
)


def show_reports(call: Call, views: Sequence[ReportView]) -> None:
    """Answer with a list of reports."""
    call.answer_rows(REPORT, views, none="没有民情专报")


def named_reports(call: Call, names: Sequence[str]) -> list[ReportView]:
    """Return the reports of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        return reports_by_id(reader, [report_by_name(reader, word) for word in words])
