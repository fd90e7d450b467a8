"""派单争议: opened, provisionally handled, heard, ruled, and the directory with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.casework import take, undo
from models.dispatch import (
    add_line,
    all_lines,
    dispute_by_id,
    name_provisional,
    open_disputes,
    opinions_of,
    raise_dispute,
    record_opinion,
    rule_dispute,
)
from models.store.store import Store
from models.store.verifying import verify_store
from models.tables.tickets import Ticket
from models.views import desk_queues, desk_rows
from rules.errors import DubanError, Refused
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id
from tests.models.dispatch.test_directory import BASE
from tests.models.views.test_desk import counts

POLICE, CITY = "武汉市公安局", "武汉市城市管理执法委员会"


@pytest.fixture
def store(store: Store) -> Store:
    """Return a store with one matter that two units returned, and one in hand."""
    text = {"title": "小区停水", "content": "停水三天", "category": "公用事业/供水/停水"}
    taken(store, *numbered([appeal("A1", unit=UNIT, **text), appeal("A2", unit=UNIT, **text)]))
    take(store, "ask_return", [1], code="duty")
    take(store, "grant_return", [1], unit_id=unit_id(store, POLICE))
    take(store, "ask_return", [1], code="duty", reason="也不归我们")
    return store


def test_a_second_return_is_a_dispute_whose_provisional_handler_works_on(store: Store) -> None:
    with store.reading() as reader:
        [found] = open_disputes(reader)
    assert (found.kind, found.unit, found.reason) == ("return", "市公安局", "也不归我们")
    due = "SELECT due_at FROM deadline WHERE ticket_id = 1 AND step = 'close'"
    before = column(store, due)
    named = name_provisional(store, found.id, unit_id=unit_id(store, CITY), reason="先办")
    assert (named.holder, named.provisional) == ("市城管执法委", "市城管执法委")
    assert column(store, due) == before
    take(store, "acknowledge", [1])
    heard = record_opinion(store, found.id, organ="编办", person="李处长", said="属水务职责")
    assert heard.opinions == 1
    with store.reading() as reader:
        [opinion] = opinions_of(reader, found.id)
    assert (opinion.organ, opinion.person, opinion.said) == ("编办", "李处长", "属水务职责")
    ruled = rule_dispute(
        store, found.id, unit_id=unit_id(store, UNIT), ruling="归水务", basis="裁定书1号"
    )
    assert (ruled.ruled_unit, ruled.holder, ruled.ruling) == ("市水务局", "市水务局", "归水务")
    returns = "SELECT accepted FROM return_request WHERE round_id = 1 ORDER BY id"
    assert [bool(each) for each in column(store, returns)] == [True, True]
    with store.reading() as reader:
        assert open_disputes(reader) == []
        [draft] = all_lines(reader)
    assert (draft.draft, draft.taker, draft.category) == (True, "市水务局", "公用事业/供水/停水")
    assert ruled.line_number == draft.number and verify_store(store).ok
    with pytest.raises(Refused, match="已经裁定"):
        record_opinion(store, found.id, organ="司法", person="王", said="晚了")


def test_a_ruling_changes_the_line_that_counted(store: Store) -> None:
    add_line(store, replace(BASE, taker="市公安局"))
    [found] = _open(store)
    ruled = rule_dispute(
        store, found, unit_id=unit_id(store, UNIT), ruling="归水务", basis="裁定书1号"
    )
    with store.reading() as reader:
        [line] = all_lines(reader)
    assert (line.taker, line.basis_kind, line.basis) == ("市水务局", "裁定", "裁定书1号")
    assert (line.revision, line.draft, ruled.line_number) == (2, False, 1)


def test_a_units_objection_is_a_dispute_and_can_be_ruled_for_it_as_it_is(store: Store) -> None:
    with pytest.raises(Refused, match="没有写理由"):
        raise_dispute(store, 2, reason=" ")
    raised = raise_dispute(store, 2, reason="管道归集团")
    again = raise_dispute(store, 2, reason="再说一次")
    assert raised.id == again.id and raised.kind == "objection"
    ruled = rule_dispute(
        store, raised.id, unit_id=unit_id(store, UNIT), ruling="仍归水务", basis="会议纪要"
    )
    assert ruled.holder == "市水务局"
    assert "ticket.arbitrate" in column(store, "SELECT verb FROM event WHERE subject_id = 2")


def test_the_desks_ruling_closes_the_dispute_and_undo_opens_it(store: Store) -> None:
    take(store, "arbitrate", [1], unit_id=unit_id(store, UNIT), reason="归水务")
    assert _open(store) == []
    undo(store)
    assert len(_open(store)) == 1


def test_what_is_no_dispute_is_refused(store: Store) -> None:
    with pytest.raises(DubanError, match="没有派单争议 9"):
        name_provisional(store, 9, unit_id=1, reason="x")
    [found] = _open(store)
    with pytest.raises(Refused, match="可写 编办"):
        record_opinion(store, found, organ="街道", person="王", said="x")
    take(store, "reply", [2], text="已修复", outcome="已解决")
    with pytest.raises(Refused, match="不在单位手里"):
        raise_dispute(store, 2, reason="晚了")
    with store.writing() as work:
        version = work.value("SELECT version FROM ticket WHERE id = 1")
        work.update(Ticket, 1, version, nature="举报")
    with pytest.raises(Refused, match="移送有权机关"):
        name_provisional(store, found, unit_id=unit_id(store, CITY), reason="x")
    with store.reading() as reader:
        assert dispute_by_id(reader, found).provisional is None


def _open(store: Store) -> list[int]:
    with store.reading() as reader:
        return [one.id for one in open_disputes(reader)]


def test_a_dispute_waits_on_the_desk_once_until_it_is_ruled(store: Store) -> None:
    assert counts(store) == {"return": 1}  # a second return, ruled on in its own queue
    raised = raise_dispute(store, 2, reason="属物业")
    assert counts(store) == {"return": 1, "dispute": 1}
    with store.reading() as reader:
        [row] = desk_rows(reader, "dispute")
        [waiting] = [one for one in desk_queues(reader) if one.key == "dispute"]
    assert (row.ticket_id, row.unit, row.mark) == (2, "市水务局", "单位异议")
    assert (row.said, waiting.oldest_at) == ("属物业", raised.opened_at)
    rule_dispute(store, raised.id, unit_id=unit_id(store, UNIT), ruling="归水务", basis="裁定书1号")
    assert counts(store) == {"return": 1}
