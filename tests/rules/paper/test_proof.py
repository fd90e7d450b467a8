"""核验码: the code on a paper follows from its number and its place in the trail."""

from __future__ import annotations

import re

import pytest

from rules.paper import check_code, typed_code


def test_it_is_four_groups_a_person_can_read_over_the_telephone() -> None:
    code = check_code("武网督〔2026〕12号", "9f" * 32)
    assert re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", code)
    assert code == check_code("武网督〔2026〕12号", "9f" * 32)


def test_another_number_or_another_place_in_the_trail_gives_another_code() -> None:
    told = {
        check_code(f"武网督〔2026〕{n}号", head * 32) for n in (1, 2, 11) for head in ("9f", "a0")
    }
    assert len(told) == 6


def test_a_draft_has_none_yet() -> None:
    assert check_code("武网督〔2026〕×号", "") == "××××-××××-××××-××××"


@pytest.mark.parametrize("typed", ["abcd efgh 2345 6777", "ＡＢＣＤ－efgh-2345－6777"])
def test_it_is_understood_however_it_is_typed(typed: str) -> None:
    assert typed_code(typed) == "ABCD-EFGH-2345-6777"


@pytest.mark.parametrize("typed", ["", "武网督〔2026〕12号", "ABCD-EFGH-2345-6771"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert typed_code(typed) is None
