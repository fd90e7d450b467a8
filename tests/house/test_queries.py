"""Every query is understood by both engines, and its columns are the fields of its row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import pytest

from models.store.rows import Query
from models.store.store import Store
from tests.house import queries
from tests.house.queries import Kept
from tests.house.tree import HOUSE, held


@dataclass(frozen=True, slots=True)
class Seen:
    """A row to fill."""

    id: int
    received_at: datetime
    number: str = ""


def test_every_query_runs_on_both_engines_and_fills_its_row(store: Store) -> None:
    found = list(queries.kept(HOUSE))
    assert found, "no module of models keeps a Query: the search has lost its way"
    held("a query is understood and fills its row", queries.faults(store, found))


def test_a_query_is_kept_where_it_is_found() -> None:
    held("queries are constants of a module", queries.hidden(HOUSE))


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("SELECT id, received_at FROM ticket WHERE id IN (:ids) AND received_at < :now", None),
        ("SELECT id, received_at, number FROM ticket WHERE number LIKE :n || '%'", None),
        ("SELECT id, received_on AS received_at FROM ticket", "received_on"),
        ("SELECT id, received_at FROM tickets", "tickets"),
        ("SELECT id, received_at FROM ticket WHERE", "syntax error|incomplete input"),
        ("SELECT id FROM ticket", r"fields \['received_at'\] missing"),
        ("SELECT id, received_at, title FROM ticket", r"columns \['title'\] unknown"),
    ],
)
def test_a_wrong_name_in_a_query_is_found(store: Store, sql: str, fault: str | None) -> None:
    told = queries.faults(store, [Kept("models/seen.py:1", "SEEN", Query(Seen, sql))])
    if fault is None:
        assert told == []
    else:
        assert len(told) == 1
        assert told[0].startswith(f"models/seen.py:1: SEEN on {store.kind}: ")
        assert re.search(fault, told[0])


def test_queries_are_found_in_what_a_module_keeps() -> None:
    one = Query(Seen, "SELECT 1")
    assert list(queries._inside({"a": one, "b": (one, 3)})) == [one, one]
    assert list(queries._inside("SELECT 1")) == ["SELECT 1"]
    assert list(queries._inside("SELECT")) == []
