"""Typer speaks Chinese here: help pages and wrong-usage lines written in our own words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

GLOBAL_OPTIONS = (
    ("--store 库", "库文件、demo（演示库）或 postgresql+psycopg:// 地址；也可设 DUBAN_STORE"),
    ("--policy 文件", "按此规则文件试算；新库则以它为第1版规则"),
    ("--now 时间", "当作现在是此刻（2026-11-20T15:20、昨天15:00）；写入时只作办理时间并记为演练"),
    ("--json", "输出 JSON，供程序读取"),
    ("--as 姓名", "以此人身份办理（只限演示库）"),
    ("--read-only", "只读，拒绝一切写入"),
    ("--version", "显示版本"),
    ("--help", "显示本页"),
)


class Verb(TyperCommand):
    """One verb, its help page in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _page(_usage(self, ctx), self.help, _sections(self))


class Verbs(TyperGroup):
    """A group of verbs, its help page in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page with every verb of the group."""
        verbs = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        lines = [(name, _first_line(verb.help)) for name, verb in verbs if verb]
        usage = f"{ctx.command_path} [选项] 命令 .."
        return _page(usage, self.help, [("命令", lines), *_sections(self)])


def wrong_usage(error: typer.TyperException) -> str:
    """Return typer's complaint as one Chinese line that names the help page."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "duban"
    return f"{_complaint(error)}；用法见 {path} --help"


def _complaint(error: Any) -> str:
    name = _param_name(getattr(error, "param", None))
    match type(error).__name__:
        case "NoSuchOption":
            near = "、".join(sorted(error.possibilities or ()))
            return f"没有选项 {error.option_name}" + (f"，是不是 {near}" if near else "")
        case "MissingParameter":
            return f"缺少{name}"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 后面要写一个值"
        case "BadParameter":
            return f"{name}填得不对"
        case "NoArgsIsHelpError":
            return "缺少命令"
    return _plain_complaint(str(error.message))


def _plain_complaint(message: str) -> str:
    if message.startswith("No such command"):
        return f"没有命令 {message.split(chr(39))[1]}"
    if message.startswith("Missing command"):
        return "缺少命令"
    if "unexpected extra argument" in message:
        return f"多写了 {message.partition('(')[2].rstrip(')')}"
    return "命令写得不对"


def _param_name(param: Any) -> str:
    if param is None:
        return "选项"
    if param.param_type_name == "argument":
        return f"参数 {_metavar(param)} "
    return f"选项 {max(param.opts, key=len)} "


def _usage(command: TyperCommand, ctx: Any) -> str:
    words = []
    for param in command.params:
        if param.param_type_name == "argument":
            word = _metavar(param) + (" .." if param.nargs == -1 else "")
            words.append(word if param.required else f"[{word}]")
    return " ".join([ctx.command_path, "[选项]", *words])


def _sections(command: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    arguments, options = [], []
    for param in command.params:
        if getattr(param, "hidden", False):
            continue
        note = getattr(param, "help", None) or ""
        if param.param_type_name == "argument":
            arguments.append((_metavar(param), note))
        elif "--help" not in param.opts:
            options.append((_option(param), note))
    yield "参数", arguments
    yield "选项", options
    yield "通用选项（写在命令前后都可以）", list(GLOBAL_OPTIONS)


def _option(param: Any) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {_metavar(param)}"


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]


def _page(usage: str, help: str | None, sections: Iterable[tuple[str, list[Any]]]) -> str:
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    with console.capture() as page:
        console.print(Text.assemble(("用法 ", "bold"), usage))
        if help:
            console.print(Text("\n" + help.strip()))
        for title, lines in sections:
            if lines:
                console.print(Text(f"\n{title}", style="bold"))
                console.print(_two_columns(lines))
    return page.get().rstrip()


def _two_columns(lines: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, note in lines:
        table.add_row(Text(name), Text(note))
    return table


def one_verb() -> typer.Typer:
    """Return the room of one verb, to be filled with one ``@app.command(cls=Verb)``."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def verb_group(about: str, cls: type[Verbs] = Verbs) -> typer.Typer:
    """Return the room of a verb with verbs of its own (``order sign``)."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.callback(cls=cls, help=about)(_nothing)
    return app


def _nothing() -> None:
    """Do nothing before a verb: the global options are read already."""
