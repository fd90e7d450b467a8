"""What a person says on the command line: options, units, periods, and what a step asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from console.command.call import Call, call_of
from console.frame import COLOUR_NAMES, UNICODE, WrongUsage, colour_text
from models.bureau import UnitDirectory
from rules.casework import QUEUE_STATES, STEPS, Ask, Step
from rules.clocks import STEP_NAMES
from rules.errors import DubanError
from rules.ranking import Kind, Period, last_complete, parse_period
from rules.text import half_width, plain

COLOUR_WORDS = {
    **COLOUR_NAMES,
    "paused": "挂起",
    "next": "将红",
    "today": "今红",
    "pressing": "特急",
}


def colour_code(typed: str | None) -> str | None:
    """Return the code of a colour typed in either language."""
    return _code(typed, COLOUR_WORDS, "颜色")


def step_code(typed: str | None) -> str | None:
    """Return the code of a step typed in either language."""
    return _code(typed, STEP_NAMES, "步骤")


def state_code(typed: str | None) -> str:
    """Return the code of a state of the queue typed in either language, what runs by default."""
    return _code(typed, QUEUE_STATES, "状态") or "open"


def level_mark(colour: str | None, level: int) -> str:
    """Return a colour as symbol and word, never by colour alone."""
    return colour_text(colour, level, UNICODE) if colour is not None else ""


def typed_day(typed: str) -> date:
    """Return a day such as 2026-03-01."""
    try:
        return date.fromisoformat(half_width(typed).strip())
    except ValueError:
        raise WrongUsage(f"日期 {typed} 写法不对：请写成 2026-03-01") from None


def _code(typed: str | None, words: dict[str, str], what: str) -> str | None:
    if typed is None or typed in words:
        return typed
    for code, word in words.items():
        if word == typed:
            return code
    raise WrongUsage(f"没有{what} {typed}：可写 {'、'.join(words.values())}")


def unit_id(call: Call, word: str) -> int:
    """Return the unit of a code, name, short name or alias; refuses a word nobody answers to."""
    store = call.store()
    today = store.timekeeper().local(store.now()).date()
    with store.reading() as reader:
        found = UnitDirectory(reader).find(word, today)
    if found is None:
        raise DubanError(f"没有单位 {word}：用 duban units show 查看名称和代码")
    return found


def unit_code(call: Call, word: str) -> str:
    """Return the code of a unit by any word for it, of the shipped register without a store."""
    for known, code in call.unit_words():
        if plain(known) == plain(word):
            return code
    raise DubanError(f"没有单位 {word}：用 duban units show 查看名称和代码")


def chosen_period(call: Call, week: str | None, month: str | None) -> Period:
    """Return the period asked for, the last complete week by default; ``last`` is the newest."""
    if week is not None and month is not None:
        raise WrongUsage("--week 和 --month 只能写一个")
    keeper = call.store().timekeeper()
    kind: Kind = "week" if month is None else "month"
    text = (week if month is None else month) or "last"
    if text == "last":
        return last_complete(kind, call.now(), keeper.zone)
    period = parse_period(text, keeper.zone)
    if period.kind != kind:
        raise WrongUsage(f"{text} 写错了位置：--week 2018-W45，--month 2018-10")
    return period


def past_period(call: Call, text: str | None) -> Period | None:
    """Return the period that is looked back at, if any; ``last`` is the last complete quarter."""
    if text is None:
        return None
    zone = call.store().timekeeper().zone
    return (
        last_complete("quarter", call.now(), zone) if text == "last" else parse_period(text, zone)
    )


def option(flag: str, metavar: str, help: str, default: Any = None, **limits: Any) -> Any:
    """Return an option of a verb, as the default of its parameter; ``...`` must be written."""
    return typer.Option(default, flag, metavar=metavar, help=help, **limits)


def switch(flag: str, help: str) -> Any:
    """Return an option that is written or not, as the default of its parameter."""
    return typer.Option(False, flag, help=help)


def argument(metavar: str, help: str, default: Any = ...) -> Any:
    """Return an argument of a verb, as the default of its parameter."""
    return typer.Argument(default, metavar=metavar, help=help)


Past = Annotated[
    str | None,
    typer.Option(
        "--past", metavar="期", help="并回看已结束的一期：last（上季度）、2026-Q3、2026-10"
    ),
]
"""The period that a rehearsal looks back at besides."""

At = Annotated[str | None, typer.Option("--at", metavar="时间", help="实际发生的时间，不写为现在")]

Take = Callable[[Call, list[str], dict[str, Any]], None]
"""Takes a step on what was named, with what was said; ``at`` is among it."""

KINDS = {
    "text": ("内容", ""),
    "name": ("文字", ""),
    "unit": ("单位", "：名称、简称或代码"),
    "units": ("单位", "：名称、简称或代码，可写多次"),
    "limit": ("时限", "，例如 3wd"),
    "choice": ("代码", ""),
    "leader": ("姓名", ""),
    "moment": ("时间", ""),
}
"""What stands for a value of each kind in the help, and what is said of it besides."""


def commands_of(kind: str) -> dict[str, tuple[Step, ...]]:
    """Return the rows of each command a kind of matter has, by the word that is typed."""
    found: dict[str, tuple[Step, ...]] = {}
    for step in STEPS:
        if step.kind == kind and step.about:
            word = step.command
            same = [s for s in STEPS if (s.kind, s.function) == (kind, step.function)]
            found[word] = tuple(same)
    return found


def command_of(
    rows: tuple[Step, ...], names: Any, take: Take, besides: Mapping[str, Any] | None = None
) -> Callable[..., None]:
    """Return the command of rows that one function does.

    ``names`` is the annotation of the argument that names matters; ``take`` is given what was said
    as the step wants it. ``besides`` are options of the command that the step does not ask.
    """
    besides = besides or {}
    asks: dict[str, Ask] = {}
    for ask in (ask for row in rows for ask in row.asks):
        asks.setdefault(ask.name, ask)  # the first row is the one that has the command's name

    def run(ctx: typer.Context, names: str | list[str], at: str | None, **typed: Any) -> None:
        call = call_of(ctx)
        said = {
            name: _said(call, asks[name], value) if name in asks else value
            for name, value in typed.items()
        }
        named = [names] if isinstance(names, str) else names
        take(call, named, {**said, "at": call.at(at)})

    parameters = [
        _keyword("ctx", typer.Context),
        _keyword("names", names),
        *(_keyword(name, _option(ask), needed=ask.needed) for name, ask in asks.items()),
        *(_keyword(name, option, needed=False) for name, option in besides.items()),
        _keyword("at", At, needed=False),
    ]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _keyword(name: str, annotation: Any, *, needed: bool = True) -> Parameter:
    default = Parameter.empty if needed else None
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _option(ask: Ask) -> Any:
    metavar, besides = KINDS[ask.kind]
    words = "、".join(
        code if code == word else f"{code} {word}" for code, word in ask.choices.items()
    )
    told = f"{ask.label}{besides}" + (f"：{words}" if words else "")
    option = typer.Option(ask.flag, metavar=metavar, help=told if ask.needed else f"{told}，可不写")
    kind: Any = list[str] if ask.kind == "units" else str
    return Annotated[kind if ask.needed else kind | None, option]


def _said(call: Call, ask: Ask, value: Any) -> Any:
    """Return what was typed for a question as its step wants it."""
    if value is None:
        return None
    match ask.kind:
        case "unit":
            return unit_id(call, value)
        case "units":
            return [unit_id(call, word) for word in value]
        case "moment":
            return call.at(value)
        case "choice":
            word = ask.also.get(value, value)
            if word not in ask.choices:
                raise WrongUsage(f"没有{ask.label} {value}：可写 {'、'.join(ask.choices)}")
            return word
    return value
