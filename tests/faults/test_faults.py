"""Every family of faults in its small form: tried, and nothing lost."""

from __future__ import annotations

import re
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.faults.acts import Act, untried
from tests.faults.killing import Attempt, attempt
from tests.faults.kills import Killing
from tests.faults.outcome import SMALL
from tests.faults.places import Files
from tests.faults.run import FAMILIES, TRUST, told
from tests.faults.scenes import Scene


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_lost(
    family: str, tmp_path: Path, pg_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_TEST_PG", pg_server)
    outcomes = FAMILIES[family](SMALL, tmp_path)
    for outcome in outcomes:
        assert outcome.lost == 0, outcome
        assert outcome.tried > 0, outcome
    large = told(TRUST.read_text("utf-8"), family)
    lines = {(_numberless(what), engine) for what, engine, *_ in large}
    assert {(_numberless(o.what), o.engine) for o in outcomes} <= lines
    assert all(lost == 0 < tried for *_, tried, lost in large)


def _numberless(what: str) -> str:
    return re.sub(r"\d+", "N", what)


def test_every_step_of_the_table_is_killed() -> None:
    assert untried() == set()


def test_a_child_dies_at_the_write_that_was_named_and_what_it_committed_stays(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plain.db"

    def act() -> None:
        plain = sqlite3.connect(path)
        plain.execute("CREATE TABLE t (a)")
        plain.executemany("INSERT INTO t VALUES (?)", [(1,), (2,), (3,)])
        plain.commit()
        plain.execute("SELECT 1").fetchall()

    assert attempt(act) == Attempt(False, 4, 1)
    path.unlink()
    assert attempt(act, 3) == Attempt(True, 3, 0)
    assert _rows(path) == 0
    path.unlink()
    assert attempt(act, 4) == Attempt(True, 4, 1)
    assert _rows(path) == 3


def _rows(path: Path) -> int:
    with sqlite3.connect(path) as plain:
        return int(plain.execute("SELECT count(*) FROM t").fetchone()[0])


@pytest.mark.parametrize("same", [(), ("SELECT count(*) FROM event",)])
def test_an_act_that_is_half_kept_is_found_out(tmp_path: Path, same: tuple[str, ...]) -> None:
    def twice(scene: Scene) -> None:
        store = scene.store()
        for _ in range(2):
            with store.writing() as work:
                work.event("ticket.note", "store", None)
        store.close()

    (tmp_path / "files").mkdir()
    killing = Killing(Files(tmp_path / "files"), "twice", Act(twice, same=same), tmp_path)
    killing.run(4)
    assert killing.tried == 4
    assert ("commits=1" if same else "undisturbed") in killing.lost[0]


def test_a_child_that_fails_or_is_ended_by_somebody_else_says_so() -> None:
    def fails() -> None:
        raise ValueError("mine")

    def ended() -> None:
        import os

        os.kill(os.getpid(), signal.SIGTERM)

    assert "mine" in attempt(fails).told
    assert "status 15" in attempt(ended).told
