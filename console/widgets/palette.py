"""The palette finds commands and whatever has a number or a name; help lists the live keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from console.frame import (
    EVERYWHERE,
    SCOPES,
    THEMES,
    UNKEYED,
    Bureau,
    Host,
    Key,
    Say,
    barred,
    calling,
    live,
    shown,
    start,
)
from console.widgets.choosing import Choice, Choosing
from console.widgets.fields import Field
from rules.text import half_width

Find = Callable[[str], list[Choice[str]]]
"""Finds things by what was typed; each choice is the action that opens one. It blocks."""


class Palette(Choosing[str]):
    """Commands by name, and what is found in the store by what is typed.

    Opening only reads, so enter may come before the search has ended: what is found then, if it is
    one thing, is opened.
    """

    @dataclass
    class Found(Message):
        """What a search found, and what had been typed for it."""

        typed: str
        hits: list[Choice[str]]

    def __init__(self, choices: Sequence[Choice[str]], find: Find | None, typed: str = "") -> None:
        """``find`` looks in the store, None while there is none; ``typed`` stands there already."""
        prompt = "工单编号、标题、单位、文号；命令写中文或拼音首字母"
        super().__init__("查找 · 命令", prompt, choices)
        self._find = find
        self._begun = typed
        self._hits: list[Choice[str]] = []
        self._searching = ""
        self._wanted = False

    def on_mount(self) -> None:
        """Begin with what is typed already."""
        if self._begun:
            self.query_one(Field).value = self._begun

    def narrow(self) -> None:
        """List the commands that fit at once, and look for the rest."""
        find, typed = self._find, self.query_one(Field).value.strip()
        self._hits, self._searching, self._wanted = [], typed, False
        super().narrow()

        def job(say: Say) -> None:
            assert find is not None
            say(self.Found(typed, find(half_width(typed))))

        if typed and find is not None:
            start(self, "find", job)

    def found(self, typed: str) -> list[Choice[str]]:
        """Return what fits: numbers before commands, commands before the titles of appeals."""
        commands = super().found(typed) if typed else list(self.choices)
        numbered = any(sign.isdigit() for sign in typed)
        return [*self._hits, *commands] if numbered else [*commands, *self._hits]

    def take(self, at: float) -> None:
        """Take what the hand is on; while it is still looked for, open it once it is found."""
        if self._searching and not self.found(self._searching):
            self._wanted = True
        else:
            super().take(at)

    @on(Found)
    def _searched(self, news: Found) -> None:
        if news.typed != self._searching:
            return
        self._searching = ""
        self._hits = news.hits
        if self._wanted and len(news.hits) == 1:
            self.dismiss(news.hits[0].value)
        elif news.hits or not self.found(news.typed):
            self.list_again()


UNLISTED = {"app.help", "app.palette", "app.interrupt", "frame.next", "frame.previous"}

LABEL = 22
"""Cells of the label before the keys."""

THEME_INITIALS = {"dark": "ztss", "light": "ztqs", "contrast": "ztgdb", "ansi": "zt16s"}

COMMANDS = {
    "queue": "queue",
    "ticket": "ticket show 编号",
    "orders": "order list",
    "ranking": "rank --week last",
    "units": "units show",
    "unit": "units show 单位",
    "desk": "desk",
    "record": "trail",
    "calendar": "calendar rehearse 文件",
    "import": "import 文件",
}
"""What does the same on the command line, by scope."""


def help_screen(screen: Screen[Any]) -> Choosing[str]:
    """Return the keys that are live on a screen, by scope; each choice is an action."""
    bureau = _bureau(screen)
    choices = [_keyed(key, command, bureau) for key, command in live(screen)]
    scopes = [command.id.partition(".")[0] for _, command in live(screen)]
    session = cast("Host", screen.app).session
    duban = calling(session.store.target) if session is not None else "duban"
    same = next((COMMANDS[scope] for scope in scopes if scope in COMMANDS), "--help")
    return Choosing(
        "帮助 · 这里现在能用的键",
        "输入中文、拼音首字母或按键查找",
        choices,
        note=f"回车执行 · Esc 返回 · 命令行里同样可用：{duban} {same}",
    )


def palette_screen(screen: Screen[Any], find: Find | None = None, typed: str = "") -> Choosing[str]:
    """Return every command there is here, those of other screens and the themes included.

    ``find`` looks in the store for what is typed besides.
    """
    bureau = _bureau(screen)
    listed = [(key, command) for key, command in live(screen) if command.id not in UNLISTED]
    here = [_keyed(key, command, bureau) for key, command in listed]
    known = {choice.value for choice in here}
    everywhere = [
        _keyed(key.keys.split(",")[0], key, bureau)
        for key in (*EVERYWHERE, *UNKEYED)
        if key.id not in UNLISTED and key.action not in known
    ]
    themes = [
        Choice(
            f"app.theme('{name}')",
            _line(f"主题：{label}", "", f"theme {name}"),
            f"主题：{label} theme {name}",
            THEME_INITIALS[name],
            "外观",
        )
        for name, (_, label) in THEMES.items()
    ]
    return Palette([*here, *everywhere, *themes], find, typed)


def run_command(app: App[Any]) -> Callable[[str | None], None]:
    """Return what runs a chosen action where the focus was."""
    screen, node = app.screen, app.focused

    def run(action: str | None) -> None:
        if action is not None:
            app.call_later(app.run_action, action, _owner(action, app, screen, node))

    return run


def _owner(action: str, app: App[Any], *nearer: Any) -> Any:
    """Return who answers an action: the focused widget, else the screen, else the app."""
    name = action.partition("(")[0]
    return next((n for n in nearer if n is not None and hasattr(n, f"action_{name}")), app)


def _bureau(screen: Screen[Any]) -> Bureau | None:
    session = cast("Host", screen.app).session
    return session.bureau if session is not None else None


def _keyed(key: str, command: Key, bureau: Bureau | None) -> Choice[str]:
    scope = command.id.partition(".")[0]
    sign = shown(key) if key else ""
    line = _line(command.label, sign, command.id)
    if barred(command.action, bureau):
        line.stylize("dim strike", 0, len(command.label))
    words = f"{command.label} {command.id} {sign.lower()}"
    return Choice(command.action, line, words, command.initials, SCOPES[scope][0])


def _line(label: str, key: str, id: str) -> Text:
    line = Text(f"{label}{' ' * (LABEL - cell_len(label))}", no_wrap=True)
    line.append(f"{key:<8}", "bold").append(id, "dim")
    return line
