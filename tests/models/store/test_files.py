"""Files that go out: whole or not at all, private from the first byte, nothing left of a kill."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store.files import WholeFiles, clear_leftovers, private, whole_file


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """Let nothing but the code itself keep files private."""
    old = os.umask(0)
    yield
    os.umask(old)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    place = tmp_path / "报表.xlsx"
    with whole_file(place) as part:
        assert (_mode(part), _mode(part.parent), part.suffix) == (0o600, 0o700, ".xlsx")
        assert not place.exists()
        part.write_bytes(b"all")
    assert (place.read_bytes(), _mode(place)) == (b"all", 0o600)
    assert list(tmp_path.iterdir()) == [place]


def test_what_was_open_to_all_is_replaced_by_a_private_file(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("old")
    with whole_file(place) as part:
        part.write_bytes(b"new")
    assert _mode(place) == 0o600


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("old")
    with pytest.raises(RuntimeError), whole_file(place) as part:
        part.write_bytes(b"half")
        raise RuntimeError
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_fresh_file_never_replaces(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_text("old")
    with pytest.raises(FileExistsError), whole_file(place, fresh=True) as part:
        part.write_bytes(b"new")
    assert place.read_text() == "old"
    with pytest.raises(FileExistsError):
        private(place)


@pytest.mark.parametrize("kind", ["folder", "fifo", "device", "link to folder"])
def test_what_is_no_plain_file_is_not_replaced(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    match kind:
        case "folder":
            place.mkdir()
        case "fifo":
            os.mkfifo(place)
        case "device":
            place = Path(os.devnull)
        case _:
            place.symlink_to(tmp_path)
    with pytest.raises(OSError), whole_file(place):
        raise AssertionError("written")


def test_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    with whole_file(link) as part:
        part.write_bytes(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_of_many_at_one_path_each_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    wholes = [f"{n}" * 100_000 for n in range(8)]
    start = threading.Barrier(len(wholes))

    def write(content: str) -> None:
        start.wait()
        with whole_file(place) as part, part.open("w") as file:
            for at in range(0, len(content), 10_000):
                file.write(content[at : at + 10_000])

    threads = [threading.Thread(target=write, args=(content,)) for content in wholes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert place.read_text() in wholes
    assert list(tmp_path.iterdir()) == [place]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    place = tmp_path / ("名" * 83 + ".docx")
    with whole_file(place) as part:
        part.write_bytes(b"x")
    assert place.exists()


def test_files_of_a_folder_appear_together_after_the_act(tmp_path: Path) -> None:
    folder = tmp_path / "催办" / "十一月"
    with WholeFiles(folder) as written:
        paths = [written.add(f"{n}.docx", b"x") for n in range(3)]
        assert not any(path.exists() for path in paths)
    assert sorted(folder.iterdir()) == paths
    assert {_mode(path) for path in paths} == {0o600}


def test_files_of_a_folder_do_not_appear_when_the_act_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), WholeFiles(tmp_path) as written:
        written.add("a.docx", b"x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from models.store.files import whole_file
with whole_file(Path(sys.argv[1])) as part:
    part.write_text("citizens' words")
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    [left] = tmp_path.iterdir()
    alive = left.with_name(left.name.replace(left.name.split("-")[2], str(os.getppid())))
    elsewhere = left.with_name(left.name.replace(left.name.split("-")[1], "0" * 8))
    others = [alive, elsewhere, tmp_path / ".duban-notes", tmp_path / ".duban-1-2-3"]
    for other in others:
        other.mkdir()
    clear_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(others)


def test_the_next_write_into_a_folder_clears_it(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    with whole_file(place) as part:
        part.write_bytes(b"x")
    assert list(tmp_path.iterdir()) == [place]
