"""What is told of campaigns and tasks, and how they are named, on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from console.campaigns.standing import bar
from console.command import Call, Fact, say
from console.frame import WrongUsage, typed_due
from models.campaigns import CampaignView, Gathered, TaskView, campaign_by_name, campaign_of
from rules.campaigns import COLUMNS, Unread
from seed.sheets import Column, write_rows

CAMPAIGN: tuple[Fact[CampaignView], ...] = (
    Fact("id", "编号", number=True),
    Fact("name", "专题"),
    Fact("theme", ""),
    Fact("leader", "牵头领导"),
    Fact("lead_unit", "牵头单位"),
    Fact("due_at", "期限"),
    Fact("original_due_at", ""),
    Fact("basis", ""),
    Fact("tickets", "诉求", number=True),
    Fact("open", "在办", number=True),
    Fact("tasks", "任务", number=True),
    Fact("done", "完成", number=True),
    Fact("late", "逾期", number=True),
    Fact("percent", "进度", shown=lambda view: bar(view.percent)),
    Fact("closed_at", "结项"),
)

TASK: tuple[Fact[TaskView], ...] = (
    Fact("id", "任务", number=True),
    Fact("unit", "单位"),
    Fact("title", "任务内容"),
    Fact("percent", "进度", shown=lambda view: bar(view.percent)),
    Fact("due_at", "截止"),
    Fact("state", "状态", shown=lambda view: view.state),
    Fact("done_at", ""),
    Fact("told", "最近进展"),
    Fact("told_at", ""),
    Fact("undone_reason", "未完成原因"),
)


def named(call: Call, word: str) -> CampaignView:
    """Return the campaign of an id or a name."""
    with call.store().reading() as reader:
        return campaign_of(reader, campaign_by_name(reader, word), call.now())


def reasons_of(given: Sequence[str]) -> dict[int, str]:
    """Return why tasks are not done, by id, of words such as ``3=资金未到位``."""
    found = {}
    for one in given:
        id, mark, why = one.replace("＝", "=").partition("=")
        if not mark or not id.strip().lstrip("#").isdecimal():
            raise WrongUsage(f"{one} 写法不对：--undone 编号=原因，例如 --undone 3=资金未到位")
        found[int(id.strip().lstrip("#"))] = why.strip()
    return found


def due_of(call: Call, typed: str) -> datetime:
    """Return the instant of a deadline: a day alone is meant to the end of its office hours."""
    return typed_due(typed, call.now(), call.timekeeper())


def tell_gathered(call: Call, done: Gathered, verb: str) -> None:
    """Answer with what became of the tickets of an act."""
    value = {
        "done": len(done.done),
        "skipped": [{"number": number, "reason": why} for number, why in done.skipped],
    }
    call.answer(
        value,
        lambda: say(f"{verb}{len(done.done)}件", *(f"{n}：{why}" for n, why in done.skipped)),
    )


def write_rejects(place: Path, refused: Sequence[Unread]) -> None:
    """Write the lines that were not taken as they were, each with the reason."""
    columns = [Column(name, name) for name in ("行号", *COLUMNS, "退回原因")]
    write_rows(place, columns, ((str(one.line), *one.cells, one.reason) for one in refused))
