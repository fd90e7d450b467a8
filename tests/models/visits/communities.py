"""Communities as the tests of visits need them."""

from __future__ import annotations

from models.grid.loading import load_places
from models.store.store import Store
from rules.grid import PlaceLine

HUQUAN, LUONAN, OTHER_HUQUAN = "420111001001", "420111001002", "420106001001"


def settle_communities(store: Store) -> None:
    """Put two communities of a street on the list, and another of one of the names elsewhere."""
    told = {
        "420111001": "珞南街道",
        HUQUAN: "虎泉社区",
        LUONAN: "珞南东社区",
        f"{LUONAN}001": "第1网格",
    }
    lines = [PlaceLine(n, code, {"name": name}) for n, (code, name) in enumerate(told.items(), 2)]
    load_places(store, lines, "名录")
