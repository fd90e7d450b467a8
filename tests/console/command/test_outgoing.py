"""What goes out is whole, private and on record; what could not be written is on no record."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from models.store import files
from tests.console.conftest import Duban
from tests.models.store.test_files import KILLED

LIFT = "WH20261120-00001"


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """Let nothing but the code itself keep files private."""
    old = os.umask(0)
    yield
    os.umask(old)


def _events(folder: Path, verb: str) -> int:
    with sqlite3.connect(folder / "town.db") as raw:
        found = raw.execute("SELECT count(*) FROM event WHERE verb = ?", (verb,)).fetchone()
    return int(found[0])


def _fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> BinaryIO:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(files, "private", full)


def test_a_reminder_whose_paper_cannot_be_written_was_not_given(
    shell: Duban, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        _fill_the_disk(patched)
        answer = shell("ticket", "urge", LIFT, "--out", "催办")
    assert answer.code == 1
    assert "磁盘已满" in answer.err and answer.err.count("\n") == 1
    assert _events(tmp_path, "ticket.urge") == 0
    assert list(Path("催办").iterdir()) == []
    assert shell("ticket", "urge", LIFT, "--out", "催办").code == 0
    assert (_events(tmp_path, "ticket.urge"), len(list(Path("催办").iterdir()))) == (1, 1)


def test_a_refused_reminder_leaves_no_paper(shell: Duban) -> None:
    shell("ticket", "urge", LIFT)
    assert shell("ticket", "urge", LIFT, "--out", "催办").code == 1
    assert list(Path("催办").iterdir()) == []


@pytest.mark.parametrize("name", ["交管/城管", "../../外面", ".隐藏", "局" * 120, "NUL", "a\0b"])
def test_no_name_of_a_unit_leads_out_of_the_folder(shell: Duban, tmp_path: Path, name: str) -> None:
    with sqlite3.connect(tmp_path / "town.db") as raw:
        raw.execute("UPDATE unit SET name = ? WHERE name = '武汉市洪山区人民政府'", (name,))
    before = set(tmp_path.iterdir())
    assert shell("ticket", "urge", LIFT, "--out", "催办").code == 0
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "催办"}
    [paper] = Path("催办").iterdir()
    assert paper.suffix == ".docx" and paper.name.startswith("催办通知-")


def test_an_export_that_cannot_be_written_is_not_on_record(shell: Duban, tmp_path: Path) -> None:
    shell("order", "draft", "--tickets", LIFT)
    shell("order", "sign", 1)
    with pytest.MonkeyPatch.context() as patched:
        _fill_the_disk(patched)
        for words in (("export", "a.csv"), ("order", "export", 1, "--out", "a")):
            answer = shell(*words)
            assert answer.code == 1 and answer.err.count("\n") == 1
    assert _events(tmp_path, "ticket.export") == _events(tmp_path, "order.export") == 0
    assert not Path("a.csv").exists()
    assert list(Path("a").iterdir()) == []


def test_everything_that_goes_out_is_for_its_owner_only(shell: Duban, tmp_path: Path) -> None:
    shell("order", "draft", "--tickets", LIFT)
    shell("order", "sign", 1)
    for words in (
        ("export", "a.csv"),
        ("export", "a.xlsx"),
        ("export", "a.jsonl"),
        ("template", "t.xlsx"),
        ("rank", "--out", "r.docx"),
        ("units", "export", "u.csv"),
        ("backup", "b.zip"),
        ("audit", "export", "留痕"),
        ("order", "export", 1, "--out", "单", "--ledger", "l.xlsx"),
        ("order", "export", 1, "--out", "单", "--copy"),
        ("ticket", "urge", LIFT, "--out", "催办"),
    ):
        answer = shell(*words)
        assert answer.code == 0, (words, answer.err)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    written = [path for path in written if path.name != "appeals.csv"]
    assert len(written) >= 13
    assert [path for path in written if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("target", ["/dev/null", "folder.csv", "fifo.csv"])
def test_what_is_no_plain_file_is_never_replaced(shell: Duban, target: str) -> None:
    Path("folder.csv").mkdir()
    os.mkfifo("fifo.csv")
    answer = shell("units", "export", target)
    assert answer.code == 1 and answer.err.count("\n") == 1
    assert Path("/dev/null").is_char_device() and Path("fifo.csv").is_fifo()


def test_leftovers_of_a_kill_are_gone_at_the_next_start(shell: Duban, tmp_path: Path) -> None:
    exports = tmp_path / "XDG_DOCUMENTS_DIR" / "duban" / "催办"
    exports.mkdir(parents=True)
    for place in (exports / "a.docx", tmp_path / "a.csv"):
        subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    assert list(tmp_path.glob(".duban-*")) and list(exports.glob(".duban-*"))
    assert shell("queue").code == 0
    assert not list(tmp_path.glob(".duban-*")) and not list(exports.glob(".duban-*"))
