"""What of a citizen is shown: enough to recognise, too little to find them."""

from __future__ import annotations

import pytest

from rules.text.citizens import (
    Citizen,
    is_masked,
    mask_address,
    mask_citizen,
    mask_name,
    mask_phone,
    masked_form,
)
from rules.text.masking import mask_text


@pytest.mark.parametrize(
    ("name", "shown"), [("王小明", "王**"), ("李四", "李*"), ("欧", "欧*"), ("", "")]
)
def test_a_name_keeps_its_first_sign(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13871234567", "138****4567"), ("027-82345678", "027*****5678"), ("12345", "*****")],
)
def test_a_telephone_number_loses_its_middle(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_an_address_leads_to_no_door() -> None:
    assert mask_address("洪山区关山大道12号3栋2单元501室") == "洪山区关山大道**号**栋**单元**室"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请打13871234567或138 7123 4567", "请打138****4567或138****4567"),
        ("身份证42010619800101123X", "身份证420106********123X"),
        ("电话027-82345678", "电话027-****5678"),
        ("编号WH20261119-00001，3个工作日", "编号WH20261119-00001，3个工作日"),
    ],
)
def test_free_text_hides_numbers_that_lead_to_a_person(text: str, shown: str) -> None:
    assert mask_text(text) == shown


def test_of_a_confidential_appeal_only_is_said_that_something_is_known() -> None:
    assert mask_citizen("王小明", "13871234567", None, confidential=True) == Citizen(
        "（保密）", "（保密）", ""
    )


@pytest.mark.parametrize("value", ["王**", "138****4567", "张某", "张某某", "王＊"])
def test_what_a_source_has_masked_is_seen_to_be(value: str) -> None:
    assert is_masked(value)


@pytest.mark.parametrize("value", ["王小明", "13871234567", "某路3号"])
def test_what_is_whole_is_seen_to_be(value: str) -> None:
    assert not is_masked(value)


@pytest.mark.parametrize(
    ("theirs", "ours", "merely"),
    [
        ("王**家", "王小明家", True),
        ("请拨138****5678", "请拨13812345678", True),
        ("某某反映", "赵六反映", True),
        ("王**家", "王小明家的灯", False),
        ("王小明家", "王小明家", False),
        ("*" * 50, "x" * 50, True),
    ],
)
def test_a_masked_form_is_ours_with_nothing_but_parts_masked(
    theirs: str, ours: str, merely: bool
) -> None:
    assert masked_form(theirs, ours) is merely
