"""The report of a day and of a year: last month's promises first, then who was received."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from console.receptions.day_report_paper import write_published, write_report
from models.receptions.day_report import report_of_day, report_of_year
from models.receptions.planning import close_day
from models.receptions.pledge_keeping import break_pledge, keep_pledge
from models.receptions.pledge_making import sign_pledges
from models.receptions.receiving import receive
from models.store.store import Store
from rules.errors import Refused
from tests.console.conftest import Duban
from tests.console.receptions.test_pledge_paper import words_of
from tests.models.appeals import column
from tests.models.receptions.promises import promised, reception
from tests.models.receptions.test_receiving import DAY, party, planned

PROMISE = {"outcome": "pledged", "promise": "一个月内接通供水", "promise_due": date(2026, 12, 18)}


def held(store: Store) -> None:
    """Hold a day in October of three promises, and one in November of four parties."""
    place = reception(store, date(2026, 10, 16), "武昌区信访接待中心")
    kept, broken, _ = sign_pledges(
        store,
        [promised(store, place, text=text) for text in ("装好路灯", "补发工资", "疏通下水道")],
    )
    keep_pledge(store, kept, words="已装好", evidence="验收单3号")
    break_pledge(store, broken, reason="资金未到位")
    (here,) = planned(store)
    receive(store, here, party(1, outcome="solved", words="当场答复", people=6))
    receive(store, here, party(2, **PROMISE))
    receive(store, here, party(3, outcome="pledged"))
    receive(store, here, party(4, outcome="transferred", sent_to="区法院", lawsuit=True))


def test_what_was_promised_last_month_stands_before_the_figures_of_the_day(
    sqlite_store: Store, tmp_path: Path
) -> None:
    store = sqlite_store
    held(store)
    with store.reading() as reader:
        found = report_of_day(reader, DAY, store.now())
        year = report_of_year(reader, 2026, store.now())
        with pytest.raises(Refused, match="2026-11-19 没有接访"):
            report_of_day(reader, date(2026, 11, 19), store.now())
    assert found.before is not None
    assert {met: n for met, n in found.before.fates.items() if n} == {
        "kept": 1,
        "broken": 1,
        "running": 1,
    }
    assert (found.total.batches, found.total.people, found.unwritten) == (4, 9, 1)
    assert [(one.first.month, one.made) for one in year.months] == [(10, 3), (11, 1)]
    told = words_of(write_report(store, found, tmp_path / "日报.docx").read_bytes())
    for said in (
        "2026年11月20日大接访情况通报",
        "承诺3份：按期兑现1份，兑现中1份，未兑现1份。",
        "补发工资",
        "1个接访点接待群众4批9人次，其中集体访1批6人次；首访4批，重访0批。",
        "现场解决1批，签订承诺1份，转办0批，移送1批（其中涉法涉诉1批）。",
        "另有1批答应了群众，还没有登记承诺书。",
        "一个月内接通供水",
    ):
        assert said in told
    assert "来访人" not in told and "1387123" not in told
    whole = words_of(write_report(store, year, tmp_path / "年报.docx").read_bytes())
    assert "2天2个接访点接待群众4批9人次" in whole and "10月" in whole
    assert column(store, "SELECT count(*) FROM event WHERE verb = 'reception.report'") == [2]


def test_a_day_is_published_once_and_only_when_every_place_is_closed(
    sqlite_store: Store, tmp_path: Path
) -> None:
    store = sqlite_store
    held(store)
    with pytest.raises(Refused, match="还有1个接访点没有结束登记"):
        write_published(store, DAY, tmp_path / "日报.docx")
    assert not (tmp_path / "日报.docx").exists()
    close_day(store, DAY)
    assert write_published(store, DAY, tmp_path / "日报.docx").exists()
    published = "SELECT count(*) FROM reception WHERE published_at IS NOT NULL"
    assert column(store, published) == [1]
    with pytest.raises(Refused, match="已发布"):
        write_published(store, DAY, tmp_path / "再来.docx")


def test_a_report_is_asked_for_by_day_or_by_year(shell: Duban) -> None:
    neither = shell("reception", "report", "--out", "a.docx")
    assert neither.code != 0 and "--day 日期 或 --year 年份" in neither.err
    sheet = shell("reception", "report", "--year", "2026", "--out", "a.xlsx")
    assert sheet.code != 0 and "报告写成 .docx" in sheet.err
    assert "2026年没有接访" in shell("reception", "report", "--year", "2026", "--out", "a.docx").err
