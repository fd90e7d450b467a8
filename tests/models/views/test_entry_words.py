"""The words that the boxes of a new appeal may say in a store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.grid.loading import load_places
from models.store.store import Store
from models.views.entry_words import known_words, last_channel
from rules.grid import PlaceLine
from tests.models.appeals import appeal, taken, unit_id
from tests.models.intake.test_entering import entered


def test_places_are_known_by_every_word_and_by_their_unit(store: Store) -> None:
    now = store.now()
    with store.reading() as reader:
        words = known_words(reader, now.date())
    register = words.register(now, now, store.timekeeper().zone)
    codes = [register.places[word] for word in ("洪山区珞南街道", "珞南街道", "420111001")]
    assert codes == ["420111001"] * 3
    assert register.unit("水务局") is None
    assert register.unit("市水务局") == unit_id(store, "武汉市水务局")
    for grid in ("420111001", "420111001002003"):
        place = words.place(grid)
        assert place is not None and (place.name, place.unit) == ("洪山区珞南街道", "洪山区")
    assert words.place("珞喻路1037号") is None
    assert "住房与物业/物业服务/收费争议" in register.categories


def test_a_place_that_ended_is_not_offered_and_an_estate_means_its_cell(store: Store) -> None:
    community, east = "420111001001", "420111001001011"
    old = f"{community}001"
    ended = {"valid_to": date(2026, 10, 31), "successors": (east,)}
    told: dict[str, Mapping[str, Any]] = {
        community: {"name": "东社区"},
        east: {"name": "东片", "estates": ("梅园", "竹园")},
        old: {"name": "第1网格", "estates": ("竹园",), **ended},
    }
    load_places(
        store, [PlaceLine(n, code, one) for n, (code, one) in enumerate(told.items())], "名录"
    )
    with store.reading() as reader:
        words = known_words(reader, date(2026, 11, 20))
        before = known_words(reader, date(2026, 10, 31))
    assert (words.spoken["梅园"], words.spoken["竹园"]) == (east, east)
    assert old in words.ended and old not in words.places
    assert words.ended[old] == "已改编码：末3位改为 011"
    assert old in before.places and "竹园" not in before.spoken


def test_the_last_channel_is_that_of_the_last_form(store: Store) -> None:
    def last() -> str:
        with store.reading() as reader:
            return last_channel(reader, store.operator.login)

    assert last() == ""
    entered(store)
    taken(store, appeal(channel="微信"))
    assert last() == "12345电话"
