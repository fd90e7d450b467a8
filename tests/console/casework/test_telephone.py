"""p: a telephone number is shown for a reason on record, and masked again on leaving."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from console.casework import telephone
from models import privacy
from models.bureau.operators import add_operator
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.console.stage import Stage, play
from tests.models.appeals import column

PHONE = "13871234567"

LOOKS = "SELECT reason FROM event WHERE verb = 'ticket.look' ORDER BY seq"


def test_a_number_is_shown_where_it_was_asked_for_and_nowhere_else(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        async def shown(*keys: str) -> None:
            await stage.press(*keys)
            assert PHONE in stage.frame() and "王小明" in stage.frame()

        async def masked(*keys: str) -> None:
            await stage.press(*keys)
            assert PHONE not in stage.frame() and "王小明" not in stage.frame()

        await shown("p", "1")
        await masked("down")
        await shown("f9", "p", "3")
        await masked("f2")
        await stage.press("enter")
        await shown("p", "5", *"来函", "enter")
        assert "其他：来函 · 已记入留痕" in stage.frame()
        await masked("escape")
        assert "诉求内容" in stage.frame()  # Esc took the number away, and left the page
        await stage.press("G")
        assert "查看联系方式：其他：来函" in stage.frame()

    play(town, journey)
    assert column(town, LOOKS) == ["联系诉求人", "核查回访", "其他：来函"]


def test_a_number_is_masked_again_by_itself(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telephone, "UNCOVERED", 0.4)
    show, shown = telephone.LookingScreen._show_whose, list[int]()

    def watched(screen: Any, asked: int, seen: privacy.Seen) -> None:
        show(screen, asked, seen)
        shown.append(len(screen.query(telephone.Whose)))

    monkeypatch.setattr(telephone.LookingScreen, "_show_whose", watched)

    async def journey(stage: Stage) -> None:
        await stage.press("enter", "p", "1")
        assert shown == [1] and PHONE not in stage.frame()

    play(town, journey)


def test_a_number_that_comes_too_late_is_not_shown(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, released = privacy.look, Event()

    def slowly(*asked: Any) -> privacy.Seen:
        released.wait(10)
        return look(*asked)

    monkeypatch.setattr(privacy, "look", slowly)

    async def journey(stage: Stage) -> None:
        await stage.press("p")
        await stage._pilot.press("1")
        await stage.paint()
        await stage._pilot.press("down")
        await stage.paint()
        released.set()
        await stage.settle()
        assert PHONE not in stage.frame()
        assert "联系方式没有显示（查看已记入留痕）" in stage.frame()

    play(town, journey)
    assert column(town, LOOKS) == ["联系诉求人"]


def test_who_only_reads_is_refused_in_one_line(town: Store, clock: Clock) -> None:
    add_operator(town, "reader", roles=["viewer", "auditor"])
    theirs = open_store(town.target, now=clock, first=first_content, login="reader")

    async def journey(stage: Stage) -> None:
        await stage.press("p")
        assert "这要有督办或回访或签发或管理权限" in stage.frame()
        assert "1 联系诉求人" not in stage.frame()

    play(theirs, journey)
    theirs.close()
    assert column(town, LOOKS) == []


def test_the_command_line_records_the_look_too(shell: Any) -> None:
    number = "WH20261120-00001"
    seen = shell("ticket", "phone", number, "--reason", "1", "--json").value
    assert (seen["phone"], seen["reason"]) == (PHONE, "联系诉求人")
    assert PHONE in shell("ticket", "phone", number, "--reason", "核查回访").out
    refused = shell("ticket", "phone", number, "--reason", "其他")
    assert refused.code == 1 and PHONE not in refused.out + refused.err
    told = [line["text"] for line in shell("trail", number, "--json").value]
    assert told[-2:] == ["查看联系方式（演练）"] * 2
