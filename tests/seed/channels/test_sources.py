"""Other sources, first by small made-up files, then by what the cities really publish."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seed.channels.table import ImportFileError
from tests.seed.reading import (
    appeals,
    local,
    one,
    opened,
    real,
    refusal,
    rejects,
    without_place,
    written,
)

BOSTON = "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_reason,case_title,"

BOSTON += "subject,reason,type,department,source\n"

DC = "SERVICEREQUESTID,SERVICECODEDESCRIPTION,SERVICETYPECODEDESCRIPTION,ORGANIZATIONACRONYM,"

DC += "ADDDATE,RESOLUTIONDATE,SERVICEDUEDATE,SERVICEORDERSTATUS,PRIORITY\n"


def test_a_boston_case_keeps_its_target_and_its_agency(tmp_path: Path) -> None:
    row = "7,2022-01-21 13:47:00,2022-02-04 13:47:30,2022-01-22 09:00:00,Closed,Case Noted ,"
    row += "Loud Party,Police,Noise,Loud Parties/Music,BPD,Constituent Call\n"
    appeal = one(written(tmp_path / "a.csv", BOSTON + row))
    assert appeal.received_at == datetime(2022, 1, 21, 18, 47, tzinfo=UTC)
    assert appeal.due_at == datetime(2022, 2, 4, 18, 47, 30, tzinfo=UTC)
    assert (appeal.unit, appeal.channel, appeal.nature) == ("BPD", "12345电话", "求助")
    assert appeal.category == "Police/Noise/Loud Parties, Music"
    assert (appeal.outcome, appeal.reply) == ("解释说明", "Case Noted")
    assert appeal.replied_at == appeal.closed_at == datetime(2022, 1, 22, 14, tzinfo=UTC)


def test_an_open_boston_case_has_no_outcome(tmp_path: Path) -> None:
    row = "7,2022-01-21 13:47:00,,,Open, ,Pothole,Works,Roads,Pothole,PWD,Self Service\n"
    appeal = one(written(tmp_path / "a.csv", BOSTON + row))
    assert (appeal.outcome, appeal.reply, appeal.closed_at, appeal.due_at) == (None,) * 4
    assert {"due_at", "closed_at", "outcome"} <= appeal.fields


@pytest.mark.parametrize(
    ("status", "outcome", "reply"),
    [
        ("Closed", "已解决", None),
        ("Closed (Duplicate)", "解释说明", "Closed (Duplicate)"),
        ("Closed (Transferred)", "解释说明", "Closed (Transferred)"),
        ("Canceled", "解释说明", "Canceled"),
        ("In-Progress", None, None),
    ],
)
def test_the_state_of_a_dc_request_is_its_outcome(
    tmp_path: Path, status: str, outcome: str | None, reply: str | None
) -> None:
    row = f"25-1,Bulk,SWMA,DPW,1735708943000,1737823859000.0,253402300799000,{status},Emergency\n"
    appeal = one(written(tmp_path / "a.csv", DC + row))
    assert (appeal.outcome, appeal.reply) == (outcome, reply)
    assert appeal.received_at == datetime(2025, 1, 1, 5, 22, 23, tzinfo=UTC)
    assert (appeal.unit, appeal.urgency, appeal.due_at) == ("DPW", "特急", None)


def test_a_dc_priority_nobody_knows_is_refused(tmp_path: Path) -> None:
    row = "25-1,Bulk,SWMA,DPW,1735708943000,,,Open,Purple\n"
    assert "Purple" in refusal(written(tmp_path / "a.csv", DC + row))


def test_a_board_message_with_a_reply_is_closed_by_it(tmp_path: Path) -> None:
    text = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间,点赞数\n"
    text += "7,A01,咨询公积金,2019/4/25 9:32:09,怎么提取,请带证件,2019/5/10 14:56:53,3\n"
    reading = opened(written(tmp_path / "a.csv", text))
    appeal = appeals(reading)[0]
    assert (reading.profile, reading.unknown_columns) == ("teddy", ())
    assert (appeal.channel, appeal.nature, appeal.reporter) == ("城市留言板", "咨询", "A01")
    assert appeal.closed_at == appeal.replied_at == local(2019, 5, 10, 14, 56, 53)


def test_a_reply_dated_to_the_day_of_the_message_does_not_precede_it(tmp_path: Path) -> None:
    text = "留言编号,留言主题,留言时间,答复时间\n7,路灯,2019-04-25 09:32:09,2019-04-25\n"
    appeal = one(written(tmp_path / "a.csv", text))
    assert appeal.closed_at == appeal.replied_at == appeal.received_at
    assert appeal.date_only == {"replied_at", "closed_at"}


@pytest.mark.parametrize("header", ["一级分类", "一级标签"])
def test_a_second_label_joins_the_first_and_its_row_is_accounted_for(
    tmp_path: Path, header: str
) -> None:
    text = f"留言编号,留言主题,留言时间,{header}\n7,医保,2019-04-25,城乡建设\n"
    text += "8,路灯,2019-04-25,城乡建设\n7,医保,2019-04-25,劳动和社会保障\n"
    rows = list(opened(written(tmp_path / "a.csv", text)))
    assert [row.category for row in appeals(rows)] == ["城乡建设；劳动和社会保障", "城乡建设"]
    (reject,) = rejects(rows)
    assert reject.reason == f"与第2行编号相同（7），{header}“劳动和社会保障”已并入第2行"


def test_a_headerless_file_is_known_by_its_rows(tmp_path: Path) -> None:
    text = '小区停车,"上\r\r\n下",2018-01-05 15:46:44,已处理\r\r\n'
    text += "路灯,灭,2018-01-06 00:00:00,好\r\r\n"
    reading = opened(written(tmp_path / "a.csv", text))
    first, second = appeals(reading)
    assert (reading.profile, reading.total) == ("chongqing", 2)
    assert (first.content, first.line, second.line) == ("上\n下", 1, 3)
    assert first.received_at == first.closed_at == local(2018, 1, 5, 15, 46, 44)
    assert "received_at" not in first.fields


def test_a_damaged_row_does_not_hide_what_a_headerless_file_is(tmp_path: Path) -> None:
    rows = [f"件{n},灭,2018-01-05 15:46:44,好\n" for n in range(9)]
    path = written(tmp_path / "a.csv", "".join([rows[0], "断了,灭,2018\n", *rows[1:]]))
    found = list(opened(path))
    assert (len(appeals(found)), [row.line for row in rejects(found)]) == (9, [2])


def test_a_profile_that_does_not_fit_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="波士顿311"):
        opened(written(tmp_path / "a.csv", "标题,内容\n一,二\n"), profile="boston")


class TestRealFiles:
    """What the cities publish; absent, these skip."""

    def test_boston_says_the_same_in_three_forms(self) -> None:
        plain = list(opened(real("boston311/boston311-100.csv")))
        for other in ("boston311-dmy-100.csv", "boston311-100.jsonl"):
            rows = list(opened(real(f"boston311/{other}")))
            assert [replace(row, line=0) for row in rows] == [replace(row, line=0) for row in plain]
        assert len(appeals(plain)) == 100
        assert sum(row.due_at is None for row in appeals(plain)) == 11
        assert sum(row.closed_at is None for row in appeals(plain)) == 15

    def test_boston_without_times_loses_no_row(self) -> None:
        rows = appeals(opened(real("boston311/boston311-100-notime.csv")))
        assert len(rows) == 100
        assert all("received_at" in row.date_only for row in rows)

    def test_a_damaged_row_is_refused_and_its_neighbours_are_not(self) -> None:
        plain = appeals(opened(real("boston311/boston311-100.csv")))
        rows = list(opened(real("boston311/boston311-100-bad.tsv")))
        (reject,) = rejects(rows)
        assert (reject.line, reject.reason) == (41, "有30列，表头只有29列")
        damaged = reject.raw["case_enquiry_id"]
        left = [row for row in plain if row.external_id != damaged]
        assert list(map(without_place, appeals(rows))) == list(map(without_place, left))

    def test_repeated_rows_are_refused_by_the_line_of_the_first(self) -> None:
        rows = list(opened(real("boston311/boston311-100-20dupes-random.csv")))
        first = {row.external_id: row.line for row in appeals(rows)}
        assert (len(appeals(rows)), len(rejects(rows))) == (80, 20)
        for reject in rejects(rows):
            line = first[reject.raw["case_enquiry_id"]]
            assert reject.reason.startswith(f"与第{line}行编号相同")

    def test_letters_beyond_ascii_survive(self) -> None:
        rows = appeals(opened(real("boston311/boston311-100-with-nonascii.csv")))
        assert sum("à" in (row.address or "") for row in rows) == 1

    def test_washington_is_whole_to_the_second(self) -> None:
        rows = appeals(opened(real("dc311/dc_311_requests.csv")))
        outcomes = Counter(row.outcome for row in rows)
        assert outcomes == {"已解决": 924, "解释说明": 31, None: 45}
        assert all(row.due_at and row.received_at and row.due_at.microsecond == 0 for row in rows)
        assert rows[0].received_at == datetime(2025, 1, 1, 5, 22, 23, tzinfo=UTC)

    def test_the_board_is_whole_with_both_kinds_of_date(self) -> None:
        rows = appeals(opened(real("teddy2020c/附件3.xlsx")))
        assert len(rows) == 4326
        assert all(row.received_at for row in rows)
        assert sum(bool(row.date_only) for row in rows) == 14
        assert all(line == line.strip() for row in rows for line in row.content.split("\n"))

    def test_a_sample_with_other_column_order_says_the_same(self) -> None:
        whole = {row.external_id: row for row in appeals(opened(real("teddy2020c/附件3.xlsx")))}
        for row in appeals(opened(real("teddy2020c/示例_附件3_e3.xlsx"))):
            assert without_place(row) == without_place(whole[row.external_id])

    def test_one_message_of_the_labelled_board_has_two_labels(self) -> None:
        rows = list(opened(real("teddy2020c/示例_附件2_e2.xlsx")))
        twice = next(row for row in appeals(rows) if row.external_id == "37042")
        assert twice.category == "城乡建设；劳动和社会保障"
        assert (len(appeals(rows)), [row.line for row in rejects(rows)]) == (494, [312])

    def test_replies_of_the_board_close_it(self) -> None:
        rows = appeals(opened(real("teddy2020c/示例_附件4_e4.xlsx")))
        assert len(rows) == 120
        assert all(row.reply and row.closed_at == row.replied_at for row in rows)

    def test_chongqing_is_whole(self) -> None:
        rows = appeals(opened(real("chongqing/data.csv")))
        assert len(rows) == 154
        assert not any("\r" in row.content for row in rows)

    @pytest.mark.parametrize("name", ["teddy2020c/附件1.xlsx", "units/wuhan_units_89_2017.csv"])
    def test_what_holds_no_appeals_is_not_taken_for_any(self, name: str) -> None:
        with pytest.raises(ImportFileError, match="没有认识的表头"):
            opened(real(name))
