"""Who reads decides whether a citizen is masked; a report is closed to all."""

from __future__ import annotations

from rules.text.citizens import Citizen
from rules.text.masking import MASKED, Masking, strike

PLAIN = Masking(False)


def test_masking_off_shows_words_as_they_are() -> None:
    assert PLAIN.text("电话13871234567") == "电话13871234567"
    assert PLAIN.citizen("王小明", None, "3栋", confidential=False) == Citizen("王小明", "", "3栋")
    assert MASKED.text("电话13871234567") == "电话138****4567"


def test_a_confidential_citizen_is_never_shown() -> None:
    shown = PLAIN.citizen("王小明", "13871234567", None, confidential=True)
    assert shown == Citizen("（保密）", "（保密）", "")


def test_striking_leaves_no_part_of_a_number_and_no_known_value() -> None:
    said = strike("王小明（13871234567，027-87654321）家住3栋", ["王小明", "3栋", "王", ""])
    assert said == "某（****，****）家住某"
    assert strike("身份证42010619800101123X", []) == "身份证****"
    assert strike("", ["x"]) == ""
