"""Replies that say nothing are marked, those that say something are not."""

from __future__ import annotations

import pytest

from rules.text.phrases import stock_phrase

SAID = "经现场核实，路灯线路老化，已于11月18日更换并恢复照明。"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("已收悉。", "只有套话"),
        ("您好！已收悉，感谢您的来信，我单位高度重视。", "只有套话"),
        ("2026年11月18日", "只有日期"),
        ("2026-11-18 09:30", "只有日期"),
        ("路灯已修好，请查看。", "仅8字"),
        ("　。", "没有内容"),
        (SAID, None),
    ],
)
def test_what_is_empty_talk(text: str, why: str | None) -> None:
    assert stock_phrase(text) == why


def test_a_copy_of_another_reply_is_found_whatever_its_punctuation() -> None:
    assert stock_phrase(SAID, [SAID.replace("，", " ")]) == "与另一件的答复雷同"
    assert stock_phrase(SAID, [SAID + "另见附件"]) is None


def test_a_reply_of_fifteen_characters_is_long_enough() -> None:
    assert stock_phrase("一二三四五六七八九十一二三四") == "仅14字"
    assert stock_phrase("一二三四五六七八九十一二三四五") is None
