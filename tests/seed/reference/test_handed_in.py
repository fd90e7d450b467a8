"""Days off in every form in which they are handed in: Word, web page, plain text, ICS, JSON."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document

from rules.clocks.calendar import CalendarDay
from rules.errors import CalendarError, DubanError
from seed.reference.handed_in import holidays_in, holidays_of
from tests.seed.reference.notices import NOTICE_2026
from tests.seed.reference.test_announced import read

WANTED = read(NOTICE_2026)


def word(text: str) -> bytes:
    """Return a Word document: the last paragraphs in a table."""
    document = Document()
    *lines, last = text.splitlines()
    for line in lines:
        document.add_paragraph().add_run(line[:9])
        document.paragraphs[-1].add_run(line[9:])
    document.add_table(1, 1).cell(0, 0).text = last
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page(text: str) -> bytes:
    """Return a web page with what stands around a notice."""
    paragraphs = "".join(f"<p>&emsp;{line}</p>\n" for line in text.splitlines())
    return (
        "<!DOCTYPE html><html><head><title>2020年1月1日放假</title></head><body>"
        f"<script>var day='1月1日';</script><div>首页 &gt; 政策</div>{paragraphs}"
        "<div>相关稿件：国庆节10月1日看升旗</div></body></html>"
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        NOTICE_2026.encode(),
        ("\ufeff" + NOTICE_2026).replace("\n", "\r\n").encode(),
        NOTICE_2026.encode("gb18030"),
        NOTICE_2026.encode("utf-16"),
        word(NOTICE_2026),
        page(NOTICE_2026),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "docx", "html"],
)
def test_a_notice_is_read_from_whatever_it_was_saved_as(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "notice"
    file.write_bytes(content)
    (notice,) = holidays_of(file)
    assert {day: entry.off for day, entry in notice.days.items()} == WANTED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 ...", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        (b"\xff\xfe\x00\xd8", "不是文字"),
        (b"PK\x03\x04rubbish", "损坏"),
        (b" " * ((16 << 20) + 1), "超过16 MB"),
        (b'{"year": 2027, "days": []}', "尚无放假安排"),
        (b"\xff\xfe", "是空的"),
    ],
)
def test_what_holds_no_notice_says_what_to_do(content: bytes, why: str) -> None:
    with pytest.raises(DubanError, match=why):
        holidays_in(content, "a")


def test_a_word_document_that_unfolds_entities_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    with pytest.raises(CalendarError, match="不是 Word 文档"):
        holidays_in(file.getvalue(), "a.docx")


DAYS = [
    ("元旦", "2025-12-31", 1, "休"),
    ("元旦", "2026-01-01", 3, "休"),
    ("元旦", "2026-01-04", 1, "班"),
    ("春节", "2026-02-15", 9, "休"),
    ("春节", "2026-02-14", 1, "班"),
    ("清明节", "2026-04-04", 3, "休"),
    ("劳动节", "2026-05-01", 5, "休"),
    ("端午节", "2026-06-19", 3, "休"),
    ("中秋节", "2026-09-25", 3, "休"),
    ("国庆节", "2026-10-01", 7, "休"),
]


def spans(said: str, off: str, worked: str) -> str:
    """Return an ICS file with an event for each stretch, its end exclusive."""
    events = [
        f"SUMMARY:{said.format(name=n, what=off if w == '休' else worked)}\n"
        f"DTSTART;VALUE=DATE:{d.replace('-', '')}\n"
        f"DTEND;VALUE=DATE:{date.fromisoformat(d) + timedelta(count):%Y%m%d}"
        for n, d, count, w in DAYS
    ]
    return "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)


def single(said: str) -> str:
    """Return an ICS file with an event for each day, counted, without an end, lines folded."""
    events = []
    for name, first, count, what in DAYS:
        total = sum(c for n, _, c, w in DAYS if (n, w) == (name, what))
        for n in range(count):
            day = date.fromisoformat(first) + timedelta(n)
            told = said.format(
                name=name, what="假期" if what == "休" else "补班", n=n + 1, all=total
            )
            events.append(f"SUMMARY:{told[:4]}\n {told[4:]}\nDTSTART:{day:%Y%m%d}T000000Z")
    return "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)


def calendar(events: str) -> bytes:
    festival = "BEGIN:VEVENT\nSUMMARY:元宵节\nDTSTART;VALUE=DATE:20260303\nEND:VEVENT\n"
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{festival}{events}\nEND:VCALENDAR\n".encode()


def test_times_of_day_and_swapped_days_of_an_ics_file_are_understood() -> None:
    events = spans("{name}{what}", "放假", "调休")
    events = events.replace("DATE:20260101", "DATE-TIME:20251231T160000Z")
    events = events.replace("DATE:20261008", "DATE-TIME:20261007T235959")
    (notice,) = holidays_in(calendar(events), "a.ics")
    assert notice.days == DAYS_WANTED


DAYS_WANTED = {
    date.fromisoformat(first) + timedelta(n): CalendarDay(name, what == "休")
    for name, first, count, what in DAYS
    for n in range(count)
}


@pytest.mark.parametrize(
    "events",
    [
        spans("{name}（{what}）", "休", "班"),
        spans("{name} {what}", "假期", "补班"),
        spans("{what}：{name}", "放假", "上班"),
        single("{name} {what} 第{n}天/共{all}天"),
    ],
)
def test_an_ics_file_tells_days_off_and_worked_days(events: str) -> None:
    (notice,) = holidays_in(calendar(events), "a.ics")
    assert (notice.year, notice.form) == (2026, "ICS")
    assert notice.days == DAYS_WANTED


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (spans("{name}", "", ""), "没有写明“休”或“班”"),
        (spans("{name}（{what}）", "休", "班").replace("端午节", "夏至"), "没有2026年的端午节"),
        (single("{name} {what} 第{n}天/共{all}天").replace("共9天", "共8天"), "春节共8天，却有9天"),
        (spans("{name}（{what}）", "休", "班").replace("20260214", "20260216"), "既放假又上班"),
        (spans("{name}（{what}）", "休", "班").replace("20261008", "20271008"), "不像一个假期"),
        (spans("{name}（{what}）", "休", "班").replace("20260619", "soon"), "没有看得懂的日期"),
    ],
)
def test_an_ics_file_that_is_not_complete_or_contradicts_itself_is_refused(
    events: str, why: str
) -> None:
    with pytest.raises(CalendarError, match=why):
        holidays_in(calendar(events), "a.ics")
