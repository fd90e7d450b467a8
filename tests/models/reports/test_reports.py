"""民情专报: what it counts, what it never tells, its way from the draft to what came of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from models import casework, letters, orders, reports
from models.orders import SheetForm
from models.reports import About, ReportView, reports_by_id
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables import Problem, Round, Ticket
from rules.errors import Refused
from rules.paper import Content, filled
from tests.conftest import NOW, Clock
from tests.models.cells import rows_of
from tests.models.presses import Plain
from tests.models.reports.crowd import CATEGORY, crowd, kept_back, problem_with

WRITTEN = {"causes": "管网老化。\n二次供水设施无人维护。", "proposals": "请水务部门牵头更换。"}


def render(content: Content) -> bytes:
    return json.dumps(filled(content), ensure_ascii=False).encode()


def drafted(store: Store, about: About, **said: Any) -> ReportView:
    return reports.draft_report(store, about, recipient="市委、市政府领导", **said)


def signed(store: Store, report: ReportView, **said: Any) -> ReportView:
    ids = [report.letter.id]
    reports.sign_reports(store, ids, signer="张明", basis="paper", press=Plain(render), **said)
    with store.reading() as reader:
        return reports_by_id(reader, [report.id])[0]


def text_of(content: Content) -> str:
    return json.dumps(dict(content.values), ensure_ascii=False)


def test_a_problem_is_told_with_figures_that_add_up(store: Store) -> None:
    tickets = crowd(store)
    about = About(problem_id=problem_with(store, tickets))
    report = drafted(store, about)
    assert report.letter.title == "关于“锦绣家园停水”集中反映情况的专报"
    content = reports.preview_report(store, report)
    told = "".join(content.lines("基本情况"))
    assert "受理反映“锦绣家园停水”的诉求12件，涉及不同诉求人12人" in told
    assert "到11月10日反映的不同诉求人达到5名" in told  # the problem's own day
    assert "截至2026年11月20日15:20，已办结0件，在办12件" in told
    rows = content.rows("附表")
    assert len(rows) == 4
    for by in ("属地件数", "单位件数", "渠道件数"):
        assert sum(int(row[by] or 0) for row in rows[:-1]) == int(rows[-1][by]) == 12
    assert sum(int(row["件数"]) for row in content.rows("趋势图")) == 12
    assert content.line("期号") == "2026年第×期"
    assert content.lines("原因") == ("（未写：签发前须由拟稿人写明）",)
    assert all(set(one.tickets) <= {f"T{n}" for n in range(12)} for one in content.statements)


def test_a_telephone_in_typed_causes_does_not_leave_the_house(store: Store) -> None:
    about = About(problem_id=problem_with(store, crowd(store)))
    report = drafted(store, about, causes="据13871234567来电，管网老化。", proposals="请更换。")
    (told,) = reports.preview_report(store, report).lines("原因")
    assert "13871234567" not in told and told.endswith("管网老化。")


def test_what_others_handle_is_neither_open_nor_long_in_hand(store: Store) -> None:
    tickets = crowd(store)
    with store.writing() as work:
        work.update(Ticket, tickets[-1], 2, state="analysis")
    report = drafted(store, About(problem_id=problem_with(store, tickets)))
    content = reports.preview_report(store, report)
    told = "".join(content.lines("基本情况"))
    assert "在办11件" in told and "另有1件由来源方办理" in told
    longest = [one for one in content.statements if "至今办理时间最长" in one.text]
    assert longest and all(one.tickets != ("T11",) for one in longest)


def test_a_kind_of_appeal_in_a_period_is_compared_with_the_weeks_before(store: Store) -> None:
    crowd(store)
    since = NOW - timedelta(days=11)  # Monday of the week before, as the clock says
    about = About(category="物业/供水", since=since, until=NOW)
    content = reports.preview_report(store, drafted(store, about))
    told = "".join(content.lines("基本情况"))
    assert "受理“物业/供水”类诉求6件" in told
    with pytest.raises(Refused, match="没有可写入专报的诉求"):
        drafted(store, About(category="物业/供", since=since, until=NOW))


def test_of_what_is_kept_back_nothing_is_counted_nor_told(store: Store) -> None:
    tickets, kept = crowd(store, 3), kept_back(store)
    about = About(problem_id=problem_with(store, [*tickets, *kept.values()]))
    content = reports.preview_report(store, drafted(store, about))
    told = text_of(content)
    assert "的诉求4件" in told  # one against its unit is counted
    assert "收钱" not in told and "原话" not in told
    for name in "甲乙丙":
        assert f"王小{name}" not in told
    assert "13871234" not in told
    assert all(
        "保密" not in one.tickets and "举报" not in one.tickets for one in content.statements
    )
    with pytest.raises(Refused, match="举报件、保密件2件，不写入专报"):
        drafted(store, About(ticket_ids=tuple([*tickets, kept["举报"], kept["保密"]])))


def test_it_is_not_approved_nor_signed_before_its_author_wrote_why_and_what(store: Store) -> None:
    report = drafted(store, About(ticket_ids=tuple(crowd(store, 3))))
    with pytest.raises(Refused, match="还没有写原因和建议"):
        signed(store, report)
    amended = reports.amend_report(store, report, causes="管网老化。")
    with pytest.raises(Refused, match="还没有写建议"):
        reports.circulate_report(store, amended.letter, SheetForm(), lambda sheet: b"sheet")
    with pytest.raises(LostRace):
        reports.amend_report(store, report, proposals="旧稿")
    with pytest.raises(Refused, match="不能为空"):
        reports.amend_report(store, amended, title=" ")
    whole = reports.amend_report(store, amended, proposals="请牵头更换。", title="关于停水的专报")
    reports.circulate_report(store, whole.letter, SheetForm(), lambda s: s.draft.digest.encode())
    other = reports.amend_report(store, whole, causes="管网老化，无人维护。")
    with pytest.raises(Refused, match="打印发文稿纸之后改动过"):
        signed(store, other)
    done = signed(store, other, as_changed=True)
    assert (done.letter.number, done.stage) == ("武网民〔2026〕1号", "待报送")


def test_a_letter_room_leaves_reports_alone(store: Store) -> None:
    report = drafted(store, About(ticket_ids=tuple(crowd(store, 2))), **WRITTEN)
    with store.reading() as reader:
        assert letters.listing(reader) == []
    with pytest.raises(Refused, match="duban report"):
        letters.draft_letter(store, "report", letters.Asked(), recipient="领导", words="话")
    with pytest.raises(Refused, match="duban report"):
        letters.sign_letters(
            store, [report.letter.id], signer="张明", basis="paper", press=Plain(render)
        )


def test_the_way_of_a_report_from_its_number_to_the_citizens(store: Store, clock: Clock) -> None:
    tickets = crowd(store)
    report = drafted(store, About(problem_id=problem_with(store, tickets)), **WRITTEN)
    with pytest.raises(Refused, match="签发后再办"):
        reports.send_report(store, report.id)
    done = signed(store, report)
    with store.reading() as reader:
        name, paper = letters.signed_letter(reader, done.letter.id)
        held = rows_of(reader, "SELECT count(*) FROM report_ticket")
    assert (name, held) == ("武网民〔2026〕1号.docx", [(12,)])
    assert "请水务部门牵头更换。" in paper.decode() and "2026年第1期" in paper.decode()
    clock.travel(hours=1)
    sent = reports.send_report(store, done.id, means="机要")
    assert (sent.stage, sent.sendings[0].recipient) == ("已报送", "市委、市政府领导")
    clock.travel(hours=1)
    read = reports.answer_report(store, done.id, leader="李强", text="已阅。")
    assert (read.stage, read.open_answers) == ("有批示", ())
    answered = reports.answer_report(
        store, done.id, leader="周正", text="请水务局牵头，三日内解决。", limit_text="３wd"
    )
    [open_answer] = answered.open_answers
    assert (answered.stage, open_answer.ticket) == ("批示待办", "T11")  # the oldest unfinished
    with store.reading() as reader:
        clocks = rows_of(
            reader,
            "SELECT due_at FROM deadline WHERE subject_kind = 'instruction' AND stopped_at IS NULL",
        )
    assert len(clocks) == 1 and open_answer.due_at is not None
    [draft] = orders.draft(store, [tickets[0]]).orders  # another appeal of the report
    assert draft.instruction_id == open_answer.instruction_id
    with store.reading() as reader:
        assert reports_by_id(reader, [done.id])[0].orders[0].id == draft.id
    clock.travel(hours=1)
    adopted = reports.adopt_report(store, done.id, words="写入市政府专题会议纪要")
    assert adopted.stage == "批示待办"
    carried = reports.carry_out_report(store, done.id, words="已更换水泵")
    assert (carried.stage, carried.open_answers) == ("已落实", ())
    with store.reading() as reader:
        assert rows_of(reader, "SELECT count(*) FROM instruction WHERE done_at IS NULL") == [(0,)]
    told = reports.tell_of_report(store, done.id, words="小区公告栏公示，并逐件回复")
    assert told.stage == "已告知群众"
    with pytest.raises(Refused, match="早于签发时间"):
        reports.send_report(store, done.id, at=NOW - timedelta(days=2))
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_an_answer_on_what_is_finished_keeps_its_own_day(store: Store) -> None:
    tickets = crowd(store, 2)
    report = signed(store, drafted(store, About(ticket_ids=tuple(tickets)), **WRITTEN))
    with store.writing() as work:
        for ticket in tickets:
            closed = "state = 'closed', closed_at = :at"
            work.change_where(Round, closed, "ticket_id = :id", at=work.at, id=ticket)
    answered = reports.answer_report(
        store, report.id, leader="周正", text="举一反三。", limit_text="5wd"
    )
    [one] = answered.open_answers
    assert (one.ticket, one.instruction_id) == (None, None) and one.due_at is not None
    assert reports.carry_out_report(store, report.id, words="已排查").open_answers == ()


def test_an_instruction_of_another_matter_is_not_ended_with_the_report(store: Store) -> None:
    tickets = crowd(store, 1)
    report = signed(store, drafted(store, About(ticket_ids=tuple(tickets)), **WRITTEN))
    casework.take(store, "instruct", tickets, leader="周正", text="尽快", limit_text="3wd")
    reports.answer_report(store, report.id, leader="周正", text="解决", limit_text="3wd")
    reports.carry_out_report(store, report.id, words="已解决")
    with store.reading() as reader:
        assert rows_of(reader, "SELECT count(*) FROM instruction WHERE done_at IS NULL") == [(2,)]


def test_a_problem_refused_since_is_not_told(store: Store) -> None:
    id = problem_with(store, crowd(store, 2))
    report = drafted(store, About(problem_id=id), **WRITTEN)
    with store.writing() as work:
        work.update(Problem, id, 1, state="refused")
    with pytest.raises(Refused, match="没有编号为"):
        signed(store, report)


def test_what_became_secret_since_is_no_longer_counted(store: Store) -> None:
    tickets = crowd(store, 3)
    report = drafted(store, About(ticket_ids=tuple(tickets)), **WRITTEN)
    with store.writing() as work:
        work.update(Ticket, tickets[0], 2, confidential=True)
    content = reports.preview_report(store, report)
    assert "本专报所列诉求2件" in text_of(content)
    assert CATEGORY.rpartition("/")[2] in report.letter.title
