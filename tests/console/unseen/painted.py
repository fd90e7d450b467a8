"""The console as a person sees it: the frame that was last painted, as text."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import RenderableType
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.screen import Screen

from console.app import DubanApp
from console.frame import Opener
from console.frame.gate import WRITES, barred
from models.store.errors import StoreError
from models.store.store import Store


class PaintedApp(DubanApp):
    """The console that remembers what it painted, and counts which keys that write were heard."""

    frame = ""

    def __init__(self, opener: Opener, taken: Counter[str]) -> None:
        """``taken`` is counted up by every action that ends in writing."""
        super().__init__(opener)
        self._taken = taken

    def tell(self, line: str, *, warning: bool = False) -> None:
        """Count what a menu and no key leads to by what is told of it."""
        self._taken["keep_view"] += line.startswith("已存为常用视图")
        super().tell(line, warning=warning)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Count what writes, then take it."""
        bureau = self.session.bureau if self.session is not None else None
        if isinstance(action, str) and action in WRITES and not barred(action, bureau):
            self._taken[action] += 1
        return await super().run_action(action, default_namespace, namespaces)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if renderable is not None and not self._batch_count and self.screen_stack:
            strips = self.screen._compositor.render_strips()
            self.frame = "\n".join(strip.text for strip in strips).replace("\u00a0", " ")


class Sluggish:
    """Makes some of what workers ask of a store slow, and some of it fail.

    Nobody but a worker may ask.
    """

    def __init__(self, store: Store, dice: random.Random, worst: float) -> None:
        """From ``begin`` on, until ``end``; ``worst`` is the longest delay in seconds."""
        self._worst = worst
        self._store = store
        self._dice = dice
        self._real: dict[str, Callable[..., Any]] = {
            "reading": store.reading,
            "writing": store.writing,
        }

    def begin(self) -> None:
        """Be slow from now on."""
        for name, real in self._real.items():
            setattr(self._store, name, self._slowed(real))

    def end(self) -> None:
        """Be quick again."""
        for name in self._real:
            delattr(self._store, name)

    def _slowed(self, real: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def slowed(*args: Any, **named: Any) -> Iterator[Any]:
            if threading.current_thread() is threading.main_thread():
                raise AssertionError("the screen itself asks the store: all waits for its answer")
            fate = self._dice.random()
            if fate < 0.12:
                time.sleep(self._dice.uniform(0.02, self._worst))
            elif fate > 0.99:
                raise StoreError("库暂时读写不了：请稍候重试")
            with real(*args, **named) as hands:
                yield hands

        return slowed
