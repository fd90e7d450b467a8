"""Which appeals stand as examples, and that nobody is recognised in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.reports.cases import LONGEST, Candidate, examples, unnamed
from rules.text import MASKED

DAY = date(2026, 11, 16)


def candidate(n: int, words: str = "", **changes: Any) -> Candidate:
    """Return an appeal that may stand as an example."""
    told: dict[str, Any] = {"channel": "微信", "district": "洪山区", "unit": "市水务局"}
    words = words or f"小区连续多日停水，第{n}次反映"
    return Candidate(f"T{n}", **{"day": DAY, "words": words, **told, **changes})


NAMES = st.text("王李张刘陈欧阳建国小明志强秀英", min_size=2, max_size=4)


class Person:
    """Whose appeal it is."""

    def __init__(self, reporter: str, phone: str, address: str) -> None:
        self.reporter, self.phone, self.address = reporter, phone, address
        self.confidential = False


@given(
    NAMES,
    st.integers(13000000000, 19999999999),
    st.integers(1, 99),
    st.integers(101, 3304),
    st.sampled_from(
        [
            "{name}反映小区停水，电话{phone}，住{door}",
            "我叫{name}，{door}漏水严重请尽快处理",
            "联系人：{name} {phone}，{door}电梯困人无人到场",
            "物业经理{name}态度恶劣，{door}多次报修，车牌鄂A{door5}",
        ]
    ),
)
def test_a_planted_name_number_or_door_never_stands_in_an_example(
    name: str, phone: int, building: int, room: int, form: str
) -> None:
    door = f"{building}栋{room}室"
    words = form.format(name=name, phone=phone, door=door, door5=f"{room:05}")
    person = Person(name, str(phone), f"洪山区锦绣家园{door}")
    masked = MASKED.about(person).text(words)
    one = candidate(1, masked, known=(name, str(phone), person.address))
    for example in examples([one]):
        for planted in (name, str(phone), str(phone)[-4:], f"{room}室", f"{building}栋"):
            assert planted not in example.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我叫王小明，小区停水三天了", "我叫某，小区停水三天了"),
        ("找过物业王经理，没有结果", "找过物业某经理，没有结果"),
        ("鄂A12345堵住消防通道", "某车堵住消防通道"),
        ("锦绣家园7栋2单元1301室漏水", "锦绣家园某处漏水"),
        ("身份证420106199001011234被盗用", "身份证某被盗用"),
        ("押金18600元不退，房号12345", "押金18600元不退，房号某"),
        ("尊敬的领导：您好！市民来电反映：小区停水", "小区停水"),
        ("停水" * 40, "停水" * (LONGEST // 2) + "（下略）"),
    ],
)
def test_what_leads_to_somebody_is_taken_out(words: str, told: str) -> None:
    assert unnamed(words) == told


def test_examples_are_chosen_by_rule_whatever_the_order() -> None:
    some = [
        candidate(1, unsatisfied=True, again=False),
        candidate(2, unsatisfied=True, again=True),
        candidate(3, since=40),
        candidate(4, since=12),
        candidate(5),
    ]
    moved = [*some[:4], replace(some[4], day=DAY + timedelta(days=1))]
    chosen = examples(moved)
    assert [(one.rule, one.of.number) for one in chosen] == [
        ("办理后群众仍不满意的", "T2"),
        ("反映后至今办理时间最长的", "T3"),
        ("最近反映的", "T5"),
    ]
    assert examples(moved[::-1]) == chosen


def test_none_stands_twice_and_what_tells_nothing_is_left_out() -> None:
    alone = candidate(1, unsatisfied=True, since=3)
    assert [one.of.number for one in examples([alone])] == ["T1"]
    assert examples([candidate(1, "停水")]) == ()
    assert examples([]) == ()
