"""A brief is one page, however much there is to tell, and nothing in it is markup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document

from console.paper.reckoning import blocks_of, reckon
from console.reports.daily_paper import daily_markdown, daily_page, parts
from models.reports.daily import Daily, Due, Waiting
from rules.ranking import Flow, InHand, Risen

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

LONG = "武汉市洪山区关山街道光谷中心城市政基础设施养护与园林绿化综合管理服务中心（东片区）"


def brief(count: int) -> Daily:
    """Return a brief with so many lines in each part, every one long."""
    risen = Risen(f"<b>{LONG}*", ("新", "升", "重复", "跨"), 1234, 1200, date(2026, 11, 9))
    return Daily(
        "武汉市网上群众工作部",
        date(2026, 11, 19),
        AT,
        AT,
        Flow(12345, 12345, 345, 12345),
        Flow(12344),
        1234,
        InHand(waiting=123, held=1234, red=1234, yellow=2345, overdue=999, soon=1234),
        (risen,) * count,
        (Due("周正副市长", "WH20261119-00001", LONG, AT),) * count,
        (Waiting("武网民〔2026〕123号", LONG, "周正副市长", AT),) * count,
    )


def test_a_brief_is_one_page_however_much_there_is() -> None:
    for count in (0, 1, 30):
        content = daily_page(brief(count))
        assert content == daily_page(brief(count))
        body = Document(BytesIO(content)).element.body
        assert reckon(list(blocks_of(list(body)))).pages == 1


def test_what_is_left_out_is_counted_and_lines_are_cut_short() -> None:
    told = dict(parts(brief(30)))
    for heading in ("二、新出现和上升的", "四、到期批示", "五、专报批示待办"):
        lines = told[f"{heading}（共30项，列4项）"]
        assert len(lines) == 4 and all(len(line) <= 70 for line in lines)
    assert dict(parts(brief(0)))["四、到期批示"] == ["没有次日前到期的批示。"]


def test_names_are_no_markup_in_a_brief() -> None:
    told = daily_markdown(brief(1)).decode()
    assert "\\<b\\>" in told and "<b>" not in told.replace("\\<b\\>", "")
