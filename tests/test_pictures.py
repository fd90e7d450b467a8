"""The pictures of README and manual show what the screens show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pictures import FOLDER, PICTURES, painted, text_of
from tests.test_manual import MANUAL, README

_LINK = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pictures as the screens are now."""
    return painted(tmp_path_factory.mktemp("pictures"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_what_the_screen_says(now: dict[str, str], name: str) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert text_of(now[name]) == text_of(kept), "python -m tests.pictures paints them anew"


def test_every_picture_is_shown_and_every_one_shown_is_there() -> None:
    shown = {Path(link).name for text in (README, MANUAL) for link in _LINK.findall(text)}
    assert shown == {f"{name}.svg" for name in PICTURES}
    assert {path.name for path in FOLDER.iterdir()} == shown
