"""举报 and 保密 are two things; of neither does a word stand in a list, paper, export, reminder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models import orders
from models.casework import take
from models.clocks.policies import rehearse_policy
from models.intake import Wanted, outgoing_tickets
from models.orders.ledger import ledger_lines
from models.store.store import Store
from models.views import desk_rows, find_hits
from models.views.events import trail_window
from models.views.trail_search import TrailFilter, trail_snapshot
from rules.casework import kept_back, listed_title, paper_title
from rules.paper import Content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan
from tests.models.presses import Plain

WORD = "锅炉房漏煤气"

KINDS: dict[str, dict[str, Any]] = {
    "举报件": {"nature": "举报", "confidential": False},
    "保密件": {"nature": "投诉", "confidential": True},
}


@pytest.fixture(params=KINDS)
def kept(store: Store, request: pytest.FixtureRequest) -> tuple[Store, str]:
    """Return a store with one running appeal that is kept back, and what lists call it."""
    taken(
        store,
        appeal(
            title=WORD,
            content=f"{WORD}，快来人",
            object=WORD,
            unit=UNIT,
            dispatched_at=wuhan("2026-11-19 10:00"),
            **KINDS[request.param],
        ),
    )
    return store, request.param


def _silent(said: Any) -> None:
    assert WORD not in str(said), said


def test_two_natures_have_two_names() -> None:
    assert kept_back("举报", False) == kept_back("举报", True) == "举报件"
    assert listed_title("停水", "投诉", True) == "保密件"
    assert listed_title("停水", "投诉", False) == paper_title("停水", "投诉", None) == "停水"
    assert paper_title("停水", "投诉", True) == "（保密件，内容保密）"
    assert paper_title("停水", "举报", True) == "（举报件，内容保密）"


def test_lists_and_the_trail_call_it_by_its_kind(kept: tuple[Store, str]) -> None:
    store, name = kept
    take(store, "ask_return", [1], code="other", reason=f"{WORD}不归我们")
    with store.reading() as reader:
        [waiting] = desk_rows(reader, "return")
        hits = find_hits(reader, WORD)
        seqs = trail_snapshot(reader, TrailFilter(), limit=9)
        trail = trail_window(reader, seqs)
    assert (waiting.title, [hit.title for hit in hits]) == (name, [name])
    _silent((waiting, hits, trail))


def test_the_reply_and_the_content_stand_in_no_row_of_the_desk(kept: tuple[Store, str]) -> None:
    store, _ = kept
    take(store, "reply", [1], text=f"{WORD}已修复", outcome="已解决")
    with store.reading() as reader:
        _silent(desk_rows(reader, "judge"))


def test_a_reminder_calls_it_by_its_kind(kept: tuple[Store, str]) -> None:
    store, name = kept
    [reminder] = take(store, "urge", [1]).made
    assert name in reminder.text
    _silent(reminder)


def test_an_order_its_paper_and_the_ledger_tell_nothing(
    kept: tuple[Store, str], clock: Clock
) -> None:
    store, name = kept
    clock.travel(days=20)
    seen: list[Content] = []

    def render(paper: Content) -> bytes:
        seen.append(paper)
        return b"paper"

    [drafted] = orders.draft(store, [1]).orders
    signer = store.policy.leaders[0].name
    [signed] = orders.sign(store, [drafted.id], signer=signer, basis="paper", press=Plain(render))
    with store.reading() as reader:
        [line] = ledger_lines(reader, [signed.id])
    assert line.title == f"（{name}，内容保密）" in seen[0].lines("事实")[0]
    _silent((drafted, signed, seen, line))


def test_an_export_tells_nothing_and_comes_back_without_harm(kept: tuple[Store, str]) -> None:
    store, name = kept
    with store.reading() as reader:
        [going] = list(outgoing_tickets(reader, Wanted()))
    assert going.title == f"（{name}，内容保密）"
    _silent(going)
    back = replace(going, line=2, fields=frozenset({"number", "title", "content", "nature"}))
    assert taken(store, back).rejected == 0
    assert column(store, "SELECT title FROM ticket") == [WORD]
    assert column(store, "SELECT count(*) FROM conflict") == [0]


def test_a_rehearsal_of_the_rules_names_no_title(kept: tuple[Store, str]) -> None:
    store, name = kept
    text = str(one(store, "SELECT text FROM policy")[0])
    told = rehearse_policy(store, text.replace('close = "5wd"', 'close = "6wd"'))
    assert [row.title for row in told.rows] == [name] * len(told.rows) != []
