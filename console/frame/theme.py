"""Four themes, two sets of symbols, and the few words that stand beside every colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Symbols:
    """The signs of screens; ``ascii`` serves terminals that draw ▲ or … two cells wide."""

    red: str = "▲"
    yellow: str = "◆"
    blue: str = "●"
    mark: str = "✓"
    ellipsis: str = "…"
    fold: str = "▸"
    unfold: str = "▾"
    rule: str = "─"
    levels: tuple[str, ...] = ("", "Ⅰ", "Ⅱ", "Ⅲ")
    separator: str = " · "

    def of(self, colour: str | None) -> str:
        """Return the sign of a colour word, a blank for none."""
        return {"red": self.red, "yellow": self.yellow, "blue": self.blue}.get(colour or "", " ")


UNICODE = Symbols()

ASCII = Symbols("!", "+", "o", "*", "..", ">", "v", "-", ("", "1", "2", "3"), " | ")


def _theme(name: str, dark: bool, base: dict[str, str], own: dict[str, str]) -> Theme:
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
    }
    colours: dict[str, Any] = dict(base)
    return Theme(name=name, dark=dark, variables=variables, ansi=name == "duban-ansi", **colours)


DARK = _theme(
    "duban-dark",
    True,
    {
        "primary": "#5fb3ff",
        "secondary": "#8ab4d8",
        "accent": "#7fd1c7",
        "foreground": "#e4e4e4",
        "background": "#121212",
        "surface": "#1a1c1f",
        "panel": "#202429",
        "success": "#7bc67e",
        "warning": "#f0c419",
        "error": "#ff6b5e",
    },
    {
        "duban-red": "#ff6b5e",
        "duban-yellow": "#f0c419",
        "duban-blue": "#5fb3ff",
        "duban-dim": "#9aa0a6",
        "duban-line": "#3a4148",
        "duban-bar": "#1c232b",
        "duban-cursor": "#2c3e50",
        "duban-cursor-text": "#ffffff",
        "duban-mark": "#7fd1c7",
        "duban-alert": "#4a2420",
    },
)

LIGHT = _theme(
    "duban-light",
    False,
    {
        "primary": "#0b57d0",
        "secondary": "#35618e",
        "accent": "#00695c",
        "foreground": "#1f1f1f",
        "background": "#ffffff",
        "surface": "#f6f7f9",
        "panel": "#eef1f4",
        "success": "#1b6e20",
        "warning": "#7a5c00",
        "error": "#b3261e",
    },
    {
        "duban-red": "#b3261e",
        "duban-yellow": "#7a5c00",
        "duban-blue": "#0b57d0",
        "duban-dim": "#5f6368",
        "duban-line": "#c4c9cf",
        "duban-bar": "#e8edf3",
        "duban-cursor": "#d3e3fd",
        "duban-cursor-text": "#000000",
        "duban-mark": "#00695c",
        "duban-alert": "#fce4e2",
    },
)

CONTRAST = _theme(
    "duban-contrast",
    True,
    {
        "primary": "#8ecbff",
        "secondary": "#ffffff",
        "accent": "#00ffe0",
        "foreground": "#ffffff",
        "background": "#000000",
        "surface": "#000000",
        "panel": "#000000",
        "success": "#7dff7d",
        "warning": "#ffe14d",
        "error": "#ff9287",
    },
    {
        "duban-red": "#ff9287",
        "duban-yellow": "#ffe14d",
        "duban-blue": "#8ecbff",
        "duban-dim": "#d8d8d8",
        "duban-line": "#ffffff",
        "duban-bar": "#000000",
        "duban-cursor": "#003a8c",
        "duban-cursor-text": "#ffffff",
        "duban-mark": "#00ffe0",
        "duban-alert": "#5c0000",
    },
)

ANSI = _theme(
    "duban-ansi",
    True,
    {
        "primary": "ansi_bright_blue",
        "secondary": "ansi_cyan",
        "accent": "ansi_bright_cyan",
        "foreground": "ansi_default",
        "background": "ansi_default",
        "surface": "ansi_default",
        "panel": "ansi_default",
        "boost": "ansi_default",
        "success": "ansi_green",
        "warning": "ansi_yellow",
        "error": "ansi_bright_red",
    },
    {
        "duban-red": "ansi_bright_red",
        "duban-yellow": "ansi_bright_yellow",
        "duban-blue": "ansi_bright_blue",
        "duban-dim": "ansi_white",
        "duban-line": "ansi_bright_black",
        "duban-bar": "ansi_black",
        "duban-cursor": "ansi_bright_black",
        "duban-cursor-text": "ansi_bright_white",
        "duban-mark": "ansi_bright_cyan",
        "duban-alert": "ansi_default",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
    },
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
}


def colour_text(colour: str | None, level: int, symbols: Symbols) -> str:
    """Return a colour as sign and word with its level: ``▲ 红Ⅱ``."""
    if colour is None:
        return "‖ 挂起" if symbols.red == "▲" else "= 挂起"
    return f"{symbols.of(colour)} {COLOUR_NAMES[colour]}{symbols.levels[level]}"


def colour_word(colour: str | None, symbols: Symbols) -> str:
    """Return a colour as sign and word: ``▲ 红``; a paused clock has none."""
    return f"{symbols.of(colour)} {COLOUR_NAMES[colour]}" if colour else "无色"
