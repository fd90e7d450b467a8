"""With ``ascii`` a screen takes as many cells as it counts, whatever a terminal draws wide."""

from __future__ import annotations

import unicodedata

from hypothesis import given, strategies as st
from rich.cells import cell_len

from console.frame.config import Config
from console.frame.plain import plain
from models.store.store import Store
from tests.console.stage import Stage, play


def ambiguous(text: str) -> set[str]:
    """Return the signs of a text that some terminals draw in one cell and some in two."""
    return {c for c in text if unicodedata.east_asian_width(c) == "A" and cell_len(c)}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_a_plain_text_keeps_its_width_and_has_no_sign_in_doubt(text: str) -> None:
    assert ambiguous(plain(text)) == set()
    assert [cell_len(c) for c in plain(text)] == [cell_len(c) for c in text]


def test_what_has_a_likeness_is_not_lost() -> None:
    assert plain("①“甲”—乙…α") == '1"甲"-乙.?'


KEYS = ("f1", "escape", "enter", ".", "escape", "f3", "f4", "f9", "f12")
"""Keys through help, an appeal, a menu, lists, a paper and the facts of the system."""


def test_no_screen_draws_a_sign_in_doubt(town: Store) -> None:
    doubted: dict[str, set[str]] = {}

    async def journey(stage: Stage) -> None:
        assert "! 红3" in stage.frame()
        for key in KEYS:
            await stage.press(key)
            doubted[key] = ambiguous(stage.frame())

    play(town, journey, size=(120, 40), config=Config(ascii=True))
    assert {key: signs for key, signs in doubted.items() if signs} == {}
