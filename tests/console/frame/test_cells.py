"""Cutting by display width: exactly as wide as asked, never half a glyph."""

from __future__ import annotations

from hypothesis import given, strategies as st
from rich.cells import cell_len

from console.frame.cells import cut, fit, hang, tail

MIXED = st.text(st.sampled_from("督办ab1（）…3A ▲"), max_size=30)

WIDTH = st.integers(0, 24)


@given(MIXED, WIDTH)
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_a_text_of_several_lines_stays_on_the_line_of_its_row() -> None:
    assert fit("第一段\n\n第二段", 16) == "第一段  第二段  "
    assert fit("第一段\n第二段", 10) == "第一段..  "


@given(MIXED, WIDTH)
def test_what_is_cut_is_a_beginning_and_says_so(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert shown == text or text.startswith(shown.rstrip("."))


@given(MIXED, st.integers(1, 24))
def test_a_tail_is_an_end_and_says_so(text: str, width: int) -> None:
    shown = tail(text, width)
    assert cell_len(shown) <= width
    assert shown == text or text.endswith(shown.lstrip("."))


def test_a_wide_glyph_that_does_not_fit_gives_way_whole() -> None:
    assert fit("电梯困人", 6) == "电梯.."
    assert cut("电梯困人", 5) == "电.."
    assert fit("12", 4, align="right") == "  12"


def test_what_does_not_fit_of_columns_goes_on_under_the_last_one() -> None:
    text = "交办  10:00  时限 5个工作日 · 次日起算\n到期  17:30"
    parts = ("时限", "5个工作日", "·", "次日起算")
    indent = "\n" + " " * 13
    assert hang(text, 22) == f"交办  10:00  {indent.join(parts)}\n到期  17:30"
    assert hang(text, 60) == text
    assert hang("一二三四五", 4) == "一二\n三四\n五"
