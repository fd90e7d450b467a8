"""Which two names may be one firm's, by whose reasons, and from which day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from rules.entities import STRONG, SUGGESTED, Alias, Clue, Heard, HeardName, Pool, possible_aliases
from rules.entities.takeover import chance_of
from rules.text import firm_of

START = date(2026, 1, 5)
RENT = "住房与物业/房屋租赁/长租公寓"

CLUES = {
    1: Clue("phone", "138****4567"),
    2: Clue("address", "徐东大街18号"),
    3: Clue("word", "押金"),
    4: Clue("word", "退租"),
    **{n: Clue("estate", f"小区{n}") for n in range(10, 80)},
}


def name(
    written: str, days: Iterable[int], clues: Sequence[Iterable[int]] = ((),), about: str = RENT
) -> HeardName:
    """A name heard on days after the start; the clues of its appeals come round in turn."""
    firm = firm_of(written)
    assert firm is not None
    first = sum(map(ord, written)) * 1000
    heard = tuple(
        Heard(START + timedelta(day), first + n, about, frozenset(clues[n % len(clues)]))
        for n, day in enumerate(sorted(days))
    )
    return HeardName(firm.core, firm.written, firm.brand, firm.trade, heard)


def crowd(seed: int = 1) -> list[HeardName]:
    """Forty other firms with appeals anywhere, all the time."""
    dice = Random(seed)
    signs = "柳杏梅竹松柏枫槐榆桐桂兰菊荷葵芦"
    brands = [a + b for a in signs for b in signs if a != b]
    return [
        name(
            f"{brand}公寓",
            sorted(dice.sample(range(200), 8)),
            [[dice.randrange(10, 80)] for _ in range(8)],
        )
        for brand in dice.sample(brands, 40)
    ]


def found(*names: HeardName, today: int = 200) -> list[Alias]:
    pool = Pool([*names, *crowd()], CLUES)
    wanted = {one.core for one in names}
    return [
        one
        for one in possible_aliases(pool, START + timedelta(today))
        if {one.earlier.core, one.later.core} <= wanted
    ]


OLD = range(0, 80, 8)
NEW = range(85, 160, 10)
HOUSES = [[10, 3, 4], [11, 3], [12, 4]]


def test_a_takeover_of_the_same_places_is_told_with_the_day_it_could_be_known() -> None:
    [alias] = found(name("青禾公寓", OLD, HOUSES), name("云栖长租", NEW, HOUSES))
    assert [one.kind for one in alias.reasons] == ["places", "quiet", "theme", "words"]
    assert "小区10" in alias.reasons[0].text and "没有诉求" in alias.reasons[1].text
    assert START + timedelta(95) <= alias.known_on <= START + timedelta(115)
    assert SUGGESTED <= alias.weight < STRONG


@pytest.mark.parametrize(
    ("why", "later"),
    [
        ("somewhere else", name("云栖长租", NEW, [[40], [41], [42]])),
        ("at the same time", name("云栖长租", OLD, HOUSES)),
        ("long after", name("云栖长租", range(190, 200, 3), HOUSES)),
        ("hardly heard", name("云栖长租", [90, 100], HOUSES)),
    ],
)
def test_no_takeover_is_told(why: str, later: HeardName) -> None:
    assert found(name("青禾公寓", OLD, HOUSES), later) == [], why


def test_no_takeover_while_the_old_name_goes_on() -> None:
    going_on = name("青禾公寓", range(0, 198, 8), HOUSES)
    assert found(going_on, name("云栖长租", NEW, HOUSES)) == []


def test_a_shared_telephone_alone_is_shown_to_a_person() -> None:
    one = name("青禾物业", OLD, [[1], [1], [40]])
    other = name("云栖装饰公司", OLD, [[1], [50]], about="市场与消费/装修/合同")
    [alias] = found(one, other)
    [reason] = alias.reasons
    assert reason.kind == "phone" and "138****4567" in reason.text


def test_a_telephone_of_many_names_is_a_hotline() -> None:
    names = [name(f"{brand}公寓", OLD, [[1]]) for brand in ("青禾", "云栖", "锦绣", "翠微")]
    assert found(*names) == []


def test_a_telephone_of_one_appeal_that_names_both_ties_nothing() -> None:
    heard = Heard(START, 1, RENT, frozenset({1}))
    both = [HeardName(f"{b}公寓", f"{b}公寓", b, "公寓", (heard,)) for b in ("青禾", "云栖")]
    assert found(*both) == []


def test_one_brand_on_one_theme_is_enough_and_on_two_is_not() -> None:
    assert [one.reasons[0].kind for one in found(name("青禾公寓", OLD), name("青禾长租", NEW))] == [
        "brand"
    ]
    other = name("青禾健身", NEW, about="市场与消费/健身/退费")
    assert found(name("青禾公寓", OLD), other) == []
    assert found(name("青禾公寓", OLD), name("青禾装饰", NEW)) == []  # another trade


def test_a_near_name_needs_more() -> None:
    near = name("新青禾公寓", NEW)
    assert found(name("青禾公寓", OLD), near) == []
    [alias] = found(name("青禾公寓", OLD, [[2]]), name("新青禾公寓", OLD, [[2]]))
    assert {one.kind for one in alias.reasons} == {"near", "address", "theme"}


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(100, 200))
def test_reasons_add_up_and_the_day_lies_between_beginning_and_today(seed: int, today: int) -> None:
    dice = Random(seed)
    old = name("青禾公寓", dice.sample(range(90), 8), [[dice.choice((1, 10, 11, 3))]])
    new = name("云栖长租", dice.sample(range(60, 100), 5), [[dice.choice((1, 10, 11, 3))]])
    for alias in found(old, new, today=today):
        assert alias.weight == sum(one.weight for one in alias.reasons) >= SUGGESTED
        assert alias.later.days[0] <= alias.known_on <= START + timedelta(today)


@given(st.integers(1, 30), st.floats(0, 1))
def test_chance_is_a_probability_that_falls(n: int, share: float) -> None:
    told = [chance_of(n, least, share) for least in range(n + 1)]
    assert told == sorted(told, reverse=True) and told[0] == pytest.approx(1)
