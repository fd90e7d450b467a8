"""Citizens' text is data: it can neither steer a terminal nor hide what it says."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import example, given, strategies as st

from rules.text.hygiene import harmless, harmless_line

TEXT = st.text(alphabet=st.characters(), max_size=60)

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            ["\x1b[31m", "\x1b]0;题\x07", "\x9b2J", "\x1b", "\u202e", "\u200b", "\ufe0f"]
        ),
        st.sampled_from(["\0", "\u0301", " "]),
        st.sampled_from(["\r\r\n", "\t", "\u3000", "\xa0", "\ue000", "\ud800", "路灯", "[b]", "'"]),
        TEXT,
    )
).map("".join)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("路灯不亮", "路灯不亮"),
        ("\n\t\t\t\n\t\t\u3000\u3000书记您好\xa0\u200b", "书记您好"),
        ("红\x1b[31;1m字\x1b[0m", "红字"),
        ("\x1b]0;改标题\x07正文", "正文"),
        ("\x1b]8;;http://a.b\x1b\\链接\x1b]8;;\x1b\\", "链接"),
        ("\x9b31m字", "字"),
        ("\x1b]没有结尾的序列", "没有结尾的序列"),
        ("\x1b[3\x1b[31m1m余下", "31m余下"),
        ("甲\u202e乙\u2066丙", "甲乙丙"),
        ("❤\ufe0f 谢谢", "❤ 谢谢"),
        ("\ufeff甲\0乙\x08", "甲乙"),
        ("甲\u2028乙\x85丙", "甲\n乙\n丙"),
        ("甲\r\r\n乙\r\n\r\n\r\n\r\n丙", "甲\n乙\n\n丙"),
        ("张\ue1a2三", "张〓三"),
        ("张\ud83d三", "张〓三"),
        ("[red]不是标记[/red] <b>", "[red]不是标记[/red] <b>"),
        ("\u3164\u2800", ""),
        ("e\u0301té\u0323", "e\u0301té\u0323"),
        ("o" + "\u0301" * 80 + "k", "o" + "\u0301" * 4 + "k"),
        ("\u0300 \u0301题目\n\u0489正文", "题目\n正文"),
    ],
)
def test_text_keeps_its_words_and_loses_what_could_act(given_text: str, kept: str) -> None:
    assert harmless(given_text) == kept


def test_a_title_is_one_line_with_single_blanks() -> None:
    assert harmless_line("路灯\n\n不亮 \t 三天") == "路灯 不亮 三天"


@given(NASTY)
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    left = {category(sign) for sign in harmless(text).replace("\n", "")}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert "\ufe0f" not in harmless(text)


@given(NASTY)
@example("\u0301" * 5)  # a heap where a line begins
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)
    assert harmless_line(harmless_line(text)) == harmless_line(text)


@given(NASTY)
def test_no_line_begins_or_ends_in_blanks(text: str) -> None:
    assert all(line == line.strip() for line in harmless(text).split("\n"))
    assert "\n" not in harmless_line(text)


@given(st.text(alphabet="路灯不亮abc123，。[]<>", max_size=40))
def test_plain_words_pass_unchanged(text: str) -> None:
    assert harmless(text) == harmless_line(text) == text
