"""``duban emergency``: 特殊时期, begun and ended by documents of the command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from console.command import (
    At,
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    step_code,
    verb_group,
)
from console.frame import WrongUsage
from models import campaigns
from models.campaigns import EmergencyView, Notice, Reached
from rules.clocks import EMERGENCY_KINDS, STEP_NAMES
from rules.errors import Refused
from seed.sheets import Column, write_rows

app = verb_group("特殊时期：按指挥部文件暂停和恢复非紧急时限。")

KINDS = "、".join(EMERGENCY_KINDS)

NUMBER = option("--document", "文号", "指挥部文件的文号", ...)
TITLE = option("--title", "标题", "文件的标题", ...)
DAY = option("--date", "日期", "成文日期，不写为当天")
Id = Annotated[int | None, typer.Argument(metavar="编号", help="不写为正在进行的一个")]


def _steps(view: EmergencyView) -> str:
    return "、".join(STEP_NAMES[step] for step in view.limits)


def _places(view: EmergencyView) -> str:
    return view.places or "全市"


EVENT: tuple[Fact[EmergencyView], ...] = (
    Fact("id", "编号", number=True),
    Fact("kind", "种类"),
    Fact("places", "地区", shown=_places),
    Fact("limits", "暂停时限", shown=_steps),
    Fact("codes", ""),
    Fact("from_at", "开始"),
    Fact("to_at", "结束"),
    Fact("begin_number", "开始文件"),
    Fact("end_number", "结束文件"),
    Fact("tickets", "暂停件数", number=True),
    Fact("untold", "待告知", number=True),
)


NOTICE = (
    Column("工单编号", "number", 20),
    Column("来源渠道", "channel"),
    Column("告知内容", "text", 80),
)


@app.command("list", cls=Verb, help="列出特殊时期，新的在前。")
def list_events(ctx: typer.Context) -> None:
    """List every event."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        views = campaigns.emergency_list(reader)
    call.answer_rows(EVENT, views, none="没有特殊时期")


@app.command("begin", cls=Verb, help="按文件进入特殊时期：暂停非紧急时限，抢险救援不停。")
def begin(
    ctx: typer.Context,
    kind: str = argument("种类", KINDS),
    number: str = NUMBER,
    title: str = TITLE,
    day: str | None = DAY,
    area: list[str] | None = option("--area", "地方", "区或街道的名称或代码，可写多次；不写为全市"),
    limits: list[str] | None = option("--limit", "步骤", "文件暂停的时限，不写按规则；可写多次"),
    at: At = None,
) -> None:
    """Begin an event."""
    call = call_of(ctx)
    done = campaigns.begin_emergency(
        call.store(),
        kind,
        number=number,
        day=_day(call, day),
        title=title,
        since=_moment(call, at),
        areas=_areas(call, area or ()),
        steps=[step_code(word) or word for word in limits or ()],
    )
    _told(call, done, done.event.tickets, f"暂停时限{{}}件：{NEXT}")


@app.command("end", cls=Verb, help="按文件结束特殊时期：时限接着走，顺延暂停的时间。")
def end(
    ctx: typer.Context,
    id: Id = None,
    number: str = NUMBER,
    title: str = TITLE,
    day: str | None = DAY,
    at: At = None,
) -> None:
    """End an event."""
    call = call_of(ctx)
    done = campaigns.end_emergency(
        call.store(),
        _chosen(call, id),
        number=number,
        day=_day(call, day),
        title=title,
        until=_moment(call, at),
    )
    _told(call, done, done.tickets, f"恢复时限{{}}件：{NEXT}")


@app.command("correct", cls=Verb, help="按文件更正特殊时期的结束时间：各件时限重新核算。")
def correct(
    ctx: typer.Context,
    id: int = argument("编号", "特殊时期的编号"),
    number: str = NUMBER,
    title: str = TITLE,
    day: str | None = DAY,
    at: At = None,
) -> None:
    """Correct when an event ended."""
    call = call_of(ctx)
    done = campaigns.correct_emergency(
        call.store(),
        id,
        number=number,
        day=_day(call, day),
        title=title,
        until=_moment(call, at),
    )
    _told(call, done, done.tickets, "重新核算时限{}件")


@app.command("notice", cls=Verb, help="导出告知诉求人的名单（.xlsx .csv），每件各告知一次。")
def notice(
    ctx: typer.Context,
    id: Id = None,
    out: Path = option("--out", "文件", "写到哪里", ...),
) -> None:
    """Write the messages to send; they count as told once the file is there."""
    call = call_of(ctx)

    def keep(notices: Sequence[Notice]) -> None:
        write_rows(out, NOTICE, ([one.number, one.channel, one.text] for one in notices))

    told = campaigns.tell_citizens(call.store(), _chosen(call, id, newest=True), keep)
    line = f"告知名单{told}件：{out}" if told else "都已告知过：没有要发的"
    call.answer({"tickets": told, "file": str(out) if told else None}, lambda: say(line))


NEXT = "用 duban emergency notice 导出告知诉求人的名单"


def _told(call: Call, done: Reached, count: int, line: str) -> None:
    value = {**call.objects(EVENT, [done.event])[0], "moved": done.tickets}
    call.answer(value, lambda: say(f"{done.event.name} {line.format(count)}"))


def _chosen(call: Call, id: int | None, *, newest: bool = False) -> int:
    """Return the event that is named, else the one that lasts, or the newest at all."""
    if id is not None:
        return id
    with call.store().reading() as reader:
        views = campaigns.emergency_list(reader)
    lasting = [view for view in views if view.to_at is None] or views[:1] * newest
    if len(lasting) != 1:
        raise Refused("请写明是哪一个特殊时期的编号：用 duban emergency list 查看")
    return lasting[0].id


def _moment(call: Call, at: str | None) -> datetime:
    return call.at(at) or call.now()


def _day(call: Call, typed: str | None) -> date:
    if typed is None:
        return call.timekeeper().local(call.now()).date()
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise WrongUsage(f"{typed} 不是日期：例如 2026-11-19") from None


def _areas(call: Call, words: Sequence[str]) -> list[str]:
    with call.store().reading() as reader:
        return [campaigns.place_of(reader, word) for word in words]
