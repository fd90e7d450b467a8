"""微邻里 of the demo: as many cells as the city has, and appeals that lie in them."""

from __future__ import annotations

from collections import Counter
from random import Random

from models.grid.place import find_places, places_by_code
from models.store.store import Store
from rules.grid import CELL, above
from seed.demo.city import City
from seed.demo.communities import CELLS, COMMUNITIES, communities, enter_cells
from seed.reference.catalogue import reference
from tests.conftest import NOW

HOME = "420111002001"  # a community


def test_the_city_has_its_3170_communities_and_16000_cells_under_names_of_their_own() -> None:
    found = [*communities(large=True)]
    assert (len(found), sum(cells for _, _, cells in found)) == (COMMUNITIES, CELLS)
    assert len({code for code, _, _ in found}) == COMMUNITIES
    named = Counter((above(code), name) for code, name, _ in found)
    assert named.most_common(1)[0][1] == 1


def test_appeals_by_code_lie_in_cells_of_the_list_that_hold_their_estates(
    sqlite_store: Store,
) -> None:
    city = City(7, 200, NOW, sqlite_store.timekeeper(), reference())
    enter_cells(sqlite_store, Random("7"), city.places, NOW.date(), large=False)
    with sqlite_store.reading() as reader:
        places = places_by_code(reader)
        compound = city.places[-1].compound
        assert find_places(reader, compound)[0].level == "网格"
    by_code = [a.grid for a in city if a.channel == "微邻里" and a.grid]
    assert CELL in map(len, by_code) and all(code in places for code in by_code)
    cells = [p for p in places.values() if above(p.code) == HOME]
    assert sum(cell.households or 0 for cell in cells) == places[HOME].households
