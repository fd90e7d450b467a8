"""``duban calendar``: the holidays in force, what a new year's file would do, loading it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from console.clocks.beside import days_as_objects, show_days
from console.clocks.rehearsed import answer, as_object, show, summary
from console.command import Call, Fact, Past, Verb, call_of, past_period, say, verb_group
from console.frame import WrongUsage, runway_warning
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
from models.ranking import rehearse_calendar_past
from rules.clocks import CalendarDays, DayBeside, beside
from seed.reference import YearNotice, builtin_calendar, extended, holidays_in, holidays_of

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="文件",
        help="放假通知（.txt .docx .html，写 - 为粘贴）、.ics、holiday-cn 的 .json，可写多个",
    ),
]

Year = Annotated[
    int | None, typer.Option("--year", metavar="年", help="通知里没有写年份时，是哪一年的")
]

PASTED = Path("-")

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
def calendar_rehearse(
    ctx: typer.Context,
    files: Files = None,
    builtin: Builtin = False,
    year: Year = None,
    past: Past = None,
) -> None:
    """Say what was read beside what is in force, and what loading would do; write nothing."""
    call = call_of(ctx)
    notices = _notices(files, builtin, year)
    store = call.store()
    new = _wanted(call, notices)
    period = past_period(call, past)
    answer(
        call,
        rehearse_calendar(store, new.days),
        rehearse_calendar_past(store, new.days, period) if period else None,
        lambda: show_days(new.beside),
        days=days_as_objects(call, new.beside),
    )


@app.command("load", cls=Verb, help="装入日历：所有在办时限一次重算，逐件留痕。")
def calendar_load(
    ctx: typer.Context,
    files: Files = None,
    builtin: Builtin = False,
    year: Year = None,
    reason: Reason = None,
    yes: Yes = False,
) -> None:
    """Make a new version of the calendar and count the running clocks again."""
    call = call_of(ctx)
    notices = _notices(files, builtin, year)
    store = call.store(create=True)
    new = _wanted(call, notices)
    question = "装入此日历？装入请按 y 回车，其他键放弃："

    def shown() -> None:
        show_days(new.beside)
        show(call, rehearse_calendar(store, new.days))

    if not (yes or call.agreed(question, shown)):
        say("没有装入")
        return
    named = "、".join(file.name for file in files or () if file != PASTED) or "粘贴的通知"
    named = "程序自带日历" if builtin else named
    loaded = load_calendar(store, new.days, reason or f"装入日历 {named}")
    _answer(call, loaded, days=days_as_objects(call, new.beside))


@app.command("undo", cls=Verb, help="恢复上一版日历，在办时限随之复原。")
def calendar_undo(ctx: typer.Context, reason: Reason = None) -> None:
    """Load the version before again, as a new version."""
    call = call_of(ctx)
    _answer(call, restore_calendar(call.store(), reason or "恢复上一版日历"))


@dataclass(frozen=True, slots=True)
class _New:
    """A calendar that is wanted, and its days beside the one in force and the law."""

    days: CalendarDays
    beside: list[DayBeside]


def _notices(files: list[Path] | None, builtin: bool, year: int | None) -> list[YearNotice]:
    """Read the files, before any store is made; none for the calendar of the program."""
    if bool(files) == builtin:
        raise WrongUsage("请写放假通知或年度日历文件，或者只写 --builtin")
    found: list[YearNotice] = []
    for file in files or ():
        if file == PASTED:
            found += holidays_in(sys.stdin.buffer.read(), "粘贴的通知", year)
        else:
            found += holidays_of(file, year)
    return found


def _wanted(call: Call, notices: list[YearNotice]) -> _New:
    """Return the calendar asked for: the one in force with the years of the notices."""
    store = call.store()
    with store.reading() as reader:
        base = days_of(reader, store.versions(reader)[1])
    if notices:
        days, years = extended(base, notices), [notice.year for notice in notices]
    else:
        days = builtin_calendar()
        years = [year for year in days.official_years if year not in base.official_years]
    return _New(days, beside(days, base, years))


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


def _answer(call: Call, loaded: LoadedCalendar, **more: Any) -> None:
    value = {"version": loaded.version, **more, **as_object(call, loaded.done)}
    lines = [f"已装入，现行日历为第{loaded.version}版", *summary(loaded.done)]
    call.answer(value, lambda: say(*lines, "撤销：duban calendar undo"))


def _show(call: Call, versions: list[CalendarView], warning: str, newer: bool) -> None:
    call.table(VERSION, versions, ("版本", "法定至", "来源", "装入时间", "理由"))
    if warning:
        say(warning)
    if newer:
        say("程序自带的日历更长：可先试算 duban calendar rehearse --builtin")
