"""The top line: whose console, which store, what time it is, how far the calendar reaches."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from console.desk.facts import Bureau, runway_warning

WEEKDAYS = "一二三四五六日"


WAITING = "待办"


class Header(Widget):
    """One line; where there is no room the less important parts give way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header--{name}" for name in ("title", "dim", "demo", "warning", "waiting")
    }
    bureau: reactive[Bureau | None] = reactive(None)
    now: reactive[datetime | None] = reactive(None)
    title: reactive[str] = reactive("督办队列")
    waiting: reactive[int | None] = reactive(None)
    """How many decisions wait for the centre; None until they were counted."""

    def render(self) -> Text:
        """Return the line for the width there is."""
        parts = [(text, f"header--{name}") for text, name in self._parts() if text]
        while len(parts) > 2 and sum(cell_len(t) + 3 for t, _ in parts) > self.size.width + 2:
            self._give_way(parts)
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
            ("" if self.waiting and self.title == WAITING else self.title, "title"),
            (f"{WAITING} {self.waiting:,}" if self.waiting else "", "waiting"),
            (bureau.name, "dim"),
            (demo, "demo"),
            (rehearsal, "demo"),
        ]
        if self.now is not None:
            warning = runway_warning(bureau.calendar_through, self.now.date())
            parts += [(_date(self.now), "dim"), (warning, "warning")]
        return parts

    def _give_way(self, parts: list[tuple[str, str]]) -> None:
        """Take out what matters least: the bureau, the product's name, the year, then the last."""
        texts = [text for text, _ in parts]
        for least in (self.bureau.name if self.bureau else "", "督办台"):
            if least in texts:
                parts.pop(texts.index(least))
                return
        year = f"{self.now.year}年" if self.now is not None else "—"
        dated = next((place for place, text in enumerate(texts) if text.startswith(year)), None)
        if dated is None:
            parts.pop()
        else:
            parts[dated] = (texts[dated].removeprefix(year), parts[dated][1])


def _date(now: datetime) -> str:
    return f"{now.year}年{now.month}月{now.day}日 周{WEEKDAYS[now.weekday()]} {now:%H:%M}"
