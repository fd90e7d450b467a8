"""Similar appeals: the like before the unlike, and answers by what speaks for them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rules.text.similarity import HEAD, Alike, Described, Memory, guesses, traits

WATER, NOISE, LIFT = 1, 2, 3

EARLIER = [
    (WATER, Described("小区停水三天", "自来水停了无人处理，居民无水可用")),
    (WATER, Described("全楼停水", "自来水水压低，停水通知也没有")),
    (NOISE, Described("夜间施工噪音", "工地凌晨浇筑混凝土，噪音扰民")),
    (NOISE, Described("施工噪音扰民", "工地噪音太大，夜间无法休息")),
    (LIFT, Described("电梯困人", "电梯故障困人，物业无人到场")),
    (LIFT, Described("电梯停运", "电梯故障停运一周，物业不修")),
]


def memory() -> Memory:
    return Memory((answer, traits(described)) for answer, described in EARLIER)


def asked(title: str, content: str = "", **tags: str) -> list[int]:
    near = memory().alike(traits(Described(title, content, **tags)))
    return [guess.answer for guess in guesses(near)]


@pytest.mark.parametrize(
    ("title", "answer"),
    [("家里停水了", WATER), ("工地夜间噪音", NOISE), ("电梯故障", LIFT)],
)
def test_an_appeal_is_answered_as_its_like_was(title: str, answer: int) -> None:
    assert asked(title)[0] == answer


def test_an_appeal_like_no_other_gets_no_answer() -> None:
    assert asked("公积金提取") == []
    assert asked("") == []
    assert Memory(()).alike(traits(EARLIER[0][1])) == []


def test_an_appeal_is_most_like_itself_unless_it_is_left_out() -> None:
    own = traits(EARLIER[2][1])
    first = memory().alike(own)[0]
    assert first.place == 2
    assert memory().alike(own, but=[2])[0].place == 3


def test_of_two_equally_alike_the_one_remembered_first_comes_first() -> None:
    same = traits(EARLIER[0][1])
    twins = Memory([(WATER, same), (NOISE, same), (LIFT, traits(EARLIER[5][1]))])
    assert [each.place for each in twins.alike(same)] == [0, 1]


def test_category_and_place_tell_apart_what_the_words_do_not() -> None:
    words = ("请尽快处理", "多次反映无果")
    here = {"category": "生态环境/噪声", "grid": "420111002003"}
    there = {"category": "生态环境/噪声", "grid": "420106001001"}
    other = {"category": "城市管理/市容", "grid": "420106001001"}
    earlier = [
        (n, traits(Described(*words, **tags)))
        for n, tags in ((1, here), (2, there), (3, other))
        for _ in range(3)
    ]
    found = guesses(Memory(earlier).alike(traits(Described(*words, **there))))
    assert [guess.answer for guess in found] == [2, 3, 1]


def test_what_stands_far_down_a_long_text_does_not_count() -> None:
    head, far = "甲乙" * (HEAD // 2), "丙丁"
    assert "丙丁" not in traits(Described("", head + far))
    assert "丙丁" in traits(Described("", far + head))


def test_letters_count_in_one_case_and_punctuation_joins_nothing() -> None:
    assert set(traits(Described("WiFi。差", ""))) == {"wi", "if", "fi"}


NEAR = st.lists(
    st.builds(Alike, st.integers(0, 99), st.floats(0.01, 1), st.integers(0, 5)), max_size=30
)


@given(NEAR)
def test_shares_add_up_and_every_neighbour_speaks_for_one_answer(near: list[Alike]) -> None:
    found = guesses(near)
    assert sum(guess.share for guess in found) == pytest.approx(1 if near else 0)
    assert sorted(len(guess.alike) for guess in found) == sorted(
        sum(each.answer == answer for each in near) for answer in {each.answer for each in near}
    )
    assert [guess.share for guess in found] == sorted((g.share for g in found), reverse=True)


TEXTS = st.text("停水电梯噪音施工", min_size=2, max_size=12)


@given(st.lists(TEXTS, min_size=2, max_size=8), TEXTS)
def test_likeness_lies_between_nothing_and_identity(earlier: list[str], asked: str) -> None:
    remembered = Memory((0, traits(Described(text, ""))) for text in earlier)
    for each in remembered.alike(traits(Described(asked, ""))):
        assert 0 < each.likeness <= 1 + 1e-6


@given(st.lists(TEXTS, min_size=2, max_size=8), TEXTS, TEXTS)
def test_what_came_later_is_as_like_one_way_as_the_other(
    earlier: list[str], one: str, other: str
) -> None:
    remembered = Memory((0, traits(Described(text, ""))) for text in earlier)
    own, theirs = traits(Described(one, "")), traits(Described(other, ""))
    likeness = remembered.likeness(own, theirs)
    assert likeness == pytest.approx(remembered.likeness(theirs, own))
    assert 0 <= likeness <= 1 + 1e-6
    assert remembered.likeness(own, own) == pytest.approx(1)
    assert remembered.likeness(own, traits(Described("垃圾清运", ""))) == 0
