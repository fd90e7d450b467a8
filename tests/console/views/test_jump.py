"""Anything with a number or a name opens from anywhere, open or closed."""

from __future__ import annotations

import pytest

from models.casework import take
from models.orders.drafting import draft
from models.store.store import Store
from tests.console.stage import Stage, play

WIDE = (120, 40)


def test_a_closed_appeal_opens_by_its_number(town: Store) -> None:
    number = _closed(town)[1]

    async def journey(stage: Stage) -> None:
        await stage.press("f3", ":")
        await stage.paste(number)
        assert "11-20 办结" in stage.frame()
        await stage.press("enter")
        assert number in stage.frame() and "诉求内容" in stage.frame()
        await stage.press("escape")
        assert "位次" in stage.frame()

    play(town, journey, size=WIDE)


@pytest.mark.parametrize("typed", ["hs", "洪山", "Ａ０７"])
def test_a_unit_opens_by_initials_name_or_code(town: Store, typed: str) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press(":", *typed)
        assert "洪山区人民政府" in stage.frame()

    play(town, journey, size=WIDE)


def test_an_order_and_a_title_are_found_too(town: Store) -> None:
    draft(town, [_closed(town, close=False)[0]])

    async def journey(stage: Stage) -> None:
        await stage.press(":", *"停水")
        frame = stage.frame()
        assert frame.count("小区停水两天无人处理") >= 2 and "诉求" in frame

    play(town, journey, size=WIDE)


def test_enter_before_the_search_has_ended_opens_the_one_thing_found(town: Store) -> None:
    number = _closed(town)[1]

    async def journey(stage: Stage) -> None:
        await stage.press(":")
        await stage.paste(number)
        await stage.press("enter")
        assert number in stage.frame() and "诉求内容" in stage.frame()

    play(town, journey, size=WIDE)


def test_what_a_filter_does_not_find_is_looked_for_everywhere(town: Store) -> None:
    number = _closed(town)[1]

    async def journey(stage: Stage) -> None:
        await stage.press("/")
        await stage.paste(number)
        assert "没有符合的" in stage.frame()
        await stage.press("enter", "enter")
        assert number in stage.frame() and "诉求内容" in stage.frame()

    play(town, journey, size=WIDE)


def _closed(town: Store, *, close: bool = True) -> tuple[int, str]:
    """Return id and number of an appeal that was handed out, and closed if wanted."""
    with town.reading() as reader:
        id, number = reader.one(_DISPATCHED) or (0, "")
    if close:
        take(town, "close", [id], outcome="已解决")
    return id, number


_DISPATCHED = """
SELECT t.id, t.number FROM ticket t JOIN round r ON r.ticket_id = t.id
WHERE r.state = 'acknowledged' ORDER BY t.id LIMIT 1
"""
