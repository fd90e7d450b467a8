"""The lines around every screen: header above, status and hints below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from console.frame.bound import live, shown
from console.frame.cells import ELLIPSIS, cut, fit, wrap
from console.frame.gate import barred
from console.frame.session import Bureau, runway_warning
from console.frame.shared_keys import Key

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
    emergency: reactive[str] = reactive("")
    """What is said while 特殊时期 lasts."""

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

    async def on_click(self, event: events.Click) -> None:
        """Go to what waits, where its count was clicked."""
        if self.waiting:
            before, count, _ = self.render().plain.partition(f"{WAITING} {self.waiting:,}")
            if cell_len(before) <= event.x < cell_len(before + count):
                await self.run_action("app.open('desk')")

    def _parts(self) -> list[tuple[str, str]]:
        if self.bureau is None:
            return [("督办台", "title"), ("正在打开..", "dim")]
        bureau = self.bureau
        demo = "演示数据" if bureau.demo else ""
        rehearsal = "演练时间" if bureau.rehearsing else ""
        parts = [
            ("督办台", "title"),
            ("" if self.waiting and self.title == WAITING else self.title, "title"),
            (f"{WAITING} {self.waiting:,}" if self.waiting else "", "waiting"),
            (self.emergency, "warning"),
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


class StatusLine(Widget):
    """Left: the latest news. Right: who, under which rules, on data of what time.

    What came of an act of mine stands in its place until the next key, on as many lines as it
    needs: nothing floats over what is shown.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"status--{name}" for name in ("marks", "news", "facts", "result", "warning")
    }
    MOST: ClassVar[int] = 6
    """Lines a result may take."""

    marks: reactive[str] = reactive("")
    news: reactive[str] = reactive("")
    facts: reactive[str] = reactive("")
    result: reactive[str] = reactive("", layout=True)
    warning: reactive[bool] = reactive(False)
    """Whether the result is one of something that could not be done."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        return len(self._told(width))

    def render(self) -> Text:
        """Return the line, or what came of the last act."""
        if self.result:
            style = "status--warning" if self.warning else "status--result"
            told = "\n".join(self._told(self.size.width))
            return Text(told, self.get_component_rich_style(style), no_wrap=True)
        return self._facts()

    def _told(self, width: int) -> list[str]:
        """Return the result line by line, each as wide as there is room."""
        if not self.result:
            return [""]
        parts = wrap(self.result, width - 2)
        if len(parts) > self.MOST:
            parts = [*parts[: self.MOST - 1], cut(parts[self.MOST - 1], width - 6) + f" {ELLIPSIS}"]
        return [" " + fit(part, width - 1) for part in parts]

    def _facts(self) -> Text:
        """Return the line; the news may push the facts out, never the other way round."""
        marks = f"{self.marks}  " if self.marks else ""
        width = self.size.width - 2 - cell_len(marks)
        news = cut(self.news, width)
        room = width - cell_len(news)
        facts = self.facts if cell_len(self.facts) + 2 <= room else ""
        line = Text(" ", no_wrap=True, overflow="crop")
        line.append(marks, self.get_component_rich_style("status--marks", partial=True))
        line.append(news, self.get_component_rich_style("status--news", partial=True))
        line.append(" " * (room - cell_len(facts)))
        line.append(facts, self.get_component_rich_style("status--facts", partial=True))
        return line


class HintLine(Widget):
    """The keys that are live now, as many as there is room for; help and palette always."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hints--key", "hints--word", "hints--barred"}
    LAST = ("app.palette", "app.help")
    bureau: reactive[Bureau | None] = reactive(None)
    """Who works here; keys that may not be used here are crossed out."""
    said: reactive[Mapping[str, str]] = reactive(dict[str, str]())
    """What keys do at present, by id, where that is another word; an empty one is left out."""

    def on_mount(self) -> None:
        """Follow the bindings as the focus moves."""
        self.screen.bindings_updated_signal.subscribe(self, self._moved)

    def _moved(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        """Return the line for the width there is."""
        said = ((key, self._worded(command)) for key, command in live(self.screen))
        found = [pair for pair in said if pair[1].hint]
        last = [pair for pair in found if pair[1].id in self.LAST]
        room = self.size.width - 1 - sum(_width(pair) for pair in last)
        line = Text(" ", no_wrap=True, overflow="crop")
        for pair in [pair for pair in found if pair not in last]:
            room -= _width(pair)
            if room < 0:
                break
            self._add(line, pair)
        for pair in last:
            self._add(line, pair)
        return line

    def _worded(self, command: Key) -> Key:
        return replace(command, hint=self.said.get(command.id, command.hint))

    def _add(self, line: Text, pair: tuple[str, Key]) -> None:
        key, command = pair
        looks = ("hints--key", "hints--word")
        if barred(command.action, self.bureau):
            looks = ("hints--barred", "hints--barred")
        sign, word = (self.get_component_rich_style(look, partial=True) for look in looks)
        line.append(shown(key), sign)
        line.append(" " if len(shown(key)) > 1 or not shown(key).isdigit() else "")
        line.append(f"{command.hint}  ", word)


def _width(pair: tuple[str, Key]) -> int:
    key, command = pair
    return cell_len(shown(key)) + 1 + cell_len(command.hint) + 2
