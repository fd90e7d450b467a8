"""Help and palette: both list what can be done here and now, and run what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text
from textual.screen import Screen

from console.frame import EVERYWHERE, SCOPES, THEMES, UNKEYED, Key, live, shown
from console.widgets.choosing import Choice, Choosing

if TYPE_CHECKING:
    from textual.app import App


UNLISTED = {"app.help", "app.palette", "app.interrupt", "frame.next", "frame.previous"}

LABEL = 22
"""Cells of the label before the keys."""

THEME_INITIALS = {"dark": "ztss", "light": "ztqs", "contrast": "ztgdb", "ansi": "zt16s"}

COMMANDS = {
    "queue": "duban queue",
    "ticket": "duban ticket show 编号",
    "orders": "duban order list",
    "ranking": "duban rank --week last",
    "desk": "duban desk",
    "calendar": "duban calendar rehearse 文件",
}
"""What does the same on the command line, by scope."""


def help_screen(screen: Screen[Any]) -> Choosing[str]:
    """Return the keys that are live on a screen, by scope; each choice is an action."""
    choices = [_keyed(key, command) for key, command in live(screen)]
    scopes = [command.id.partition(".")[0] for _, command in live(screen)]
    same = next((COMMANDS[scope] for scope in scopes if scope in COMMANDS), "duban --help")
    return Choosing(
        "帮助 · 这里现在能用的键",
        "输入中文、拼音首字母或按键查找",
        choices,
        note=f"回车执行 · Esc 返回 · 命令行里同样可用：{same}",
    )


def palette_screen(screen: Screen[Any]) -> Choosing[str]:
    """Return every command there is here, those of other screens and the themes included."""
    here = [_keyed(key, command) for key, command in live(screen) if command.id not in UNLISTED]
    known = {choice.value for choice in here}
    everywhere = [
        _keyed(key.keys.split(",")[0], key)
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
    return Choosing("命令", "中文、拼音首字母或英文编号", here + everywhere + themes)


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


def _keyed(key: str, command: Key) -> Choice[str]:
    scope = command.id.partition(".")[0]
    sign = shown(key) if key else ""
    line = _line(command.label, sign, command.id)
    words = f"{command.label} {command.id} {sign.lower()}"
    return Choice(command.action, line, words, command.initials, SCOPES[scope][0])


def _line(label: str, key: str, id: str) -> Text:
    line = Text(f"{label}{' ' * (LABEL - cell_len(label))}", no_wrap=True)
    line.append(f"{key:<8}", "bold").append(id, "dim")
    return line
