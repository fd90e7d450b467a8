"""The top line: whose console, which store, what time it is, how far the calendar reaches."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from console.cells import cell_len
from console.desk.facts import Bureau, runway_warning

WEEKDAYS = "一二三四五六日"


class Header(Widget):
    """One line; where there is no room the less important parts give way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header--{name}" for name in ("title", "dim", "demo", "warning")
    }
    bureau: reactive[Bureau | None] = reactive(None)
    now: reactive[datetime | None] = reactive(None)
    title: reactive[str] = reactive("督办队列")

    def render(self) -> Text:
        """Return the line for the width there is."""
        parts = [(text, f"header--{name}") for text, name in self._parts() if text]
        while len(parts) > 2 and sum(cell_len(t) + 3 for t, _ in parts) > self.size.width:
            parts.pop(self._least(parts))
        room = self.size.width - 1 - sum(cell_len(text) for text, _ in parts)
        gap = max(2, min(6, room // max(1, len(parts) - 1)))
        line = Text(" ", no_wrap=True, overflow="crop")
        for place, (text, name) in enumerate(parts):
            line.append(" " * gap if place else "")
            line.append(text, self.get_component_rich_style(name, partial=True))
        return line

    def _parts(self) -> list[tuple[str, str]]:
        if self.bureau is None:
            return [("督办台", "title"), ("正在打开 …", "dim")]
        bureau = self.bureau
        demo = "演示数据" if bureau.demo else ""
        rehearsal = "演练时间" if bureau.rehearsing else ""
        parts = [
            ("督办台", "title"),
            (self.title, "title"),
            (bureau.name, "dim"),
            (demo, "demo"),
            (rehearsal, "demo"),
        ]
        if self.now is not None:
            warning = runway_warning(bureau.calendar_through, self.now.date())
            parts += [(_date(self.now), "dim"), (warning, "warning")]
        return parts

    def _least(self, parts: list[tuple[str, str]]) -> int:
        """Return which part gives way first: the bureau, then the product's name, then the last."""
        texts = [text for text, _ in parts]
        for least in (self.bureau.name if self.bureau else "", "督办台"):
            if least in texts:
                return texts.index(least)
        return len(parts) - 1


def _date(now: datetime) -> str:
    return f"{now.year}年{now.month}月{now.day}日 周{WEEKDAYS[now.weekday()]} {now:%H:%M}"
