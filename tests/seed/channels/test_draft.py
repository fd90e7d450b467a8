"""A draft of an unknown file's profile: guessed, changed, written, and read by; what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.casework import Appeal
from rules.intake import ProfileError, profile_text, read_profile
from seed.channels.draft import Draft, drafted
from seed.channels.learned import profile_of
from seed.channels.profiles import PROFILES, shipped_text
from seed.channels.questions import likely, unknown_units, unknown_words
from seed.channels.reading import Reading, read_file
from seed.channels.table import ImportFileError
from tests.seed.reading import NOW, WUHAN, appeals, local, written

LEDGER = """区热线十一月台账,,,,,,
件号,来电日期,来电时刻,市民反映的具体问题,责任落实部门,完成情况,市民满意程度
HS-2026-0001,2026-11-02,9:30,水箱多年没有清洗，水发黄有异味，请尽快派人处理,洪山区,办结,满意（电话）
HS-2026-0002,2026-11-02,14:05,烧烤店凌晨两点还在营业，油烟噪音很大，请管一管,老城管,办理中,还行
HS-2026-0003,2026-11-03,20:41,路口红绿灯坏了一个星期，早晚高峰特别危险,洪山区（主办）、老城管（协办）,怪词,满意（电话）
"""

KNOWN = ("洪山区", "市水务局")


def draft_of(tmp_path: Path, text: str = LEDGER, name: str = "12345热线.csv") -> tuple[Draft, Path]:
    path = written(tmp_path / name, text)
    return drafted(path, None, lambda word: word in KNOWN), path


def read(path: Path, draft: Draft) -> Reading:
    own = profile_of(draft.file(), own=True)
    return read_file(path, own=[own], zone=WUHAN, now=NOW)


def test_a_ledger_under_a_heading_is_drafted_and_read(tmp_path: Path) -> None:
    draft, path = draft_of(tmp_path)
    assert draft.missing == () and draft.constants == {"channel": "12345电话"}
    draft = draft.with_word("outcome", "办结", "已解决").with_word("outcome", "办理中", "")
    draft = draft.with_word("result_rating", "满意（电话）", "满意")
    (first,) = appeals(read(path, draft))[:1]
    assert (first.number, first.received_at) == ("HS-2026-0001", local(2026, 11, 2, 9, 30))
    assert (first.unit, first.outcome, first.result_rating) == ("洪山区", "已解决", "满意")
    assert (first.channel, first.nature) == ("12345电话", "其他")


def test_what_nobody_knows_is_asked_once_with_its_count(tmp_path: Path) -> None:
    draft, path = draft_of(tmp_path)
    layout = read(path, draft.with_word("outcome", "办结", "已解决")).layout
    asked = [(each.field, each.word, each.rows, each.likely) for each in unknown_words(layout)]
    assert asked == [
        ("outcome", "办理中", 1, ""),
        ("outcome", "怪词", 1, None),
        ("result_rating", "满意（电话）", 2, "满意"),
        ("result_rating", "还行", 1, "基本满意"),
    ]
    (unit,) = unknown_units(layout, KNOWN.__contains__, lambda word: ["市城管委"])
    assert (unit.word, unit.rows, unit.near) == ("老城管", 2, ("市城管委",))


@pytest.mark.parametrize(
    ("field", "word", "ours"),
    [
        ("result_rating", "非常不满意（短信）", "不满意"),
        ("result_rating", "未回访", ""),
        ("outcome", "未解决-回访", "未解决"),
        ("outcome", "重复件", "解释说明"),
        ("urgency", "特急件（红）", "特急"),
        ("outcome", "甲", None),
    ],
)
def test_a_strange_word_is_taken_for_what_it_most_likely_means(
    field: str, word: str, ours: str | None
) -> None:
    assert likely(field, word) == ours


def test_a_column_that_is_changed_fills_the_other_field(tmp_path: Path) -> None:
    draft, path = draft_of(tmp_path)
    draft = draft.with_field(3, "title").with_field(5, None).with_field(6, None)
    draft = draft.with_constant("channel", "").with_constant("urgency", "紧急")
    rows = appeals(read(path, draft))
    assert {(row.content, row.channel, row.urgency) for row in rows} == {("", "其他", "紧急")}
    assert rows[2].title.startswith("路口红绿灯") and "完成情况" in draft.file().ignored
    assert "市民满意程度" not in "".join(draft.doubtful)


def test_no_sample_shows_a_report_or_what_is_to_be_kept_secret(tmp_path: Path) -> None:
    text = "编号,标题,受理时间,性质,是否保密\n"
    text += "A1,张某收钱,2026-11-02,举报,\nA2,家里的事,2026-11-02,求助,是\n"
    text += "A3,路灯不亮,2026-11-02,求助,否\nA4,举报某所长,2026-11-02,其他,\n"
    draft, _ = draft_of(tmp_path, text)
    assert draft.guesses[1].samples == ("路灯不亮",)


def test_nothing_is_read_before_what_is_missing_is_said(tmp_path: Path) -> None:
    draft, _ = draft_of(tmp_path)
    lacking = draft.with_field(1, None).with_field(2, None).with_field(3, "object")
    assert lacking.missing == ("标题或内容", "受理时间")
    with pytest.raises(ProfileError):
        lacking.file()


def test_a_file_without_header_is_known_by_its_rows_next_time(tmp_path: Path) -> None:
    text = "".join(
        f"HS-2026-000{n},2026-11-0{n} 09:30:00,路灯不亮{n},洪山区\n" for n in range(1, 5)
    )
    draft, path = draft_of(tmp_path, text)
    assert draft.bare and draft.fields == ("external_id", "received_at", "title", "unit")
    rows = list(read(path, draft))
    assert [row.title for row in rows if isinstance(row, Appeal)] == [
        f"路灯不亮{n}" for n in range(1, 5)
    ]


@pytest.mark.parametrize("name", [name for name in PROFILES if shipped_text(name)])
def test_a_profile_that_is_written_reads_the_same(name: str) -> None:
    file = read_profile(shipped_text(name) or "")
    assert read_profile(profile_text(file)) == file
    assert PROFILES[name].label == file.label


def test_a_split_column_is_written_as_it_was_read() -> None:
    text = 'name = "a"\nlabel = "甲"\n[columns]\n"事项" = "标题"\n"时间" = "受理时间"\n'
    text += '[split."地点/格"]\nmark = "/"\ninto = ["网格", "地址"]\n'
    assert read_profile(profile_text(read_profile(text))) == read_profile(text)


def test_a_file_called_like_one_of_our_profiles_gets_a_name_of_its_own(tmp_path: Path) -> None:
    draft, _ = draft_of(tmp_path, name="duban.csv")
    assert (draft.name, draft.label) == ("duban-来件", "duban")


def test_a_text_too_long_for_a_header_names_no_column(tmp_path: Path) -> None:
    draft, _ = draft_of(tmp_path, f"标题,受理时间,{'长' * 201}\n路灯,2026-11-02,甲\n")
    assert [each.header for each in draft.guesses] == ["标题", "受理时间"]
    assert draft.file().ignored == ()


def test_an_empty_file_has_nothing_to_draft(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="没有可导入的行"):
        draft_of(tmp_path, "标题,内容\n")
