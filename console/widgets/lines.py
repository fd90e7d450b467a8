"""The two bottom lines: what is going on, and which keys there are."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from console.cells import cut
from console.keys import Key, live, shown


class StatusLine(Widget):
    """Left: the latest news. Right: who, under which rules, on data of what time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--marks", "status--news", "status--facts"}
    marks: reactive[str] = reactive("")
    news: reactive[str] = reactive("")
    facts: reactive[str] = reactive("")

    def render(self) -> Text:
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

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hints--key", "hints--word"}
    LAST = ("app.palette", "app.help")

    def on_mount(self) -> None:
        """Follow the bindings as the focus moves."""
        self.screen.bindings_updated_signal.subscribe(self, self._moved)

    def _moved(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Text:
        """Return the line for the width there is."""
        found = [pair for pair in live(self.screen) if pair[1].hint]
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

    def _add(self, line: Text, pair: tuple[str, Key]) -> None:
        key, command = pair
        line.append(shown(key), self.get_component_rich_style("hints--key", partial=True))
        line.append(" " if len(shown(key)) > 1 or not shown(key).isdigit() else "")
        word = self.get_component_rich_style("hints--word", partial=True)
        line.append(f"{command.hint}  ", word)


def _width(pair: tuple[str, Key]) -> int:
    key, command = pair
    return cell_len(shown(key)) + 1 + cell_len(command.hint) + 2
