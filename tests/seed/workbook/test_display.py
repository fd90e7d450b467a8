"""Numbers are read as their format shows them, where that is more than their digits."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from seed.workbook.display import number_format

SHOWN = [
    ("00000000", 42, "00000042"),
    ("000-0000-0000", 13800000001, "138-0000-0001"),
    ('"WH"0000', 7, "WH0007"),
    ("\\W\\H0000", 7, "WH0007"),
    ('0"件"', 12, "12件"),
    ('General"件"', 12.5, "12.5件"),
    ("G/通用格式号", 7, "7号"),
    ("0%", 0.5, "50%"),
    ("0.00%", 0.12345, "12.35%"),
    ("¥#,##0.00", 1234567.5, "¥1,234,567.50"),
    ("[$¥-804]#,##0.00", -3, "-¥3.00"),
    ('0.0#"元"', 2.5, "2.5元"),
    ('#,##0,"千"', 12345, "12千"),
    ('0000"年"00"月"00"日"', 20261120, "2026年11月20日"),
    ("[Red]00", 5, "05"),
    ("0000", 12.6, "0013"),
    ("0;-0;;@", 0, ""),
    ("0;-0;;@", 3, "3"),
    ('000;"负"000', -5, "负005"),
    ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 0, "¥-"),
]


@pytest.mark.parametrize(("code", "value", "text"), SHOWN)
def test_a_number_is_what_its_format_shows(code: str, value: float, text: str) -> None:
    known = number_format(code)
    assert known and known.text(value) == text


@pytest.mark.parametrize(
    "code",
    [
        *("General", "@", "0", "0.00", "#,##0", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "# ?/?"),
        *(";;;", '[>5]0"a"', "[DBNum1]0", 'yyyy"年"m"月"d"日"', "h:mm AM/PM", "[h]:mm"),
        "[$-804]aaaa yyyy",
    ],
)
def test_a_format_of_digits_alone_or_of_dates_changes_nothing(code: str) -> None:
    assert number_format(code) is None


@pytest.mark.parametrize("code", ["aaaa", 'e"年"'])
def test_dates_that_the_reader_does_not_know_are_known(code: str) -> None:
    known = number_format(code)
    assert known and known.is_date and known.text(46346) is None


@given(
    st.text(st.sampled_from('0#?.,%;"\\_*[]$¥-E/@e年ah G'), max_size=40),
    st.floats(allow_nan=True),
)
def test_no_format_and_no_number_is_an_error(code: str, value: float) -> None:
    known = number_format(code)
    assert known is None or known.is_date or isinstance(known.text(value), str | None)
