"""``duban calendar``: the holidays in force, what a new year's file would do, loading it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.clocks.rehearsed import agreed, as_object, show, summary
from console.command import Call, Fact, Verb, call_of, say, verb_group
from console.frame import WrongUsage, plain_text, runway_warning
from models.clocks import (
    CalendarView,
    LoadedCalendar,
    calendar_versions,
    days_of,
    load_calendar,
    rehearse_calendar,
    restore_calendar,
    runway,
)
from rules.clocks import CalendarDays
from seed.reference import builtin_calendar, extended, read_notice

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="文件", help="holiday-cn 格式的年度日历，可写多个")
]

Builtin = Annotated[bool, typer.Option("--builtin", help="改用程序自带的法定日历")]

Reason = Annotated[str | None, typer.Option("--reason", metavar="理由", help="记入每件留痕的理由")]

Yes = Annotated[bool, typer.Option("--yes", help="不再询问")]

app = verb_group("法定日历：查看、试算、装入、恢复。")


@app.command("show", cls=Verb, help="现行日历、还够用几天、历次版本。")
def calendar_show(ctx: typer.Context) -> None:
    """Tell of the calendar in force, its runway, and every version."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        versions = calendar_versions(reader)
        days = days_of(reader, versions[0].version)
    left = runway(store)
    warning = runway_warning(left.through, store.timekeeper().local(store.now()).date())
    newer = _newer(days)
    value = {
        "version": versions[0].version,
        "source": days.source,
        **call.object(days, "official_from", "official_through"),
        "days_left": left.left,
        "warning": warning or None,
        "newer_builtin": newer,
        "versions": call.objects(VERSION, versions),
    }
    call.answer(value, lambda: _show(call, versions, warning, newer))


@app.command("rehearse", cls=Verb, help="试算：装入后哪些时限会变，不作任何改动。")
def calendar_rehearse(ctx: typer.Context, files: Files = None, builtin: Builtin = False) -> None:
    """Say what loading would do; write nothing."""
    call = call_of(ctx)
    told = rehearse_calendar(call.store(), _days(call, files, builtin))
    call.answer(as_object(call, told), lambda: show(call, told))


@app.command("load", cls=Verb, help="装入日历：所有在办时限一次重算，逐件留痕。")
def calendar_load(
    ctx: typer.Context,
    files: Files = None,
    builtin: Builtin = False,
    reason: Reason = None,
    yes: Yes = False,
) -> None:
    """Make a new version of the calendar and count the running clocks again."""
    call = call_of(ctx)
    days = _days(call, files, builtin, create=True)
    store = call.store()
    if not agreed(call, lambda: rehearse_calendar(store, days), "装入此日历", yes=yes):
        say("没有装入")
        return
    named = "、".join(file.name for file in files or ()) or "程序自带日历"
    _answer(call, load_calendar(store, days, reason or f"装入日历 {named}"))


@app.command("undo", cls=Verb, help="恢复上一版日历，在办时限随之复原。")
def calendar_undo(ctx: typer.Context, reason: Reason = None) -> None:
    """Load the version before again, as a new version."""
    call = call_of(ctx)
    _answer(call, restore_calendar(call.store(), reason or "恢复上一版日历"))


def _days(
    call: Call, files: list[Path] | None, builtin: bool, *, create: bool = False
) -> CalendarDays:
    """Return the calendar asked for: the one in force with the years of the files.

    They are read before a store is made.
    """
    if bool(files) == builtin:
        raise WrongUsage("请写年度日历文件，或者只写 --builtin")
    notices = [read_notice(plain_text(file), file.name) for file in files or ()]
    store = call.store(create=create)
    if builtin:
        return builtin_calendar()
    with store.reading() as reader:
        base = days_of(reader, store.versions(reader)[1])
    return extended(base, notices)


def _newer(days: CalendarDays) -> bool:
    """Whether the calendar that came with the program reaches farther; it is only offered."""
    through = builtin_calendar().official_through
    reached = days.official_through
    return through is not None and (reached is None or through > reached)


VERSION: tuple[Fact[CalendarView], ...] = (
    Fact("version", "版本", number=True),
    Fact("source", "来源"),
    Fact("official_through", "法定至"),
    Fact("loaded_at", "装入时间"),
    Fact("reason", "理由"),
    Fact("digest"),
)


def _answer(call: Call, loaded: LoadedCalendar) -> None:
    value = {"version": loaded.version, **as_object(call, loaded.done)}
    lines = [f"已装入，现行日历为第{loaded.version}版", *summary(loaded.done)]
    call.answer(value, lambda: say(*lines, "撤销：duban calendar undo"))


def _show(call: Call, versions: list[CalendarView], warning: str, newer: bool) -> None:
    call.table(VERSION, versions, ("版本", "法定至", "来源", "装入时间", "理由"))
    if warning:
        say(warning)
    if newer:
        say("程序自带的日历更长：可先试算 duban calendar rehearse --builtin")
