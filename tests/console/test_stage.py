"""A journey ends where the screen breaks: nobody waits for what answers no more."""

from __future__ import annotations

import pytest

from console.views.queue.screen import QueueScreen
from models.store.store import Store
from tests.console.stage import Stage, play


def test_a_screen_that_asks_the_store_itself_ends_the_journey(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asks(screen: QueueScreen) -> None:
        with town.reading():
            pass

    async def journey(stage: Stage) -> None:
        await stage.press("r")
        raise AssertionError("the journey went on")

    monkeypatch.setattr(QueueScreen, "action_refresh", asks)
    with pytest.raises(AssertionError, match="the screen itself asks the store"):
        play(town, journey)
