"""The other papers of the ladder: what each must say, who signs it, its clocks, who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from models import orders
from models.orders.order import OrderView, orders_by_id
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.deadlines import Crossing
from models.tables.rankings import Flag
from models.tables.supervision import Instruction
from models.views import find_hits
from rules.errors import DubanError, Refused
from rules.paper import Content, filled
from tests.conftest import NOW, Clock
from tests.models.cells import rows_of, value_of
from tests.models.presses import Plain
from tests.models.review.test_calls import as_another
from tests.models.rounds import put_round

UNIT = 5

LONG_AGO = NOW - timedelta(days=30)

TALK = {
    "批准领导": "周正",
    "约谈时间": "2026-11-24 15:00",
    "地点": "三楼会议室",
    "约谈对象": "分管负责人",
    "约谈人": "张明、李华",
}

VERIFIED = {"verified": "visit", "note": "现场核实"}

CLUE = {"organ": "市公安局", "clue": "有关公司涉嫌诈骗。", "evidence": "投诉材料1份；合同复印件"}


def ticket(store: Store, number: str = "T1", unit: int | None = UNIT) -> int:
    """Put in an appeal that is long late; return its id."""
    return put_round(store, number, unit, received_at=LONG_AGO)[0]


def render(paper: Content) -> bytes:
    """Print the values of a paper, which must have all that its template needs."""
    return repr(filled(paper)).encode()


def words(store: Store, view: OrderView) -> str:
    """Return what a signed paper says."""
    with store.reading() as reader:
        return orders.paper_of(reader, view.id)[1].decode()


def sign(store: Store, view: OrderView, signer: str = "张明") -> OrderView:
    """Sign one draft."""
    [signed] = orders.sign(store, [view.id], signer=signer, basis="paper", press=Plain(render))
    return signed


def follow(store: Store, verb: str, view: OrderView, **said: Any) -> OrderView:
    """Take a step on a paper; return it as it is then."""
    orders.follow(store, verb, [view.id], **said)
    return now(store, view)


def now(store: Store, view: OrderView) -> OrderView:
    """Return a paper as it is now."""
    with store.reading() as reader:
        return orders_by_id(reader, [view.id])[0]


def clocks(store: Store, view: OrderView) -> list[str]:
    """Return the running clocks of a paper."""
    sql = """SELECT step FROM deadline WHERE subject_kind = 'order' AND subject_id = :id
             AND stopped_at IS NULL ORDER BY step"""
    with store.reading() as reader:
        return [step for (step,) in rows_of(reader, sql, id=view.id)]


def talk(store: Store, said: Mapping[str, str] = TALK) -> OrderView:
    """Draft the notice of a talk to the unit."""
    named = {name.replace("地点", "约谈地点"): text for name, text in said.items()}
    return orders.draft_to_unit(store, UNIT, "talk", "多次督办未落实", details=named)


@pytest.mark.parametrize(
    ("kind", "details", "number", "limit", "running"),
    [
        ("order", {}, "武网督〔2026〕1号", "3wd", ["feedback", "receipt"]),
        ("notice", {}, "武网督提〔2026〕1号", "5wd", ["feedback", "receipt"]),
        ("reminder", {}, "武网督催〔2026〕1号", "2wd", ["feedback", "receipt"]),
        ("talk", {**TALK, "约谈地点": "三楼"}, "武网督约〔2026〕1号", "", ["receipt"]),
        ("referral_crime", CLUE, "武网移〔2026〕1号", "", []),
        ("referral_duty", CLUE, "武网移〔2026〕1号", "", []),
    ],
)
def test_each_kind_has_its_number_its_limit_and_its_clocks(
    store: Store, kind: str, details: dict[str, str], number: str, limit: str, running: list[str]
) -> None:
    details.pop("地点", "")
    [view] = orders.draft(store, [ticket(store)], kind=kind, details=details).orders
    signed = sign(store, view)
    delivered = follow(store, "deliver", signed)
    assert (signed.number, signed.limit_text) == (number, limit)
    assert clocks(store, delivered) == running
    received = follow(store, "receive", delivered, received_by="王五")
    after = {"talk": ("received", "待约谈"), "referral_crime": ("closed", "已移送")}
    if kind in after:
        assert (received.status, received.label) == after[kind]
    if not limit:
        with pytest.raises(Refused, match="不能反馈"):
            follow(store, "feedback", received, text="已办")
    with store.reading() as reader:
        assert verify_trail(reader).ok


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "批准领导"),
        ({**TALK, "约谈时间": "", "地点": ""}, "还没写约谈时间、约谈地点"),
        ({**TALK, "约谈人": "张明"}, "约谈人须有两人"),
    ],
)
def test_a_talk_is_not_signed_without_what_it_must_say(
    store: Store, said: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        sign(store, talk(store, said))


def test_a_talk_is_approved_by_a_leader_of_the_city_alone(store: Store) -> None:
    with pytest.raises(Refused, match="批准领导 李华 不在规则所列之中：可写 周正"):
        talk(store, {**TALK, "批准领导": "李华"})


def test_the_record_of_a_talk_takes_it_over_and_asks_for_a_report_in_ten_days(
    store: Store,
) -> None:
    notice = sign(store, talk(store))
    with pytest.raises(Refused, match="先送达约谈通知"):
        orders.draft_record(store, notice.id)
    follow(store, "deliver", notice)
    record = orders.draft_record(store, notice.id)
    assert (record.said["persons"], record.limit_text) == ("分管负责人", "10wd")
    with pytest.raises(Refused, match="还没写约谈情况、被约谈方意见和整改承诺、记录人"):
        sign(store, record)
    words = {"约谈情况": "通报了问题", "被约谈方意见和整改承诺": "照办", "记录人": "陈思远"}
    record = orders.edit(store, record.id, record.version, details=words)
    record = sign(store, record)
    assert (record.number, now(store, notice).label) == ("武网督记〔2026〕1号", "已约谈")
    record = follow(store, "deliver", record)
    record = follow(store, "receive", record, received_by="被约谈人")
    assert (record.label, clocks(store, record)) == ("待整改", ["feedback"])
    assert follow(store, "feedback", record, text="整改报告").status == "replied"


def test_a_notice_says_nothing_of_punishment(store: Store) -> None:
    [view] = orders.draft(store, [ticket(store)], kind="notice").orders
    worse = orders.edit(store, view.id, view.version, demands=["逾期将予以问责。"])
    with pytest.raises(Refused, match="提示函不写“问责”"):
        sign(store, worse)


def test_an_order_that_waits_is_reminded_by_number_once_at_a_time(store: Store) -> None:
    [order] = orders.draft(store, [ticket(store)]).orders
    with pytest.raises(Refused, match="只催已送达而未反馈的"):
        orders.draft_reminder(store, order.id)
    order = follow(store, "deliver", sign(store, order))
    first = orders.draft_reminder(store, order.id)
    assert (first.title, first.previous_id) == (
        "关于抓紧签收武网督〔2026〕1号的催办通知",
        order.id,
    )
    assert first.tickets == ("T1",)
    with pytest.raises(Refused, match="已有未了的催办通知"):
        orders.draft_reminder(store, order.id)
    first = follow(store, "deliver", sign(store, first))
    asked = "我部以武网督〔2026〕1号督办单要求的事项，你单位应于11月25日17:30前反馈，尚未反馈。"
    assert f"{asked}现予催办。" in words(store, first)
    follow(store, "feedback", first, text="已在办")
    follow(store, "accept", now(store, first), **VERIFIED)
    assert now(store, order).status == "delivered"
    assert orders.draft_reminder(store, order.id).status == "draft"


# confidential papers


@pytest.fixture
def referred(store: Store) -> OrderView:
    """A referral, signed by the principal."""
    [view] = orders.draft(store, [ticket(store)], kind="referral_duty", details=CLUE).orders
    with pytest.raises(Refused, match="签发人 李华"):
        sign(store, view, signer="李华")
    return sign(store, orders.edit(store, view.id, view.version, details={"线索情况": "诈骗。"}))


def test_a_referral_goes_to_the_organ_and_leaves_no_word_on_the_appeal(
    store: Store, referred: OrderView
) -> None:
    assert (referred.to, referred.unit) == ("市公安局", "武汉市公安局")
    with store.reading() as reader:
        told = "SELECT verb, unit_id, reason, payload FROM event WHERE verb LIKE 'order.%'"
        known = "SELECT count(*) FROM event WHERE verb LIKE 'order.%' AND unit_id IS NOT NULL"
        assert value_of(reader, known) == 0
        words = str(rows_of(reader, told))
        assert value_of(reader, "SELECT count(*) FROM event WHERE verb = 'ticket.supervise'") == 0
        assert orders.ledger_lines(reader, [referred.id]) == []
        assert find_hits(reader, str(referred.number)) == []
    assert "T1" not in words and "诈骗" not in words
    again = orders.draft(store, [1])
    assert [view.tickets for view in again.orders] == [("T1",)]


def test_an_organ_that_is_no_unit_of_the_list_may_be_named(store: Store) -> None:
    said = {**CLUE, "organ": "某市人民检察院"}
    [view] = orders.draft(store, [ticket(store)], kind="referral_crime", details=said).orders
    assert view.to == "某市人民检察院"
    with store.reading() as reader:
        sql = "SELECT is_centre FROM unit WHERE id = :id"
        assert value_of(reader, sql, id=view.unit_id)


def test_who_has_not_the_role_sees_only_the_referrals_he_drafted(
    store: Store, referred: OrderView
) -> None:
    with store.reading() as reader:
        assert [one.id for one in orders.listing(reader, store.operator)] == [referred.id]
        assert orders.listing(reader) == []
    as_another(store, "supervisor")
    with store.reading() as reader:
        assert orders.listing(reader, store.operator) == []
    for attempt in (
        lambda: orders.follow(store, "deliver", [referred.id]),
        lambda: orders.edit(store, referred.id, referred.version, title="别的"),
        lambda: orders.preview_order(store, referred.id),
        lambda: orders.export_paper(store, referred.id, lambda content, mark: content),
    ):
        with pytest.raises(DubanError, match=f"没有编号为 {referred.id} 的督办单"):
            attempt()
    [own] = orders.draft(store, [ticket(store, "T2")], kind="referral_duty", details=CLUE).orders
    with store.reading() as reader:
        assert [one.id for one in orders.listing(reader, store.operator)] == [own.id]


def test_a_referral_is_copied_to_nobody(store: Store) -> None:
    [view] = orders.draft(
        store, [ticket(store)], kind="referral_duty", details=CLUE, copy_to=["市委督查室"]
    ).orders
    with pytest.raises(Refused, match="不公开，不抄送"):
        sign(store, view)


# what a sweep drafts, flags, instructions, the ledger


def test_a_sweep_reminds_of_what_is_long_red_and_orders_nothing(store: Store) -> None:
    late = ticket(store)
    go_deep_red(store)
    [reminder] = orders.draft_due(store)
    assert (reminder.kind, reminder.tickets) == ("reminder", ("T1",))
    assert orders.draft_due(store) == []
    follow(store, "void", reminder, reason="误拟")
    assert [view.kind for view in orders.draft_due(store)] == ["reminder"]
    assert [view.kind for view in orders.draft(store, [late]).orders] == ["order"]


def test_what_was_on_the_order_of_a_flag_is_drafted_no_more_unasked(store: Store) -> None:
    flag = put_flag(store, "prominent-long", [ticket(store)])
    [order] = orders.draft_flag(store, flag).orders
    assert order.level == 1
    order = follow(store, "deliver", sign(store, order))
    order = follow(store, "feedback", order, text="已办")
    follow(store, "accept", order, **VERIFIED)
    go_deep_red(store)
    assert orders.draft_due(store) == []
    assert len(orders.draft_flag(store, flag).orders) == 1


def go_deep_red(store: Store) -> None:
    """Record that the first appeal crossed into the last level of red."""
    with store.writing() as work:
        work.insert(Crossing, deadline_id=1, revision=1, level="red3", at=NOW, recorded_at=NOW)


def put_flag(store: Store, rule: str, tickets: list[int]) -> int:
    """Raise a flag by hand; return its id."""
    with store.writing() as work:
        return work.insert(
            Flag,
            rule=rule,
            unit_id=UNIT,
            raised_at=NOW,
            evidence=f'{{"tickets": {tickets}, "lines": ["连续两个月末位。"]}}',
            key=f"{rule}:{UNIT}",
        )


def test_a_last_place_order_asks_for_a_report_and_stands_in_the_ledger(store: Store) -> None:
    flag = put_flag(store, "last-running", [])
    [order] = orders.draft_flag(store, flag).orders
    assert (order.tickets, order.limit_text) == ((), "10wd")
    signed = sign(store, order)
    with store.reading() as reader:
        [line] = orders.ledger_lines(reader, [signed.id])
    assert (line.order, line.title, line.ticket) == (signed.number, signed.title, "")


def test_an_order_knows_the_open_instruction_it_follows(store: Store, clock: Clock) -> None:
    late = ticket(store)
    with store.writing() as work:
        word = work.insert(
            Instruction, ticket_id=late, leader="周正", content="请抓紧。", given_at=NOW
        )
    [order] = orders.draft(store, [late]).orders
    assert order.instruction_id == word


def test_a_paper_counts_its_annexes_and_names_the_leader_with_his_post(store: Store) -> None:
    several = [ticket(store, f"T{n}") for n in (1, 2, 3)]
    [notice] = orders.draft(store, several, kind="notice").orders
    said = words(store, sign(store, notice))
    assert "清单见附件）" in said and "涉及工单清单（3件）" in said
    [referral] = orders.draft(store, several, kind="referral_crime", details=CLUE).orders
    said = words(store, sign(store, referral))
    assert "'1.涉及工单清单（3件）', '2.证据材料清单（2项）'" in said and "'密级': '内部'" in said
    assert "'批准领导': '市政府分管副市长周正'" in words(store, sign(store, talk(store)))


def test_a_reminder_is_not_signed_once_the_unit_has_answered(store: Store) -> None:
    [order] = orders.draft(store, [ticket(store)]).orders
    order = follow(store, "deliver", sign(store, order))
    reminder = orders.draft_reminder(store, order.id)
    follow(store, "feedback", order, text="已办结")
    with pytest.raises(Refused, match="现为"):
        sign(store, reminder)
    assert "于11月20日反馈。现予催办。" in str(orders.preview_order(store, reminder.id).values)
