"""Verbs of the trail are found by their names and by pinyin initials."""

from __future__ import annotations

import pytest
from pypinyin import Style, lazy_pinyin

from rules.casework.initials import verb_initials, verbs_named
from rules.casework.words import VERB_NAMES


@pytest.mark.parametrize("name", sorted(set(VERB_NAMES.values())))
def test_the_initials_of_every_verb_are_those_of_its_signs(name: str) -> None:
    heads = lazy_pinyin(
        name.replace("重", "崇").replace("：", "").replace("·", ""), style=Style.FIRST_LETTER
    )
    assert verb_initials(name) == "".join(heads)


@pytest.mark.parametrize(
    ("typed", "verbs"),
    [
        ("签收", {"ticket.acknowledge", "order.receive"}),
        ("办结", {"ticket.close"}),
        ("QS", {"ticket.acknowledge", "order.receive"}),
        ("cklxfs", {"ticket.look"}),
        ("保密件", {"ticket.look_confidential"}),
        ("没有", set()),
        ("", set()),
    ],
)
def test_a_word_names_the_verbs_called_so_or_else_those_it_is_a_part_of(
    typed: str, verbs: set[str]
) -> None:
    assert set(verbs_named(typed)) == verbs


def test_a_part_of_a_name_finds_every_verb_that_has_it() -> None:
    extensions = {"申请延期", "同意延期", "不同意延期", "延期申请作废"}
    assert {VERB_NAMES[verb] for verb in verbs_named("延期")} == extensions
    assert {VERB_NAMES[verb] for verb in verbs_named("yq")} > extensions
