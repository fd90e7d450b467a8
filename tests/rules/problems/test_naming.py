"""What problems are called: words as the titles of their appeals have them, no person's name."""

from __future__ import annotations

import pytest

from rules.problems import whole_words

AGENTS = [
    "中介发布虚假房源",
    "举报中介发布虚假房源",
    "中介发布虚假房源，押金不退",
    "中介发布虚假信息",
]
HEATERS = ["早晚热水器打不着火", "早晚热水器打不着火怎么办", "汉水家园早晚热水器打不着火", "停水"]


@pytest.mark.parametrize(
    ("words", "titles", "names", "told"),
    [
        (["介发布虚假"], AGENTS, [], ["中介发布虚假房源"]),
        (["介发布虚假", "假房源"], AGENTS, [], ["中介发布虚假房源"]),
        (["热水器打", "晚热水"], HEATERS, [], ["早晚热水器打不着火"]),
        (["停水"], ["汉水家园停水", "停水多日"], [], ["停水"]),
        (["停水"], ["汉水家园停水", "汉水家园停水"], ["汉水家园"], ["停水"]),
        (["押金不退"], ["房东押金不退", "房东押金不退"], [], ["房东押金不退"]),
        (["找房东"], ["找房东张三要钱", "找房东张三要钱"], [], ["找房东"]),
        (["三要钱"], ["张三要钱", "张三要钱"], [], ["三要钱"]),
        (["搅拌站"], ["小区旁搅拌站（噪音）", "学校边搅拌站：噪音"], [], ["搅拌站"]),
        (["搅拌站"], [], [], ["搅拌站"]),
        (["搅拌站", "噪音"], ["搅拌站扰民"], [], ["搅拌站", "噪音"]),
    ],
)
def test_words_go_on_as_most_titles_do(
    words: list[str], titles: list[str], names: list[str], told: list[str]
) -> None:
    assert whole_words(words, titles, names) == told


def test_a_word_goes_on_to_twelve_signs_at_most() -> None:
    title = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    assert [len(word) for word in whole_words(["壬癸"], [title, title])] == [12]
