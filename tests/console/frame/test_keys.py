"""Keys: no two of one scope clash, every one has words, full-width forms work too."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from pypinyin import Style, pinyin
from textual.binding import Binding

from console.frame.bound import bindings, shown
from console.frame.keys import (
    CELLS,
    DESK,
    ENTITIES,
    ENTRY,
    EVERYWHERE,
    FIGURES,
    FIRST_RUN,
    FRAME,
    IMPORT,
    INSIGHT,
    LIST,
    ORDERS,
    PAGE,
    QUEUE,
    RANKING,
    SCOPES,
    TICKET,
    UNIT,
    UNITS,
)
from console.frame.paper_keys import (
    CAMPAIGNS,
    COUNCILS,
    DIRECTORY,
    LETTERS,
    POLICE,
    RECEPTIONS,
    REPORTS,
)
from console.frame.shared_keys import Key
from console.frame.visit_keys import ROTA, VISITS

TOGETHER = {
    "queue, hand on the list": (EVERYWHERE, FRAME, QUEUE, LIST),
    "queue, hand on the detail": (EVERYWHERE, FRAME, QUEUE, PAGE),
    "ticket": (EVERYWHERE, FRAME, TICKET, PAGE),
    "orders": (EVERYWHERE, FRAME, ORDERS, LIST),
    "ranking": (EVERYWHERE, FRAME, RANKING, LIST, CELLS),
    "desk": (EVERYWHERE, FRAME, DESK, LIST),
    "insight, hand on the list": (EVERYWHERE, FRAME, INSIGHT, LIST),
    "insight, whose finding has tab for its numbers": (EVERYWHERE, INSIGHT, FIGURES),
    "campaigns": (EVERYWHERE, FRAME, CAMPAIGNS, LIST),
    "police": (EVERYWHERE, FRAME, POLICE, LIST),
    "receptions": (EVERYWHERE, FRAME, RECEPTIONS, LIST),
    "entities": (EVERYWHERE, FRAME, ENTITIES, LIST),
    "councils": (EVERYWHERE, FRAME, COUNCILS, LIST),
    "reports": (EVERYWHERE, FRAME, REPORTS, LIST),
    "letters": (EVERYWHERE, FRAME, LETTERS, LIST),
    "visits": (EVERYWHERE, FRAME, VISITS, LIST),
    "rota": (EVERYWHERE, FRAME, ROTA, LIST),
    "directory": (EVERYWHERE, FRAME, DIRECTORY, LIST),
    "units": (EVERYWHERE, FRAME, UNITS, LIST),
    "unit, whose page has tab for its numbers": (EVERYWHERE, UNIT, FIGURES),
    "import": (EVERYWHERE, FRAME, IMPORT, LIST),
    "first run": (EVERYWHERE, FRAME, FIRST_RUN),
    "about": (EVERYWHERE, FRAME, PAGE),
    "entry": (EVERYWHERE, FRAME, ENTRY),
}


def _keys_of(table: tuple[Key, ...]) -> list[str]:
    made = Binding.make_bindings(bindings(table))
    return [binding.key for binding in made]


@pytest.mark.parametrize("scope", TOGETHER)
def test_no_two_commands_that_are_live_together_share_a_key(scope: str) -> None:
    keys = Counter(chain.from_iterable(_keys_of(table) for table in TOGETHER[scope]))
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_id_is_given_once_and_begins_with_its_scope() -> None:
    ids = [(scope, key.id) for scope, (_, keys) in SCOPES.items() for key in keys]
    assert max(Counter(id for _, id in ids).values()) == 1
    assert all(id.startswith(f"{scope}.") for scope, id in ids)


def test_the_initials_are_those_of_the_label() -> None:
    for _, keys in SCOPES.values():
        for key in keys:
            spoken = "".join(c for c in key.label if "一" <= c <= "鿿")
            letters = [pinyin(c, style=Style.FIRST_LETTER, heteronym=True)[0] for c in spoken]
            assert len(key.initials) == len(letters), key.id
            assert all(c in of for c, of in zip(key.initials, letters, strict=True)), key.id


@pytest.mark.parametrize(
    ("command", "full_width"),
    [
        ("queue.filter", "fullwidth_solidus"),
        ("queue.filter", "ideographic_comma"),
        ("app.help", "fullwidth_question_mark"),
        ("app.palette", "fullwidth_colon"),
        ("queue.order_left", "left_black_lenticular_bracket"),
        ("list.columns_left", "left_double_angle_bracket"),
        ("orders.steps", "ideographic_full_stop"),
        ("queue.dispatch", "ｔ"),
        ("queue.red", "１"),
        ("app.new", "fullwidth_plus_sign"),
    ],
)
def test_an_input_method_need_not_be_switched_off(command: str, full_width: str) -> None:
    key = next(key for _, keys in SCOPES.values() for key in keys if key.id == command)
    assert full_width in _keys_of((key,))


MEANT = ("app.suspend",)
"""Whose key does what a terminal means by it."""


def test_no_primary_key_is_one_that_multiplexers_and_terminals_eat() -> None:
    eaten = {f"ctrl+{c}" for c in "sbajmihz"} | {"ctrl+left_square_bracket"}
    for _, keys in SCOPES.values():
        primary = {key.keys.split(",")[0] for key in keys if key.id not in MEANT}
        assert primary & eaten == set()
        assert not any(name.startswith("alt+") for name in primary)


@pytest.mark.parametrize(
    ("key", "read"),
    [("f2", "F2"), ("space", "空格"), ("ctrl+p", "Ctrl+P"), ("slash", "/"), ("G", "G")],
)
def test_a_key_is_shown_as_people_call_it(key: str, read: str) -> None:
    assert shown(key) == read
