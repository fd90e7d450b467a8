"""公文: each tells what was decided, and is refused where that does not hold."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from models import casework, letters, orders, review
from models.letters import Asked, LetterView, letters_by_id
from models.orders import OrderView, SheetForm, orders_by_id
from models.paper import load_template, made_with
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables import Accused, Extension, Person, SupervisionOrder, Ticket
from rules.errors import Refused
from rules.paper import Content
from tests.conftest import NOW, Clock
from tests.models.cells import rows_of
from tests.models.presses import Plain
from tests.models.rounds import put_round

SAID = "楼下王小明电话13871234567要求会商"


def ticket_at(store: Store, **changes: Any) -> int:
    """Put in an appeal of unit 5, due in a week."""
    ticket, _ = put_round(store, "T1", 5, received_at=NOW - timedelta(days=1))
    with store.writing() as work:
        work.insert(Person, ticket_id=ticket, reporter="王小明", phone="13871234567")
        if changes:
            work.update(Ticket, ticket, 1, **changes)
    return ticket


def take(store: Store, verb: str, ticket: int, **said: Any) -> None:
    casework.take(store, verb, [ticket], **said)


def render(content: Content) -> bytes:
    return json.dumps([content.kind, dict(content.values)], ensure_ascii=False).encode()


def drafted(store: Store, kind: str, ticket: int | None = None, **said: Any) -> LetterView:
    return letters.draft_letter(store, kind, Asked(ticket_id=ticket), **said)


def signed(store: Store, *views: LetterView, signer: str = "张明", **said: Any) -> LetterView:
    ids = [view.id for view in views]
    press = Plain(render)
    return letters.sign_letters(store, ids, signer=signer, basis="paper", press=press, **said)[0]


def text_of(content: Content) -> str:
    return "".join(one.text for one in content.statements)


def test_an_extension_granted_is_told_with_both_dates_and_proved(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_extension", ticket, limit_text="3wd", reason=SAID)
    with pytest.raises(Refused, match="没有已经批复的延期申请"):
        drafted(store, "extension_reply", ticket)
    take(store, "grant_extension", ticket)
    view = drafted(store, "extension_reply", ticket)
    content = letters.preview_letter(store, view.id)
    told = text_of(content)
    assert "同意延期。办结时限由2026年11月26日15:20前延至2026年12月1日17:30前" in told
    assert "申请延长办结时限3个工作日，理由：" in told
    assert "王小明" not in told and "13871234567" not in told
    with store.reading() as reader:
        verbs = rows_of(reader, "SELECT seq, verb FROM event")
    proved = {seq: verb for seq, verb in verbs}
    rests = [proved[seq] for one in content.statements for seq in one.events]
    assert rests == ["ticket.ask_extension", "ticket.grant_extension"]
    assert content.values["文号"] == "武网复〔2026〕×号"


def test_a_refusal_tells_why_and_that_the_date_stands(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_extension", ticket, limit_text="3wd", reason="要会商")
    take(store, "refuse_extension", ticket, reason="理由不充分")
    told = text_of(letters.preview_letter(store, drafted(store, "extension_reply", ticket).id))
    assert "不同意延期，理由：理由不充分。仍应于2026年11月26日15:20前办结。" in told


def test_pauses_and_returns_are_answered_to_the_unit_that_asked(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_pause", ticket, reason="等待鉴定")
    take(store, "grant_pause", ticket, approval="鉴定委托书")
    pause = drafted(store, "pause_reply", ticket)
    told = text_of(letters.preview_letter(store, pause.id))
    assert "同意自2026年11月20日15:20起挂起（依据：鉴定委托书）" in told
    take(store, "resume", ticket)
    take(store, "ask_return", ticket, code="area", reason="属邻区")
    take(store, "grant_return", ticket, unit_id=6, reason="经核属实")
    returned = drafted(store, "return_reply", ticket)
    told = text_of(letters.preview_letter(store, returned.id))
    assert "理由：不在本单位管辖范围，属邻区" in told and "该件改由" in told
    assert returned.unit_id == pause.unit_id == 5
    assert returned.recipient == pause.recipient


def test_a_second_return_is_told_as_a_ruling(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_return", ticket, code="duty")
    take(store, "refuse_return", ticket, reason="属你单位")
    take(store, "ask_return", ticket, code="duty")
    take(store, "arbitrate", ticket, unit_id=6, reason="三定规定明确")
    view = drafted(store, "ruling", ticket)
    told = text_of(letters.preview_letter(store, view.id))
    assert "再次申请退单" in told and "经研究裁定：该件由" in told and "三定规定明确" in told
    assert "、" in view.recipient
    refused = text_of(letters.preview_letter(store, drafted(store, "return_reply", ticket).id))
    assert "不同意退单，理由：属你单位" in refused


def test_of_what_is_kept_back_no_word_is_told(store: Store) -> None:
    ticket = ticket_at(store, confidential=True, title="举报某人")
    take(store, "ask_extension", ticket, limit_text="3wd", reason="某人的事要查")
    take(store, "refuse_extension", ticket, reason="某人的事不复杂")
    told = str(letters.preview_letter(store, drafted(store, "extension_reply", ticket).id))
    assert "某人" not in told and "保密件，内容保密" in told


def test_a_signed_letter_has_its_number_its_bytes_and_what_it_rests_on(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_extension", ticket, limit_text="3wd", reason="要会商")
    take(store, "grant_extension", ticket)
    view = drafted(store, "extension_reply", ticket, words="请注意安全。\n{{7*7}}")
    with pytest.raises(Refused, match="已拟公文草稿"):
        drafted(store, "extension_reply", ticket)
    done = signed(store, view)
    assert (done.number, done.label) == ("武网复〔2026〕1号", "已签发")
    name, content = letters.export_letter(store, done.id, lambda content, _: content + b" void")
    assert name == "武网复〔2026〕1号.docx" and "{{7*7}}" in content.decode()
    assert done.sha256 == hashlib.sha256(content).hexdigest()
    with store.reading() as reader:
        [(payload,)] = rows_of(reader, "SELECT payload FROM event WHERE verb = 'letter.sign'")
        assert len(json.loads(payload)["rests_on"]) == 2
        told = "SELECT payload FROM event WHERE verb = 'ticket.letter' AND subject_id = :id"
        [(payload,)] = rows_of(reader, told, id=ticket)
        assert json.loads(payload)["number"] == "武网复〔2026〕1号"
        assert verify_trail(reader, anchor=done.head_hash).ok
    void = letters.void_letter(store, done.id, reason="日期有误")
    assert void.label == "已作废"
    name, marked = letters.export_letter(store, done.id, lambda content, _: content + b" void")
    assert (name, marked) == ("武网复〔2026〕1号-作废.docx", content + b" void")
    assert signed(store, drafted(store, "extension_reply", ticket)).number == "武网复〔2026〕2号"


def test_a_decision_taken_back_since_is_not_signed(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "ask_extension", ticket, limit_text="3wd", reason="要会商")
    take(store, "grant_extension", ticket)
    view = drafted(store, "extension_reply", ticket)
    with store.writing() as work:
        [(id, version)] = work.rows("SELECT id, version FROM extension")
        work.update(Extension, id, version, decided_at=None, granted=None)
    with pytest.raises(Refused, match="没有已经批复的延期申请"):
        signed(store, view)
    with store.reading() as reader:
        assert letters_by_id(reader, [view.id])[0].status == "draft"


def test_words_changed_since_the_sheet_are_signed_by_choice(store: Store) -> None:
    ticket = ticket_at(store)
    view = drafted(store, "brief", ticket, recipient="周正副市长", words="建议专题研究。")
    letters.circulate_letter(store, view, SheetForm(), lambda sheet: sheet.draft.digest.encode())
    changed = letters.amend_letter(store, view, words="建议提请市政府专题研究。")
    with pytest.raises(LostRace):
        letters.amend_letter(store, view, title="旧")
    with pytest.raises(Refused, match="打印发文稿纸之后改动过"):
        signed(store, changed)
    assert signed(store, changed, as_changed=True).number == "武网专〔2026〕1号"


def test_a_report_upward_names_its_signer_its_figures_and_takes_the_answer(store: Store) -> None:
    ticket = ticket_at(store)
    with pytest.raises(Refused, match="呈送哪位领导"):
        drafted(store, "submission", ticket, words="情况")
    with pytest.raises(Refused, match="情况和建议"):
        drafted(store, "submission", ticket, recipient="周正副市长")
    view = drafted(store, "submission", ticket, recipient="周正副市长", words="建议批转。")
    with pytest.raises(Refused, match="不能由李华签发"):
        signed(store, view, signer="李华")
    with pytest.raises(Refused, match="不能另写签发时间"):
        signed(store, view, at=NOW - timedelta(hours=1))
    done = signed(store, view)
    with store.reading() as reader:
        content = letters.signed_letter(reader, done.id)[1].decode()
    assert "部长张明" in content and "在办诉求1件，其中逾期未办结0件" in content
    noted = letters.note_answer(store, done.id, leader="周正", text="请水务局牵头，三日内解决。")
    assert (noted.answered_by, noted.answer) == ("周正", "请水务局牵头，三日内解决。")


def _closed(store: Store, clock: Clock, ticket: int, **said: Any) -> OrderView:
    [draft] = orders.draft(store, [ticket]).orders
    orders.sign(store, [draft.id], signer="张明", basis="paper", press=Plain())
    orders.follow(store, "deliver", [draft.id])
    orders.follow(store, "feedback", [draft.id], text="已办好")
    clock.travel(hours=1)
    orders.follow(store, "accept", [draft.id], **said)
    with store.reading() as reader:
        return orders_by_id(reader, [draft.id])[0]


def test_an_order_is_closed_on_a_call_only_where_one_is_on_record(
    store: Store, clock: Clock
) -> None:
    ticket = ticket_at(store)
    with pytest.raises(Refused, match="没有接通的回访"):
        _closed(store, clock, ticket, verified="callback", note="诉求人满意")


def test_a_notice_of_closing_tells_how_it_was_verified_and_what_citizens_said(
    store: Store, clock: Clock
) -> None:
    ticket = ticket_at(store)
    take(store, "close", ticket, outcome="已解决")
    clock.travel(hours=1)
    order = _closed(store, clock, ticket, verified="visit", note="到场看过，水已恢复")
    take(store, "callback", ticket, result="接通", text="来水了，谢谢")
    about = Asked(order_id=order.id)
    view = letters.draft_letter(store, "closing_notice", about)
    content = letters.preview_letter(store, view.id)
    told = text_of(content)
    assert "我部以现场核查的方式核实：到场看过，水已恢复。" in told
    assert "准予销号" in told
    assert content.values["情况表"] == (
        {"序号": "1", "项目": "T1　2026年11月20日", "情况": "回访接通：来水了，谢谢"},
    )
    with pytest.raises(Refused, match="李华是副职"):
        signed(store, view, signer="李华")
    assert signed(store, view).number == "武网销〔2026〕1号"


def test_no_notice_without_a_verification_and_none_to_the_accused(
    store: Store, clock: Clock
) -> None:
    ticket = ticket_at(store)
    order = _closed(store, clock, ticket, verified="visit", note="看过")
    with store.writing() as work:
        work.insert(Accused, ticket_id=ticket, unit_id=5, found_at=NOW, confirmed=True)
    with pytest.raises(Refused, match="不能给其看"):
        letters.draft_letter(store, "closing_notice", Asked(order_id=order.id))


def test_a_confidential_paper_is_told_of_in_no_other(store: Store, clock: Clock) -> None:
    order = _closed(store, clock, ticket_at(store), verified="visit", note="看过")
    with store.writing() as work:
        work.update(SupervisionOrder, order.id, order.version, confidential=True)
    about = Asked(order_id=order.id)
    for kind in ("closing_notice", "brief"):
        with pytest.raises(Refused, match="不公开"):
            letters.draft_letter(store, kind, about, recipient="周正副市长", words="情况")


def test_a_report_of_a_review_tells_calls_evidence_and_verdict(store: Store) -> None:
    ticket = ticket_at(store)
    take(store, "close", ticket, outcome="已解决")
    take(store, "rate", ticket, result="不满意")
    with pytest.raises(Refused, match="没有作出结论的核查"):
        drafted(store, "review_report", ticket)
    take(store, "callback", ticket, result="接通", text="还是没水")
    review.judge(store, "uphold", [ticket], cause="unsolved", text="确未解决")
    content = letters.preview_letter(store, drafted(store, "review_report", ticket).id)
    told = text_of(content)
    assert "不满意的原因是未解决；确未解决" in told and "核查结论：维持·单位责任" in told
    assert content.values["情况表题"] == "回访记录"


def test_a_letter_is_made_with_the_template_in_force_and_names_it(store: Store) -> None:
    ticket = ticket_at(store)
    casework.take(store, "ask_extension", [ticket], limit_text="3wd", reason="要会商")
    casework.take(store, "grant_extension", [ticket])
    load_template(store, "extension_reply", b"own", "换版头", at=NOW - timedelta(days=1))
    done = signed(store, drafted(store, "extension_reply", ticket))
    with store.reading() as reader:
        assert made_with(reader, "letter", [done.id])[done.id].revision == 1
        assert verify_trail(reader).ok
