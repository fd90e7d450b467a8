"""网格名录: a new list adds, changes, splits, merges and ends places by code, and deletes none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from models.bureau.operators import add_operator
from models.grid.loading import FaultyList, load_places, rehearse_places
from models.grid.place import find_places, place_on, places_by_code, require_place
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from rules.grid import PlaceLine, PlaceRevision
from tests.conftest import NOW, Clock

STREET = "420111001"

COMMUNITY = f"{STREET}001"

ONE, TWO, THREE = (f"{COMMUNITY}00{n}" for n in (1, 2, 3))

LAST = date(2026, 10, 31)


def load(store: Store, told: Mapping[str, Mapping[str, Any]]) -> PlaceRevision:
    lines = [PlaceLine(n, code, values) for n, (code, values) in enumerate(told.items(), 2)]
    return load_places(store, lines, "名录")


def begun(store: Store) -> None:
    load(
        store,
        {
            COMMUNITY: {"name": "珞南东社区", "households": 900, "initials": "lndsq"},
            ONE: {"name": "第1网格", "officer": "张三", "estates": ("东亭花园", "梅园")},
            TWO: {"name": "第2网格", "followers": 120},
        },
    )


def test_a_column_that_is_not_in_the_list_stays_and_what_stood_is_kept(
    store: Store, clock: Clock
) -> None:
    begun(store)
    clock.travel(days=1)
    told = load(store, {ONE: {"officer": "李四"}, TWO: {"name": "第2网格"}})
    assert [(c.kind, c.columns) for c in told.changes] == [
        ("changed", (("officer", "张三", "李四"),))
    ]
    assert told.unchanged == 1
    with store.reading() as reader:
        now = place_on(reader, ONE, date(2026, 11, 21), NOW + timedelta(days=2))
        before = place_on(reader, ONE, date(2026, 11, 20), NOW + timedelta(hours=8))
        assert verify_trail(reader).ok
    assert (now.place.officer, now.place.estates) == ("李四", ("东亭花园", "梅园"))
    assert (before.place.officer, before.replaced_at) == ("张三", NOW + timedelta(days=1))
    assert now.name == "洪山区珞南街道珞南东社区第1网格"


def test_a_cell_that_was_split_names_its_successors_and_keeps_its_days(store: Store) -> None:
    begun(store)
    parts = (f"{COMMUNITY}011", f"{COMMUNITY}012")
    told = load(
        store,
        {
            ONE: {"valid_to": LAST, "successors": parts},
            **{code: {"name": "新网格", "valid_from": date(2026, 11, 1)} for code in parts},
        },
    )
    assert sorted(c.kind for c in told.changes) == ["new", "new", "split"]
    with store.reading() as reader:
        assert require_place(reader, ONE, LAST).code == ONE
        with pytest.raises(Refused, match=rf"2026-11-01起已拆分为 {parts[0]}新网格、{parts[1]}"):
            require_place(reader, ONE, date(2026, 11, 1))
        with pytest.raises(Refused, match="2026-11-01起才启用"):
            require_place(reader, parts[0], LAST)
        view = place_on(reader, parts[0], date(2026, 11, 20), NOW)
        assert [(move.code, move.kind) for move in view.origins] == [(ONE, "split")]
        assert places_by_code(reader)[ONE].successors == parts
        assert verify_trail(reader).ok


def test_a_later_list_corrects_who_took_over(store: Store) -> None:
    begun(store)
    load(
        store,
        {
            ONE: {"valid_to": LAST, "successors": (TWO,)},
            THREE: {"name": "第3网格"},
        },
    )
    told = load(
        store, {ONE: {"successors": (THREE,)}, TWO: {"valid_to": LAST, "successors": (THREE,)}}
    )
    assert [change.kind for change in told.changes] == ["changed", "merged"]
    with store.reading() as reader:
        found = reader.rows("SELECT code, successor, kind FROM grid_move ORDER BY code")
        assert verify_trail(reader).ok
    assert found == [(ONE, THREE, "merged"), (TWO, THREE, "merged")]


def test_a_list_with_a_fault_loads_nothing_and_says_where(store: Store) -> None:
    begun(store)
    lines = [
        PlaceLine(2, THREE, {"name": "第3网格"}),
        PlaceLine(3, "4201110010011", {"name": "丁"}),
    ]
    for act in (rehearse_places, partial(load_places, reason="名录")):
        with pytest.raises(FaultyList, match=r"第3行：编码“4201110010011”有13位.*一行也没有装入"):
            act(store, lines)
    with store.reading() as reader:
        assert THREE not in places_by_code(reader)
    with pytest.raises(Refused, match="无须装入"):
        load(store, {ONE: {"officer": "张三"}})


def test_only_an_administrator_loads_a_list(sqlite_store: Store) -> None:
    add_operator(sqlite_store, "liu", roles=["supervisor"])
    sqlite_store.login = "liu"
    with pytest.raises(NotAllowed):
        begun(sqlite_store)


def test_a_place_is_found_by_name_estate_initials_and_the_beginning_of_its_code(
    store: Store,
) -> None:
    begun(store)
    with store.reading() as reader:
        for word in ("梅园", COMMUNITY[:11], "珞南东社区", "LNDSQ", "４２０１１１００１００１"):
            found = find_places(reader, word)
            assert found and found[0].code in (ONE, COMMUNITY), word
        assert find_places(reader, "%") == find_places(reader, " ") == []
