"""F12 系统信息: versions, paths, store, calendar runway, terminal."""

from __future__ import annotations

import os
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from console.desk import Desk
from console.jobs import start
from console.keys import PAGE, bindings
from console.screens.frame import DeskScreen
from console.widgets.sheet import Sheet

Group = tuple[str, tuple[tuple[str, str], ...]]


class AboutPage(VerticalScroll, can_focus=True, inherit_bindings=False):
    """The page, scrolled by the same keys as every page."""

    BINDINGS = bindings(PAGE)


class AboutScreen(DeskScreen):
    """What an administrator asks first."""

    TITLE = "系统信息"
    DEFAULT_CSS = "AboutPage { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }"

    @dataclass
    class Read(Message):
        """What there is to know was read."""

        groups: tuple[Group, ...]

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with AboutPage():
            yield Static(Content("正在读取 …"))

    def begin(self, desk: Desk) -> None:
        """Ask the desk."""
        from console.desk.about import about

        start(self, "about", lambda say: say(self.Read(about(desk))))
        self.facts(desk.now())

    @on(Read)
    def _read(self, message: Read) -> None:
        sheet = Sheet(min(70, self.size.width - 6), self.console.symbols.rule)
        for title, facts in (*message.groups, self._terminal()):
            sheet.heading(title)
            for label, value in facts:
                sheet.fact(label, value)
        self.query_one("AboutPage Static", Static).update(sheet.content())

    def _terminal(self) -> Group:
        size = self.app.size
        return ("终端", (
            ("大小", f"{size.width}×{size.height}"),
            ("TERM", os.environ.get("TERM", "")),
            ("颜色", os.environ.get("COLORTERM", "") or "未声明真彩色"),
            ("主题", self.app.theme),
            ("符号", "ascii" if self.console.config.ascii else "unicode"),
        ))  # fmt: skip
