"""A street with a community and cells, as the tests of the grid need them."""

from __future__ import annotations

from datetime import date

from models.store.store import Store
from models.tables import Grid, GridMove

STREET, COMMUNITY, CELL = "420111005", "420111005012", "420111005012003"
OTHER_CELL, ENDED = "420111005012004", "420111005012009"

_PLACES = (
    (COMMUNITY, "葛光社区", "社区", STREET, None),
    (CELL, "第3网格", "网格", COMMUNITY, None),
    (OTHER_CELL, "第4网格", "网格", COMMUNITY, None),
    (ENDED, "第9网格", "网格", COMMUNITY, date(2026, 10, 31)),
)


def laid(store: Store) -> Store:
    """Put the places into a store; the ninth cell was split last month."""
    with store.writing() as work:
        columns = ("code", "name", "level", "parent", "valid_to", "initials")
        work.bulk(Grid, columns, [(*place, "") for place in _PLACES])
        for successor in (CELL, OTHER_CELL):
            work.insert(
                GridMove,
                code=ENDED,
                successor=successor,
                kind="split",
                on_day=date(2026, 11, 1),
                recorded_at=work.now,
                operator_id=1,
            )
    return store
