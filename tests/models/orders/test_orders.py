"""A supervision order from its draft to its close-out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models import orders
from models.clocks.sweeping import sweep
from models.orders.order import OrderView, orders_by_id
from models.store.errors import LostRace
from models.store.rows import aware
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Operator, Role
from models.tables.rankings import Flag
from models.tables.tickets import Ticket
from rules.errors import DubanError, Refused
from rules.paper import Content
from tests.conftest import NOW, Clock, Opener
from tests.models.cells import rows_of, value_of
from tests.models.presses import Plain
from tests.models.rounds import put_round

LONG_AGO = NOW - timedelta(days=20)


def _signer(store: Store) -> str:
    return store.policy.leaders[0].name


def _render(paper: Content) -> bytes:
    return " ".join(paper.line(name) for name in ("文号", "主送", "反馈期限")).encode()


def _draft(store: Store, *units: int) -> list[OrderView]:
    ids = [
        put_round(store, f"T{n}", unit, received_at=LONG_AGO)[0]
        for n, unit in enumerate(units or (5,), 1)
    ]
    return list(orders.draft(store, ids).orders)


def _sign(store: Store, *views: OrderView) -> list[OrderView]:
    return orders.sign(
        store, [v.id for v in views], signer=_signer(store), basis="paper", press=Plain(_render)
    )


def _follow(store: Store, verb: str, seen: OrderView, **said: Any) -> OrderView:
    orders.follow(store, verb, [seen.id], seen={seen.id: seen.version}, **said)
    with store.reading() as reader:
        return orders_by_id(reader, [seen.id])[0]


def _running(store: Store, order_id: int) -> list[tuple[str, bool]]:
    sql = """SELECT step, leads FROM deadline WHERE subject_kind = 'order' AND subject_id = :id
             AND stopped_at IS NULL ORDER BY step"""
    with store.reading() as reader:
        return [(step, bool(leads)) for step, leads in rows_of(reader, sql, id=order_id)]


def test_marks_of_several_units_give_one_draft_per_lead_unit(store: Store) -> None:
    views = _draft(store, 5, 6, 5)
    assert [(v.unit_id, v.tickets) for v in views] == [(5, ("T1", "T3")), (6, ("T2",))]
    assert {v.status for v in views} == {"draft"}
    assert views[0].number is None
    assert views[0].cause == "逾期未办结"
    assert views[0].title == "关于2件诉求逾期未办结的督办单"


def test_an_appeal_on_an_open_order_or_without_a_unit_is_skipped_and_named(store: Store) -> None:
    first = put_round(store, "T1", 5, received_at=LONG_AGO)[0]
    unitless = put_round(store, "T2", None, received_at=LONG_AGO)[0]
    [order] = orders.draft(store, [first]).orders
    again = orders.draft(store, [first, unitless])
    assert again.orders == ()
    assert [(s.number, s.reason) for s in again.skipped] == [
        ("T1", f"已在督办中：草稿#{order.id}"),
        ("T2", "尚无承办单位：请先派单"),
    ]


def test_a_draft_may_be_edited_by_the_one_who_saw_its_newest_version(store: Store) -> None:
    [view] = _draft(store)
    edited = orders.edit(
        store,
        view.id,
        view.version,
        title="关于停水的督办单",
        demands=["立即供水。", " ", "查明\n原因。"],
        limit_text="1wd",
    )
    assert (edited.title, edited.limit_text) == ("关于停水的督办单", "1wd")
    assert edited.demands == ("立即供水。", "查明 原因。")
    with pytest.raises(LostRace):
        orders.edit(store, view.id, view.version, title="旧")
    with pytest.raises(DubanError, match="时限"):
        orders.edit(store, view.id, edited.version, limit_text="尽快")


def test_signing_gives_numbers_without_gap_and_keeps_the_paper(store: Store) -> None:
    first, second = _draft(store, 5, 6)
    signed = _sign(store, second, first)
    assert [v.number for v in signed] == ["武网督〔2026〕1号", "武网督〔2026〕2号"]
    assert signed[0].signer == _signer(store)
    assert signed[0].signed_by is not None
    assert signed[0].due_at == store.timekeeper().timed("feedback", "3wd", NOW).due_at
    with store.reading() as reader:
        name, content = orders.paper_of(reader, signed[0].id)
        assert verify_trail(reader, anchor=signed[0].head_hash).ok
    assert name == "武网督〔2026〕1号.docx"
    assert content.decode() == "武网督〔2026〕1号 " + signed[0].unit + " 2026年11月25日17:30"
    assert signed[0].sha256 == hashlib.sha256(content).hexdigest()


def test_one_refused_draft_leaves_all_unsigned_and_no_number_used(store: Store) -> None:
    first, second = _draft(store, 5, 6)
    _sign(store, second)
    with pytest.raises(Refused, match="不是草稿"):
        _sign(store, first, second)
    assert _sign(store, first)[0].number == "武网督〔2026〕2号"


def test_a_paper_that_cannot_be_rendered_uses_no_number(store: Store) -> None:
    [view] = _draft(store)

    def broken(_: Content) -> bytes:
        raise OSError

    with pytest.raises(OSError):
        orders.sign(store, [view.id], signer=_signer(store), basis="OA", press=Plain(broken))
    assert _sign(store, view)[0].number == "武网督〔2026〕1号"


def test_numbers_begin_anew_each_year(store: Store, clock: Clock) -> None:
    first, second = _draft(store, 5, 6)
    _sign(store, first)
    clock.travel_to(NOW + timedelta(days=60))
    assert _sign(store, second)[0].number == "武网督〔2027〕1号"


def test_only_a_leader_of_the_policy_signs_and_on_a_known_basis(store: Store) -> None:
    [view] = _draft(store)
    with pytest.raises(Refused, match="leaders"):
        orders.sign(store, [view.id], signer="路人", basis="paper", press=Plain(_render))
    with pytest.raises(Refused, match="依据"):
        orders.sign(store, [view.id], signer=_signer(store), basis="梦", press=Plain(_render))


def test_the_drafter_signs_only_while_nobody_else_may(store: Store) -> None:
    first, second = _draft(store, 5, 6)
    assert _sign(store, first)[0].alone
    with store.writing() as work:
        other = work.insert(Operator, login="other", name="李四", created_at=NOW)
        work.insert(Role, operator_id=other, role="signer")
    with pytest.raises(Refused, match="请李四签发"):
        _sign(store, second)


def test_nobody_signs_words_that_changed_since_they_were_seen(store: Store) -> None:
    [draft] = _draft(store)
    orders.edit(store, draft.id, draft.version, title="改过的事项")
    with pytest.raises(LostRace, match="刚被"):
        orders.sign(
            store,
            [draft.id],
            signer=_signer(store),
            basis="paper",
            press=Plain(_render),
            seen={draft.id: draft.version},
        )
    with store.reading() as reader:
        assert orders_by_id(reader, [draft.id])[0].status == "draft"


def test_a_signed_order_runs_through_receipt_and_feedback_to_its_close(
    store: Store, clock: Clock
) -> None:
    [view] = _sign(store, *_draft(store))
    assert _running(store, view.id) == []
    view = _follow(store, "deliver", view)
    assert _running(store, view.id) == [("feedback", False), ("receipt", True)]
    clock.travel(hours=1)
    view = _follow(store, "receive", view, received_by="王五")
    assert (view.label, view.received_by) == ("待反馈", "王五")
    assert _running(store, view.id) == [("feedback", True)]
    clock.travel(hours=1)
    view = _follow(store, "feedback", view, text="已恢复供水")
    assert _running(store, view.id) == [("judge", True)]
    view = _follow(store, "accept", view, verified="visit", note="已供水")
    assert view.label == "已销号"
    assert _running(store, view.id) == []


def test_the_feedback_clock_keeps_the_printed_date_however_late_it_is_delivered(
    store: Store, clock: Clock
) -> None:
    [view] = _sign(store, *_draft(store))
    clock.travel(days=3)
    _follow(store, "deliver", view)
    with store.reading() as reader:
        due = aware(value_of(reader, "SELECT due_at FROM deadline WHERE step = 'feedback'"))
    assert due == view.due_at


def test_feedback_sent_back_runs_on_as_if_it_had_never_stopped(store: Store, clock: Clock) -> None:
    [view] = _sign(store, *_draft(store))
    view = _follow(store, "deliver", view)
    clock.travel(hours=1)
    view = _follow(store, "feedback", view, text="正在研究")
    view = _follow(store, "reject", view, reason="没有办理结果")
    assert view.status == "received"
    assert _running(store, view.id) == [("feedback", True)]
    view = _follow(store, "feedback", view, text="已办结")
    assert _follow(store, "accept", view, verified="visit", note="已供水").status == "closed"


def test_a_void_order_keeps_its_number_and_frees_its_appeals(store: Store) -> None:
    ticket = put_round(store, "T1", 5, received_at=LONG_AGO)[0]
    [view] = _sign(store, *orders.draft(store, [ticket]).orders)
    view = _follow(store, "deliver", view)
    void = _follow(store, "void", view, reason="对象有误")
    assert (void.number, void.label) == ("武网督〔2026〕1号", "已作废")
    assert _running(store, view.id) == []
    [again] = orders.draft(store, [ticket]).orders
    assert _sign(store, again)[0].number == "武网督〔2026〕2号"
    with pytest.raises(Refused, match="已作废"):
        _follow(store, "void", void, reason="再来")


def test_steps_out_of_order_are_refused(store: Store) -> None:
    [view] = _draft(store)
    steps: tuple[Callable[[], OrderView], ...] = (
        lambda: _follow(store, "deliver", view),
        lambda: _follow(store, "receive", view, received_by="王五"),
        lambda: _follow(store, "feedback", view, text="已办"),
        lambda: _follow(store, "accept", view, verified="visit", note="已供水"),
        lambda: _follow(store, "reject", view, reason="不行"),
    )
    for step in steps:
        with pytest.raises(Refused, match="待签发"):
            step()


def test_an_act_is_not_recorded_before_the_one_it_follows(store: Store) -> None:
    [view] = _sign(store, *_draft(store))
    with pytest.raises(Refused, match="早于签发"):
        _follow(store, "deliver", view, at=NOW - timedelta(hours=1))


def test_a_flag_has_one_open_order(store: Store) -> None:
    with store.writing() as work:
        flag = work.insert(
            Flag,
            key="last-running:5:2026-10",
            rule="last-running",
            unit_id=5,
            period="2026-10",
            evidence='{"lines":["连续两个月末位"],"tickets":[]}',
            raised_at=NOW,
        )
    [view] = orders.draft_flag(store, flag).orders
    assert (view.unit_id, view.cause, view.flag_id) == (5, "末位预警", flag)
    with pytest.raises(Refused, match="已有督办单"):
        orders.draft_flag(store, flag)


def test_what_waits_is_listed_before_what_is_done(store: Store) -> None:
    first, second, third = _draft(store, 5, 6, 7)
    [signed] = _sign(store, second)
    _follow(store, "void", first, reason="重复")
    with store.reading() as reader:
        assert [v.id for v in orders.listing(reader)] == [third.id, second.id, first.id]
        assert [v.id for v in orders.listing(reader, statuses=["signed"])] == [second.id]
        assert [v.id for v in orders.listing(reader, unit_id=7)] == [third.id]
        late = NOW + timedelta(days=30)
        assert [v.id for v in orders.listing(reader, late_at=late)] == [second.id]
        assert orders.order_by_name(reader, signed.number or "") == second.id
        assert orders.order_by_name(reader, signed.code.lower().replace("-", " ")) == second.id
        with pytest.raises(DubanError, match="核验码"):
            orders.order_by_name(reader, "AAAA-BBBB-CCCC-DDDD")
        with pytest.raises(DubanError, match="没有督办单"):
            orders.order_by_name(reader, "武网督〔1999〕9号")


def test_a_paper_names_no_telephone_of_a_citizen(store: Store) -> None:
    seen: list[Content] = []

    def render(paper: Content) -> bytes:
        seen.append(paper)
        return b"paper"

    [view] = _draft(store)
    orders.sign(store, [view.id], signer=_signer(store), basis="telephone", press=Plain(render))
    assert "13871234567" not in str(seen[0])
    assert "尚未办结，超期" in seen[0].lines("事实")[0]


def test_two_programs_cannot_put_one_appeal_on_two_orders(opener: Opener) -> None:
    one, other = opener(), opener()
    ticket = put_round(one, "T1", 5, received_at=LONG_AGO)[0]
    assert len(orders.draft(one, [ticket]).orders) == 1
    assert orders.draft(other, [ticket]).orders == ()


def test_a_report_kept_confidential_is_not_told_in_the_title_or_the_paper(store: Store) -> None:
    seen: list[Content] = []

    def render(paper: Content) -> bytes:
        seen.append(paper)
        return b"paper"

    ticket = put_round(store, "T1", 5, received_at=LONG_AGO, title="举报某人")[0]
    with store.writing() as work:
        work.update(Ticket, ticket, 1, confidential=True)
    [view] = orders.draft(store, [ticket]).orders
    orders.sign(store, [view.id], signer=_signer(store), basis="paper", press=Plain(render))
    assert view.title == "关于1件诉求逾期未办结的督办单"
    assert "举报某人" not in str(seen[0])


def test_a_receipt_entered_late_but_given_in_time_annuls_what_a_sweep_recorded(
    store: Store, clock: Clock
) -> None:
    [view] = _sign(store, *_draft(store))
    view = _follow(store, "deliver", view)
    clock.travel(days=4)
    sweep(store)
    with store.reading() as reader:
        red = "SELECT count(*) FROM crossing WHERE level LIKE 'red%' AND annulled_at IS NULL"
        assert value_of(reader, red) > 0
    _follow(
        store,
        "receive",
        view,
        received_by="王五",
        at=NOW + timedelta(minutes=5),
    )
    with store.reading() as reader:
        sql = """SELECT c.level FROM crossing c JOIN deadline d ON d.id = c.deadline_id
                 WHERE d.step = 'receipt' AND c.annulled_at IS NULL"""
        assert rows_of(reader, sql) == []
        assert (
            value_of(reader, "SELECT worst_colour FROM deadline WHERE step = 'receipt'") == "blue"
        )


def test_no_feedback_by_its_date_allows_a_second_order_one_level_up(
    store: Store, clock: Clock
) -> None:
    [first] = _sign(store, *_draft(store))
    first = _follow(store, "deliver", first)
    with pytest.raises(Refused, match="期限未到"):
        orders.draft_second(store, first.id)
    clock.travel_to(NOW + timedelta(days=6))
    second = orders.draft_second(store, first.id)
    assert (second.level, second.previous_id, second.tickets) == (2, first.id, ("T1",))
    assert second.limit_text == "2wd"
    with pytest.raises(Refused, match="已有二次督办单"):
        orders.draft_second(store, first.id)
    [second] = _sign(store, second)
    second = _follow(store, "deliver", second)
    second = _follow(store, "feedback", second, text="已办结")
    _follow(store, "accept", second, verified="visit", note="已供水")
    with store.reading() as reader:
        assert {o.status for o in orders.listing(reader)} == {"closed"}
    assert _running(store, first.id) == []
