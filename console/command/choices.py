"""What a person names on the command line: a unit, a colour, a step, a week or month."""

from __future__ import annotations

from console.command.call import Call
from console.frame import COLOUR_NAMES, UNICODE, WrongUsage, colour_text
from models.bureau import UnitDirectory
from rules.clocks import STEP_NAMES
from rules.errors import DubanError
from rules.ranking import Kind, Period, last_complete, parse_period

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


def level_mark(colour: str | None, level: int) -> str:
    """Return a colour as symbol and word, never by colour alone."""
    return colour_text(colour, level, UNICODE) if colour is not None else ""


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
