"""Edits behind the program's back are found, in small."""

from __future__ import annotations

from pathlib import Path

from tests.faults.outcome import SMALL
from tests.faults.tampered import tampered


def test_no_edit_of_a_row_or_of_the_trail_goes_unnoticed(pg_server: str, tmp_path: Path) -> None:
    done = tampered(SMALL, tmp_path, pg_server)
    assert sum(one.tried for one in done) >= 2 * 29
    assert not [one for one in done if one.lost]
