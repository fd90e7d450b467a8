"""What ties appeals, and what does not, however many have it."""

from __future__ import annotations

import pytest

from rules.problems.tying import Known, apart, kept, reasons, tied, told_openly, weight_of


def known(kind: str, text: str, appeals: int = 10) -> Known:
    """Return a key that some of ten thousand appeals have."""
    return Known.of(hash((kind, text)), kind, text, appeals, 10_000)


ESTATE = known("estate", "丽发新城")
OTHER = known("estate", "滨河苑")
PLANT = known("word", "搅拌")
NOISE = known("word", "噪音", 300)
RARE = [known("word", word, 5) for word in ("车贷", "经侦", "跑路", "骗局")]
EVERYDAY = [known("word", word, 50) for word in ("僵尸", "占位", "长期", "路口")]


@pytest.mark.parametrize(
    ("own", "said", "is_tied"),
    [
        ([ESTATE, PLANT], {ESTATE: 6, PLANT: 6}, True),
        ([ESTATE], {ESTATE: 6, PLANT: 6}, False),
        ([ESTATE, NOISE], {ESTATE: 6, PLANT: 6}, False),
        ([PLANT, NOISE], {ESTATE: 6, PLANT: 6, NOISE: 6}, False),
        ([ESTATE, PLANT], {ESTATE: 1, PLANT: 6}, False),
        ([ESTATE, OTHER], {ESTATE: 8, OTHER: 8, PLANT: 8}, True),
        (RARE, dict.fromkeys(RARE, 6), True),
        (RARE[:2], dict.fromkeys(RARE, 6), False),
        (EVERYDAY, dict.fromkeys(EVERYDAY, 6), False),
        (EVERYDAY, dict.fromkeys(EVERYDAY, 20), True),
        (
            [known("estate", "小区", 9000), PLANT],
            {known("estate", "小区", 9000): 6, PLANT: 6},
            False,
        ),
    ],
    ids=[
        "a name and a topic",
        "a name alone",
        "a name, another topic",
        "topics without a name",
        "a name hardly anybody there has",
        "two names nobody else has",
        "several rare words",
        "two rare words",
        "words that come all the year round",
        "words that came mostly there",
        "a name that everybody has",
    ],
)
def test_what_ties(own: list[Known], said: dict[Known, int], is_tied: bool) -> None:
    counts = {key.id: n for key, n in said.items()}
    size = max(said.values())
    assert (tied(own, counts, size) is not None) == is_tied


def test_the_reasons_are_told_the_weightiest_first() -> None:
    counts = {ESTATE.id: 6, PLANT.id: 6}
    told = reasons([NOISE, PLANT, ESTATE], counts, 6)
    assert [key for key, _ in told] == [ESTATE, PLANT]
    assert told[0][1] > told[1][1] > 0


def test_the_rarer_a_key_the_more_it_weighs() -> None:
    weights = [weight_of("estate", appeals, 10_000) for appeals in (1, 10, 100, 1000, 10_000)]
    assert weights == sorted(weights, reverse=True) and weights[0] == 1000 and weights[-1] == 0


def test_sixteen_keys_are_kept_with_room_for_words() -> None:
    names = [known("estate", f"名{n}苑") for n in range(12)]
    words = [known("word", f"词{n}", n + 1) for n in range(20)]
    chosen = kept([(key, 2) for key in (*names, *words)])
    assert len(chosen) == 16
    assert chosen[:9] == names[:9]
    assert words[0] not in chosen, "a word that nobody else has comes last"


def test_words_that_overlap_are_one() -> None:
    assert apart([known("word", word) for word in ("搅拌", "拌站")]) == 1
    assert apart([known("word", word) for word in ("搅拌", "噪音")]) == 2


@pytest.mark.parametrize(
    ("word", "appeals", "openly"),
    [("徐萍", 4, False), ("徐州", 200, True), ("搅拌", 4, True)],
)
def test_what_may_be_a_name_of_somebody_is_not_told(word: str, appeals: int, openly: bool) -> None:
    assert told_openly(word, appeals) == openly
