"""``duban ticket new``: an appeal registered by hand, one option for each box of the form."""

from __future__ import annotations

import sys
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated

import typer

from console.casework import ticket_app
from console.command import Call, Verb, call_of, say
from console.frame import WrongUsage, plain_text
from console.intake.entry_words import registered
from models.intake import enter
from models.problems import link_or_leave
from models.views import known_words
from rules.intake import BOXES, ENTRY_KINDS, Box, Reading, kind_of, read_entry

STDIN = "-"


def new(ctx: typer.Context, **given: str | None) -> None:
    """Register one appeal, and what is said of it with it."""
    call = call_of(ctx)
    store = call.store(create=True)
    reading = _read(call, {name: value for name, value in given.items() if value is not None})
    entered = enter(store, reading.entry)
    link_or_leave(store)
    call.answer(
        call.object(entered, "number", "unit", "step", "due_at", "provisional"),
        lambda: say(registered(entered, store.timekeeper())),
    )


def _read(call: Call, given: dict[str, str]) -> Reading:
    """Return what the options say; ``WrongUsage`` names the first that cannot be used."""
    typed = {box.name: _text(box, given) for box in BOXES}
    kind = kind_of(typed["kind"])
    strange = next((b for b in BOXES if typed[b.name] and b.of and kind not in b.of), None)
    if strange is not None:
        kinds = "、".join(f"--kind {ENTRY_KINDS[of]}" for of in strange.of)
        raise WrongUsage(f"{strange.flag} 只用于 {kinds}；用法见 duban ticket new --help")
    store = call.store()
    now, keeper = store.now(), store.timekeeper()
    with store.reading() as reader:
        words = known_words(reader, keeper.local(now).date())
    reading = read_entry(typed, words.register(now, now, keeper.zone))
    wrong = {**reading.missing, **reading.faults}
    for box in BOXES:
        if box.name in wrong:
            raise WrongUsage(f"{box.flag} {wrong[box.name]}")
    return reading


def _text(box: Box, given: dict[str, str]) -> str:
    """Return what is said for a box, in an option or in a file."""
    file = given.get(_of_file(box)) if box.file_option else None
    if file is None:
        return given.get(box.name, "")
    if box.name in given:
        raise WrongUsage(f"{box.flag} 和 {box.file_option} 只能写一个")
    return sys.stdin.read() if file == STDIN else plain_text(Path(file))


def _of_file(box: Box) -> str:
    return f"{box.name}_file"


def _parameters() -> list[Parameter]:
    """Return what typer reads: an option for each box, and one for each text in a file."""
    found = [Parameter("ctx", Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    for box in BOXES:
        words = "、".join(dict.fromkeys(box.choices.values()))
        of = "、".join(ENTRY_KINDS[kind] for kind in box.of)
        told = f"{box.label}{f'（{of}）' if of else ''}" + (f"：{words}" if words else "")
        options = [(box.name, box.flag, "文字", told)]
        if box.file_option:
            about = f"{box.label}，从文件读；{STDIN} 为标准输入"
            options.append((_of_file(box), box.file_option, "文件", about))
        for name, flag, metavar, about in options:
            option = typer.Option(flag, metavar=metavar, help=about)
            kind = Annotated[str | None, option]
            found.append(Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=kind))
    return found


_PARAMETERS = _parameters()
new.__signature__ = Signature(_PARAMETERS)  # type: ignore[attr-defined]  # what typer reads
new.__annotations__ = {one.name: one.annotation for one in _PARAMETERS}

ticket_app.command("new", cls=Verb, help="登记一件新的诉求；登记即给编号，不能撤销。")(new)
