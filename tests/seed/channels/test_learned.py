"""Rows read by a profile file: columns joined and split, words put into ours, files told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.casework import Appeal
from rules.intake import ProfileError, read_profile
from seed.channels.learned import profile_of
from seed.channels.profile import Profile
from seed.channels.reading import read_file
from seed.channels.table import ImportFileError
from tests.seed.reading import NOW, WUHAN, local, rejects, written

BASE = """
name = "{name}"
label = "{name}台账"
[columns]
"编号" = "渠道编号"
"事项" = "标题"
"""

TIME = '"时间" = "受理时间"\n'


def kept(more: str, name: str = "洪山", base: str = BASE + TIME) -> Profile:
    return profile_of(read_profile(base.format(name=name) + more), own=True)


def read(tmp_path: Path, text: str, *own: Profile, profile: str = "auto") -> list[Any]:
    path = written(tmp_path / "a.csv", text)
    return list(read_file(path, profile=profile, own=own, zone=WUHAN, now=NOW))


def test_date_and_time_of_day_in_two_columns_are_one_instant(tmp_path: Path) -> None:
    own = kept('[joined]\n"受理时间" = ["日期", "时刻"]\n', base=BASE)
    text = "编号,事项,日期,时刻\n1,路灯,2026-11-02,9:30\n2,路灯,2026/11/3,\n"
    first, second = read(tmp_path, text, own)
    assert (first.received_at, first.date_only) == (local(2026, 11, 2, 9, 30), frozenset())
    assert (second.received_at, second.date_only) == (local(2026, 11, 3), {"received_at"})
    assert "received_at" in first.fields


def test_texts_are_joined_under_their_names_and_places_without(tmp_path: Path) -> None:
    own = kept(
        '[joined]\n"内容" = ["诉求", "补充"]\n"地址" = ["区", "路"]\n"类别" = ["大类", "小类"]\n'
    )
    text = "编号,事项,时间,诉求,补充,区,路,大类,小类\n"
    text += '1,路灯,2026-11-02,灯灭,"三天\n了",洪山区,珞喻路1号,市政/路,路灯\n'
    text += "2,路灯,2026-11-02,灯灭,,洪山区,,,路灯\n"
    first, second = read(tmp_path, text, own)
    assert first.content == "诉求：灯灭\n补充：三天\n了"
    assert (first.address, first.category) == ("洪山区珞喻路1号", "市政, 路/路灯")
    assert (second.content, second.address, second.category) == ("灯灭", "洪山区", "路灯")


def test_one_column_is_split_and_the_last_field_takes_the_rest(tmp_path: Path) -> None:
    own = kept('[split."地点"]\nmark = "｜"\ninto = ["网格", "地址"]\n')
    text = "编号,事项,时间,地点\n1,路灯,2026-11-02,洪山区｜珞喻路｜1号\n2,灯,2026-11-02,洪山区\n"
    first, second = read(tmp_path, text, own)
    assert (first.grid, first.address) == ("洪山区", "珞喻路｜1号")
    assert (second.grid, second.address) == ("洪山区", None)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("办结", "已解决"),
        ("办结（重复）", "解释说明"),
        ("转办中", None),
        ("部分解决", "部分解决"),
        ("", None),
    ],
)
def test_the_words_of_a_source_become_ours(tmp_path: Path, said: str, outcome: str | None) -> None:
    words = '"结果" = "办理结果"\n[words."办理结果"]\n'
    words += '"办结" = "已解决"\n"*重复*" = "解释说明"\n"转办*" = ""\n'
    (row,) = read(tmp_path, f"编号,事项,时间,结果\n1,灯,2026-11-02,{said}\n", kept(words))
    assert row.outcome == outcome


def test_a_word_nobody_listed_is_refused_with_the_choice(tmp_path: Path) -> None:
    own = kept('"评价" = "群众满意"\n[words."群众满意"]\n"满意（电话）" = "满意"\n')
    rows = read(
        tmp_path, "编号,事项,时间,评价\n1,灯,2026-11-02,还行\n2,灯,2026-11-02,满意（电话）\n", own
    )
    (reject,) = rejects(rows)
    assert "“还行”无法识别" in reject.reason
    assert [row.result_rating for row in rows if isinstance(row, Appeal)] == ["满意"]


def test_what_no_column_says_is_constant_or_copied(tmp_path: Path) -> None:
    more = '"渠道" = "来源渠道"\n"答复" = "答复时间"\n[constants]\n"来源渠道" = "12345电话"\n'
    own = kept(
        more + '[copies]\n"办结时间" = "答复时间"\n[nature]\nfrom = ["事项"]\notherwise = "求助"\n'
    )
    text = "编号,事项,时间,渠道,答复\n1,投诉噪声,2026-11-02,微信,2026-11-03\n2,灯,2026-11-02,,\n"
    first, second = read(tmp_path, text, own)
    assert (first.channel, first.nature, first.closed_at) == ("微信", "投诉", local(2026, 11, 3))
    assert (second.channel, second.nature, second.closed_at) == ("12345电话", "求助", None)
    assert first.date_only == {"received_at", "replied_at", "closed_at"}


def test_the_profile_settles_the_order_of_day_and_month(tmp_path: Path) -> None:
    text = "编号,事项,时间\n1,灯,04/02/2026 10:00\n"
    for day_first, month in (("true", 2), ("false", 4)):
        own = kept("", base=f"day_first = {day_first}\n" + BASE + TIME)
        (row,) = read(tmp_path, text, own)
        assert row.received_at.astimezone(WUHAN).month == month


def test_a_kept_profile_comes_before_a_shipped_one_that_fits_as_well(tmp_path: Path) -> None:
    own = kept("", base=BASE.replace("事项", "标题") + TIME.replace("时间", "受理时间", 1))
    text = "编号,标题,受理时间\n1,灯,2026-11-02\n"
    (row,) = read(tmp_path, text, own)
    assert row.external_id == "1"


def test_two_kept_profiles_that_fit_are_named(tmp_path: Path) -> None:
    text = "编号,事项,时间\n1,灯,2026-11-02\n"
    with pytest.raises(ImportFileError, match=r"洪山台账、江岸台账.*--profile"):
        read(tmp_path, text, kept(""), kept("", "江岸"))
    assert len(read(tmp_path, text, kept(""), kept("", "江岸"), profile="江岸")) == 1


def test_a_header_written_twice_in_a_profile_is_refused() -> None:
    with pytest.raises(ProfileError, match="“事项（全称）”写了两次"):
        kept('"事项（全称）" = "内容"\n')
