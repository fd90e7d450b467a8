"""A form that is not saved is kept for its operator alone, whatever becomes of the program."""

from __future__ import annotations

import os
import signal
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from console.frame import drafts_dir
from console.intake.keeping import FormFile, kept_forms
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import NOW, Clock

TYPED = {"reporter": "王小明", "phone": "13871234567", "content": "第一行\n第二行"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep forms in a folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def keep(store: Store, number: int = 1, **typed: str) -> FormFile:
    """Keep what is typed into a form."""
    file = FormFile(store)
    file.keep(number, NOW, NOW + timedelta(seconds=number), typed or TYPED)
    return file


def test_what_was_typed_outlives_a_program_that_is_killed(sqlite_store: Store) -> None:
    child = os.fork()
    if child == 0:
        keep(sqlite_store)
        os.kill(os.getpid(), signal.SIGKILL)
    _, ended = os.waitpid(child, 0)
    assert os.WTERMSIG(ended) == signal.SIGKILL
    (left,) = kept_forms(sqlite_store)
    assert (left.typed, left.opened_at) == (TYPED, NOW)


def test_a_form_that_is_open_is_nobody_elses(sqlite_store: Store) -> None:
    file = keep(sqlite_store)
    assert kept_forms(sqlite_store) == []
    file.leave()
    assert [kept.typed for kept in kept_forms(sqlite_store)] == [TYPED]


def test_it_is_for_its_operator_alone_and_in_no_other_store(
    sqlite_store: Store, clock: Clock, tmp_path: Path
) -> None:
    keep(sqlite_store).leave()
    (path,) = drafts_dir().iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts_dir().stat().st_mode) == 0o700
    assert "王小明" not in path.name
    other = open_store(str(tmp_path / "b.db"), now=clock, first=first_content, login="tester")
    assert kept_forms(other) == []
    other.close()


def test_older_words_never_overwrite_newer_ones_nor_come_back(sqlite_store: Store) -> None:
    file = keep(sqlite_store, 2, title="新")
    file.keep(1, NOW, NOW, {"title": "旧"})
    file.leave()
    file.keep(3, NOW, NOW, {"title": "迟到"})
    assert [kept.typed for kept in kept_forms(sqlite_store)] == [{"title": "新"}]
    again = FormFile(sqlite_store)
    again.go_on(kept_forms(sqlite_store)[0])
    assert kept_forms(sqlite_store) == []
    again.destroy()
    again.keep(4, NOW, NOW, {"title": "迟到"})
    assert list(drafts_dir().iterdir()) == []


def test_what_nobody_goes_on_with_is_destroyed(sqlite_store: Store) -> None:
    keep(sqlite_store).leave()
    (path,) = drafts_dir().iterdir()
    week = 7 * 86_400 + 60
    os.utime(path, (path.stat().st_atime - week, path.stat().st_mtime - week))
    assert kept_forms(sqlite_store) == [] and not path.exists()


def test_a_file_nobody_can_read_is_passed_over(sqlite_store: Store) -> None:
    keep(sqlite_store).leave()
    (path,) = drafts_dir().iterdir()
    path.with_name(f"{path.stem}x.json").write_text("{", encoding="utf-8")
    assert len(kept_forms(sqlite_store)) == 1
