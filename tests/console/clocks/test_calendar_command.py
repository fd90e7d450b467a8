"""The calendar from the command line: shown, rehearsed, loaded with its reason, taken back."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.console.conftest import Duban
from tests.models.clocks.holidays import notice

NEW_YEAR = ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04")

AT = "2026-12-31T10:00"


@pytest.fixture
def year_end(shell: Duban, tmp_path: Path) -> Duban:
    """Return the shell of five appeals with one more that reaches into 2027, and a notice of it."""
    (tmp_path / "2027.json").write_text(notice(2027, NEW_YEAR), encoding="utf-8")
    (tmp_path / "late.csv").write_text(
        "工单编号,来源渠道,标题,承办单位,受理时间,签收时间,首次联系时间\n"
        "WH20261230-00001,微信,停水,江岸区,2026-12-30 09:00,2026-12-30 10:00,2026-12-30 10:00\n",
        encoding="utf-8",
    )
    assert shell("import", tmp_path / "late.csv", "--now", AT).code == 0
    return shell


def due_at(duban: Duban) -> tuple[str, bool]:
    rows = duban("queue", "--json", "--now", AT).value["rows"]
    row = next(row for row in rows if row["number"] == "WH20261230-00001")
    return row["due_at"], row["provisional"]


def test_showing_tells_the_runway_and_every_version(year_end: Duban) -> None:
    said = year_end("calendar", "show", "--json").value
    assert (said["version"], said["official_through"], said["days_left"]) == (1, "2026-12-31", 41)
    assert "尚余41天" in said["warning"] and said["newer_builtin"] is False
    assert "2026-12-31" in year_end("calendar", "show").out


def test_rehearsing_changes_nothing_and_loading_does_what_it_said(year_end: Duban) -> None:
    told = year_end("calendar", "rehearse", "2027.json", "--json", "--now", AT).value
    assert told["moved"] >= 1 and told["settled"] >= 1
    assert due_at(year_end) == ("2027-01-07T17:30:00+08:00", True)
    done = year_end("calendar", "load", "2027.json", "--json", "--now", AT).value
    assert done == {"version": 2, **told}
    assert due_at(year_end) == ("2027-01-08T17:30:00+08:00", False)
    undone = year_end("calendar", "undo", "--json", "--now", AT).value
    assert (undone["version"], undone["earlier"]) == (3, told["later"])
    assert due_at(year_end) == ("2027-01-07T17:30:00+08:00", True)


def test_people_read_a_table_and_the_way_back(year_end: Duban) -> None:
    told = year_end("calendar", "rehearse", "2027.json", "--now", AT).out
    assert "WH20261230-00001" in told and "2027-01-07 17:30（暂定）" in told
    done = year_end("calendar", "load", "2027.json", "--reason", "国办通知", "--now", AT).out
    assert "第2版" in done and "duban calendar undo" in done


def test_an_empty_year_and_a_damaged_file_are_refused_in_one_line(
    year_end: Duban, tmp_path: Path
) -> None:
    (tmp_path / "empty.json").write_text(json.dumps({"year": 2028, "days": []}), encoding="utf-8")
    (tmp_path / "broken.json").write_bytes(b"\xff\xfe")
    for file, why in (("empty.json", "尚无放假安排"), ("broken.json", "是空的")):
        answer = year_end("calendar", "load", file)
        assert answer.code == 1 and why in answer.err and answer.err.count("\n") == 1


def test_neither_file_nor_builtin_is_wrong_usage(year_end: Duban) -> None:
    assert year_end("calendar", "load").code == 2
    assert year_end("calendar", "load", "2027.json", "--builtin").code == 2


def test_a_policy_is_rehearsed_and_loaded_with_or_without_the_running_clocks(
    year_end: Duban, tmp_path: Path
) -> None:
    text = year_end("policy", "show").out.replace('close = "5wd"', 'close = "3wd"')
    (tmp_path / "shorter.toml").write_text(text, encoding="utf-8")
    told = year_end("policy", "rehearse", "shorter.toml", "--past", "2026-10", "--json").value
    assert told["earlier"] >= 1
    past = told["past"]
    assert (past["period"], past["to"]) == ("2026-10", "2026-11-01T00:00:00+08:00")
    assert [step["step"] for step in past["steps"]] == ["close", "acknowledge", "contact"]
    assert {"unit", "late_before", "late_after", "place_after"} <= past["units"][0].keys()
    shown = year_end("policy", "rehearse", "shorter.toml", "--past", "last").out
    assert "回看 2026年第3季度：交办、答复" in shown and "名次会变：按时办结率 0 家" in shown
    lasts = year_end("policy", "rehearse", "shorter.toml", "--past", "2026-Q4")
    assert lasts.code == 1 and "2026年第4季度还没有结束" in lasts.err
    plain = year_end("policy", "load", "shorter.toml", "--json").value
    assert plain == {"version": 2, "recompute": False}
    (tmp_path / "again.toml").write_text(text + "\n", encoding="utf-8")
    done = year_end("policy", "load", "again.toml", "--recompute", "--json").value
    assert (done["version"], done["changed"]) == (3, told["changed"])


def test_a_notice_is_shown_beside_the_calendar_in_force_and_loaded(
    year_end: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE_2027, encoding="utf-8")
    told = year_end("calendar", "rehearse", file, "--json", "--now", AT).value
    days = {day["date"]: day for day in told["days"]}
    assert (days["2027-02-05"]["statutory"], days["2027-02-05"]["changed"]) == ("春节", False)
    assert (days["2027-01-31"]["new"], days["2027-01-31"]["present"]) == ("worked", None)
    assert told["settled"] == 1 and due_at(year_end)[1]
    shown = year_end("calendar", "rehearse", file, "--now", AT).out
    assert "2027-10-04 周一—10-07 周四 4天" in shown
    assert "改为休息 10 天，改为上班 6 天" in shown
    pasted = io.TextIOWrapper(io.BytesIO(NOTICE_2027.replace("共7天", "共9天").encode()))
    monkeypatch.setattr("sys.stdin", pasted)
    refused = year_end("calendar", "load", "-", "--now", AT)
    assert refused.code == 1 and "一天也没有读入" in refused.err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOTICE_2027.encode())))
    assert year_end("calendar", "load", "-", "--now", AT).code == 0
    newest = year_end("calendar", "show", "--json").value["versions"][0]
    assert newest["reason"] == "装入日历 粘贴的通知"
    assert newest["source"].endswith(" + 国务院通知 2027") and not due_at(year_end)[1]


NOTICE_2027 = """\
国务院办公厅关于2027年部分节假日安排的通知
经国务院批准，现将2027年放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月5日
"""
"""A notice of a year that had none when this was written."""
