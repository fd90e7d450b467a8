"""The reporter stands in no masked view of their appeal, however they come into its texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models import orders
from models.casework import take
from models.intake import Wanted, outgoing_tickets
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views import desk_rows, queue_moment, queue_snapshot, queue_window, storyline
from models.views.ticket import ticket_view
from rules.casework import QueueFilter
from rules.paper import Content
from rules.text import Masking
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan
from tests.models.presses import Plain

NAME, GIVEN, HOME = "欧阳若兰", "若兰", "洪山区关山街道锦绣花园3栋2单元1502室"

SECRETS = (NAME, GIVEN, "欧阳女士", "87654321", "8765 4321", "1502")

SAID = f"我是{NAME}，住{HOME}，电话8765 4321。欧阳女士、{GIVEN}都是我，我家1502"


@pytest.fixture(params=[False, True], ids=["open", "confidential"])
def told(store: Store, request: pytest.FixtureRequest) -> Store:
    """Return a store with one running appeal full of its reporter, and its note and requests."""
    taken(
        store,
        appeal(
            title=f"{NAME}家1502室漏水",
            content=SAID,
            reporter=NAME,
            phone="027-87654321",
            address=HOME,
            grid=HOME,
            confidential=request.param,
            unit=UNIT,
            dispatched_at=wuhan("2026-11-19 10:00"),
        ),
    )
    take(store, "acknowledge", [1])
    take(store, "note", [1], text=SAID)
    take(store, "ask_extension", [1], limit_text="2wd", reason=f"{NAME}不在家")
    return store


def _hidden(said: Any) -> None:
    left = [secret for secret in SECRETS if secret in str(said)]
    assert not left, (left, said)


def test_the_export_names_nobody(told: Store) -> None:
    with told.reading() as reader:
        [going] = list(outgoing_tickets(reader, Wanted()))
    _hidden((going.reporter, going.phone, going.address, going.grid, going.title, going.content))
    assert ("欧阳" in going.content) is not going.confidential


def test_screens_name_nobody(told: Store) -> None:
    keeper, now = told.timekeeper(), told.now()
    with told.reading() as reader:
        view = ticket_view(reader, keeper, 1, now)
        _hidden(replace(view, outgoing=Masking()))
        _hidden(storyline(reader, 1))
        [waits] = desk_rows(reader, "extension")
        _hidden(waits)
        moment = queue_moment(keeper, now)
        [row] = queue_window(reader, queue_snapshot(reader, QueueFilter(), moment))
    _hidden(Masking().about(row).text(f"{row.title} {row.area}"))


def test_the_trail_itself_names_nobody_in_a_reason(told: Store) -> None:
    take(told, "ask_pause", [1], reason=f"{SAID}，13812345678")
    reasons = column(told, "SELECT reason FROM event WHERE reason IS NOT NULL")
    assert len(reasons) == 2
    _hidden(reasons)
    assert "13812345678" not in reasons[1]
    assert one(told, "SELECT reason FROM pause") == (f"{SAID}，13812345678",)
    with told.reading() as reader:
        assert verify_trail(reader).ok


def test_plain_screens_give_a_copy_that_names_nobody(told: Store) -> None:
    with told.reading() as reader:
        view = ticket_view(reader, told.timekeeper(), 1, told.now(), masking=Masking(False))
    _hidden(view.outgoing.text(f"{view.title}\n{view.content}"))
    assert (NAME in view.content) is not view.confidential


def test_papers_ledger_and_reminders_name_nobody(told: Store) -> None:
    [reminder] = take(told, "urge", [1]).made
    _hidden(reminder)
    [draft] = orders.draft(told, [1]).orders
    _hidden(draft)
    papers: list[Content] = []

    def render(paper: Content) -> bytes:
        papers.append(paper)
        return b"paper"

    signer = told.policy.leaders[0].name
    orders.sign(told, [draft.id], signer=signer, basis="paper", press=Plain(render))
    _hidden(papers)
    with told.reading() as reader:
        _hidden(orders.ledger_lines(reader, [draft.id]))
