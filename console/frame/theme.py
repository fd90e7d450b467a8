"""Four themes, two sets of symbols, and the few words that stand beside every colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from textual.theme import Theme

from console.frame.cells import ELLIPSIS


@dataclass(frozen=True, slots=True)
class Symbols:
    """The signs of screens; ``ascii`` serves terminals that draw ▲ or · two cells wide."""

    red: str = "▲"
    yellow: str = "◆"
    blue: str = "●"
    paused: str = "‖"
    mark: str = "✓"
    ellipsis: str = ELLIPSIS
    fold: str = "▸"
    unfold: str = "▾"
    rule: str = "─"
    separator: str = " · "
    bars: str = " ▁▂▃▄▅▆▇█"
    wall: str = "│"
    corner: str = "└"

    def of(self, colour: str | None) -> str:
        """Return the sign of a colour word, a blank for none."""
        return {"red": self.red, "yellow": self.yellow, "blue": self.blue}.get(colour or "", " ")


UNICODE = Symbols()

ASCII = Symbols(
    red="!",
    yellow="+",
    blue="o",
    paused="=",
    mark="*",
    fold=">",
    unfold="v",
    rule="-",
    separator=" | ",
    bars=" .:#",
    wall="|",
    corner="+",
)


COLOURS = {
    "primary": ("#5fb3ff", "#0b57d0", "#8ecbff", "ansi_bright_blue"),
    "secondary": ("#8ab4d8", "#35618e", "#ffffff", "ansi_cyan"),
    "accent": ("#7fd1c7", "#00695c", "#00ffe0", "ansi_bright_cyan"),
    "foreground": ("#e4e4e4", "#1f1f1f", "#ffffff", "ansi_default"),
    "background": ("#121212", "#ffffff", "#000000", "ansi_default"),
    "surface": ("#1a1c1f", "#f6f7f9", "#000000", "ansi_default"),
    "panel": ("#202429", "#eef1f4", "#000000", "ansi_default"),
    "success": ("#7bc67e", "#1b6e20", "#7dff7d", "ansi_green"),
    "warning": ("#f0c419", "#7a5c00", "#ffe14d", "ansi_yellow"),
    "error": ("#ff6b5e", "#b3261e", "#ff9287", "ansi_bright_red"),
    "duban-red": ("#ff6b5e", "#b3261e", "#ff9287", "ansi_bright_red"),
    "duban-yellow": ("#f0c419", "#7a5c00", "#ffe14d", "ansi_bright_yellow"),
    "duban-blue": ("#5fb3ff", "#0b57d0", "#8ecbff", "ansi_bright_blue"),
    "duban-dim": ("#9aa0a6", "#5f6368", "#d8d8d8", "ansi_white"),
    "duban-line": ("#3a4148", "#c4c9cf", "#ffffff", "ansi_bright_black"),
    "duban-bar": ("#1c232b", "#e8edf3", "#000000", "ansi_black"),
    "duban-bar-text": ("#e4e4e4", "#1f1f1f", "#ffffff", "ansi_white"),
    "duban-cursor": ("#2c3e50", "#d3e3fd", "#003a8c", "ansi_blue"),
    "duban-cursor-text": ("#ffffff", "#000000", "#ffffff", "ansi_bright_white"),
    "duban-mark": ("#7fd1c7", "#00695c", "#00ffe0", "ansi_bright_cyan"),
    "duban-alert": ("#4a2420", "#fce4e2", "#5c0000", "ansi_default"),
}
"""Each colour as dark, light, contrast and ansi have it; what begins with ``duban`` is our own."""


def _theme(
    place: int, name: str, *, dark: bool = True, besides: Mapping[str, str] | None = None
) -> Theme:
    """Return the theme whose colours stand at a place of each row; ``besides`` are its own."""
    mine = {role: colours[place] for role, colours in COLOURS.items()}
    own = {role: colour for role, colour in mine.items() if role.startswith("duban-")}
    base: dict[str, Any] = {role: colour for role, colour in mine.items() if role not in own}
    variables = {
        "footer-key-foreground": base["accent"],
        "block-cursor-foreground": own["duban-cursor-text"],
        "block-cursor-background": own["duban-cursor"],
        "block-cursor-text-style": "none",
        "input-selection-background": own["duban-cursor"],
        "border": own["duban-line"],
        "scrollbar": own["duban-line"],
        "scrollbar-background": base["background"],
        "scrollbar-corner-color": base["background"],
        **own,
        **(besides or {}),
    }
    return Theme(name=f"duban-{name}", dark=dark, variables=variables, **base)


DARK = _theme(0, "dark")
LIGHT = _theme(1, "light", dark=False)
CONTRAST = _theme(2, "contrast")
ANSI = replace(
    _theme(3, "ansi", besides={"ansi-background": "ansi_black", "ansi-foreground": "ansi_white"}),
    boost="ansi_default",
    ansi=True,
)

THEMES = {
    "dark": (DARK, "深色"),
    "light": (LIGHT, "浅色"),
    "contrast": (CONTRAST, "高对比"),
    "ansi": (ANSI, "16色"),
}
"""By the word of the configuration: theme and Chinese name."""

COLOUR_NAMES = {"red": "红", "yellow": "黄", "blue": "蓝"}

SHORT_STEPS = {
    "contact": "联系",
    "progress": "进度",
    "receipt": "签收",
    "feedback": "反馈",
    "instruction": "批示",
    "pledge": "承诺",
    "campaign": "专题",
    "task": "任务",
    "cell": "自办",
    "respond": "应答",
    "arrive": "到场",
    "inform": "反馈",
    "visit_task": "走访",
}


def colour_text(colour: str | None, level: int, symbols: Symbols) -> str:
    """Return a colour as sign and word with its level: ``▲ 红2``; a paused clock has none."""
    sign = symbols.of(colour) if colour else symbols.paused
    return f"{sign} {colour_name(colour, level)}"


def colour_name(colour: str | None, level: int) -> str:
    """Return a colour as a word with its level: ``红2``; ``挂起`` where a clock is paused."""
    return f"{COLOUR_NAMES[colour]}{level or ''}" if colour else "挂起"


def colour_word(colour: str | None, symbols: Symbols) -> str:
    """Return a colour as sign and word: ``▲ 红``; a paused clock has none."""
    return f"{symbols.of(colour)} {COLOUR_NAMES[colour]}" if colour else "无色"
