"""Two estates of the board's real messages, labelled by reading: found, known, nothing else in."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from rules.casework.appeal import Appeal
from rules.problems.grouping import Group, Grouping, Told
from rules.problems.tying import Known, kept
from rules.text.keys import keys_of
from tests.seed.reading import WUHAN, appeals, opened, real

LABELS = tomllib.loads((Path(__file__).parent / "two_estates.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def board() -> dict[int, Appeal]:
    """Return the messages by their numbers, as they stand in the file."""
    return {
        int(row.external_id or 0): row for row in appeals(opened(real("teddy2020c/附件3.xlsx")))
    }


def put_together(board: dict[int, Appeal]) -> list[Group]:
    """Return the problems of the messages, those with most different citizens first."""
    keys = {number: keys_of(row.title, row.content) for number, row in board.items()}
    counts = Counter((key.kind, key.text) for own in keys.values() for key in own)
    known = {
        name: Known.of(id, *name, n, len(board)) for id, (name, n) in enumerate(counts.items(), 1)
    }
    grouping = Grouping({key.id: key for key in known.values()}, 3)
    for number, row in board.items():
        own = kept((known[key.kind, key.text], key.times) for key in keys[number])
        assert row.received_at is not None
        grouping.place(Told(number, row.reporter, row.received_at, tuple(own)))
    grouping.settle()
    return sorted(grouping.groups.values(), key=lambda group: -len(_citizens(board, group.came)))


def _citizens(board: dict[int, Appeal], numbers: Iterable[int]) -> dict[str, date]:
    """Return the citizens of some messages with the day each first told."""
    first: dict[str, date] = {}
    for number in numbers:
        row = board[number]
        assert row.received_at is not None and row.reporter is not None
        day = row.received_at.astimezone(WUHAN).date()
        first[row.reporter] = min(first.get(row.reporter, day), day)
    return first


def test_both_estates_come_first_whole_and_alone(board: dict[int, Appeal]) -> None:
    first, second, third = put_together(board)[:3]
    sizes = [len(_citizens(board, group.came)) for group in (first, second, third)]
    assert sizes[1] > 3 * sizes[2], "nothing else is near as large"
    for name, alarm in (("plant", date(2019, 11, 15)), ("parking", date(2019, 7, 30))):
        labelled = set(LABELS[name])
        found = max((first, second), key=lambda group: len(labelled & group.came.keys()))
        inside = len(labelled & found.came.keys())
        assert inside >= 0.90 * len(labelled), f"{name}: {inside} of {len(labelled)}"
        assert inside >= 0.95 * len(found.came), f"{name}: {inside} of {len(found.came)} found"
        days = sorted(_citizens(board, found.came).values())
        assert days[4] == alarm, f"{name} was known to five on {days[4]}"
