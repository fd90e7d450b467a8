"""Appeals that name firms, and what ties them, as the tests of entities need them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from models import entities
from models.entities.hearing import name_id
from models.store.store import Store
from models.tables import AppealKey, LinkKey
from tests.conftest import NOW
from tests.models.appeals import UNIT, appeal, column, taken

RENT = "住房与物业/房屋租赁/长租公寓"


def complain(
    store: Store, object: str, ages: Iterable[int], content: str = "押金不退", **more: str | bool
) -> list[int]:
    """Take in an appeal of each age in days about a firm; return their ids."""
    days = list(ages)
    rows = [
        appeal(
            f"{object}{n}{content}{more.get('nature', '')}",
            title=f"押金不退{n}",
            content=f"{content}（第{n}次）",
            object=object,
            category=RENT,
            unit=UNIT,
            received_at=NOW - timedelta(days=age, minutes=n),
            **more,
        )
        for n, age in enumerate(days)
    ]
    before = set(column(store, "SELECT id FROM ticket"))
    assert taken(store, *rows).rejects == []
    return [id for id in column(store, "SELECT id FROM ticket ORDER BY id") if id not in before]


def tie(store: Store, kind: str, text: str, tickets: Sequence[int]) -> None:
    """Give appeals a key in common."""
    key = name_id(kind + text)
    with store.writing() as work:
        work.bulk(LinkKey, ("id", "kind", "text", "appeals"), [(key, kind, text, len(tickets))])
        work.bulk(AppealKey, ("key_id", "ticket_id"), [(key, ticket) for ticket in tickets])


def renamed(store: Store) -> entities.SuggestionView:
    """Let 青禾公寓 become 云栖长租 at the same places with the same telephone; look, return it."""
    old = complain(store, "青禾公寓", range(200, 120, -8))
    new = complain(store, "云栖长租", range(115, 20, -12))
    tie(store, "estate", "翠屏花园", [*old[::2], *new[::2]])
    tie(store, "estate", "金桥花园", [*old[1::2], *new[1::2]])
    tie(store, "phone", "027****1234", [*old[:3], *new[:3]])
    for n, brand in enumerate(("柏林", "松涛", "海棠")):
        tickets = complain(store, f"{brand}公寓", range(180, 20, -20))
        tie(store, "estate", f"别处花园{n}", tickets)
    [found] = entities.suggest(store).new
    return found
