"""The terminal is as it was found, whatever ended or stopped the console."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.frame import system_user
from models.store.opening import open_store
from seed.reference.catalogue import first_content
from tests.bench.terminal import ESCAPES, Terminal
from tests.console.conftest import NOW, Duban
from tests.models.appeals import appeal, taken

SHELL = """
import os, signal, sys
code, *words = sys.argv[1:]
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
ready, go = os.pipe()
job = os.fork()
if job == 0:
    os.read(ready, 1)
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, *words])
tells = "DEAF" not in os.environ
signal.signal(signal.SIGHUP, lambda number, frame: tells and os.killpg(job, number))
os.setpgid(job, job)
os.tcsetpgrp(0, job)
print(f"[job {job}]", flush=True)
os.write(go, b"!")
while os.WIFSTOPPED((status := os.waitpid(job, os.WUNTRACED)[1])):
    os.tcsetpgrp(0, os.getpgrp())
    print("[stopped]", flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
with open(code + ".new", "w") as file:
    file.write(str(os.waitstatus_to_exitcode(status)))
os.rename(code + ".new", code)
"""
"""A shell with one job: it sees the job stop, brings it back at enter, and notes how it ended.

A deaf one does not tell the job that the window was closed.
"""

TAKEN = {
    "the alternate screen": ("\x1b[?1049h", "\x1b[?1049l"),
    "clicks": ("\x1b[?1000h", "\x1b[?1000l"),
    "the mouse's way": ("\x1b[?1003h", "\x1b[?1003l"),
    "clicks on the far right": ("\x1b[?1006h", "\x1b[?1006l"),
    "pasting": ("\x1b[?2004h", "\x1b[?2004l"),
    "focus": ("\x1b[?1004h", "\x1b[?1004l"),
    "the cursor": ("\x1b[?25l", "\x1b[?25h"),
    "folding": ("\x1b[?7l", "\x1b[?7h"),
    "keys told apart": ("\x1b[>", "\x1b[<u"),
}
"""What a program takes of a terminal: how it is taken, how it is given back."""

MISTAKEN = """
import sys
from console import app
from console.__main__ import main
from console.frame import start
def fail(say):
    raise ValueError("王小明 13871234567")
app.DubanApp.action_help = lambda self: start(self, "fails", fail)
sys.exit(main(sys.argv[1:]))
"""
"""``duban`` with a mistake in what F1 sets off, whose words must not be told."""

BUSY = """
import os, sys, time
from console import app
from console.__main__ import main
from console.frame import start
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
def write(say):
    os.mkdir("begun")
    time.sleep(0.3)
    os.mkdir("finished")
begun = []
def work(self):
    if begun:
        return
    begun.append(True)
    def read(say):
        with self.session.reading("endless") as reader:
            reader.value(ENDLESS)
    start(self, "endless", read)
    start(self, "write", write)
app.DubanApp.action_help = work
sys.exit(main(sys.argv[1:]))
"""
"""``duban`` with a query that never ends, and with something that takes a while to write."""


F1, F12 = b"\x1bOP", b"\x1b[24~"


class Window(Terminal):
    """A terminal in which a shell runs ``duban``."""

    def __init__(self, folder: Path, *words: str, env: dict[str, str] | None = None) -> None:
        """Start Python with ``words``; the console stands when this returns."""
        self._code = folder / "code"
        shell = [sys.executable, "-c", SHELL, str(self._code), *words]
        super().__init__(shell, env or {}, (80, 24))
        self.before: list[Any] = termios.tcgetattr(self._fd)
        self.shown("[job ")
        self.shown("占道经营")
        self.job = int(self.painted().partition("[job ")[2].partition("]")[0])

    def shown(self, text: str, since: int = 0) -> None:
        """Wait until a text has been written after so many bytes."""
        self.waits(lambda: text in self.painted(since))

    def painted(self, since: int = 0) -> str:
        """Return what has been written after so many bytes, without what steers the terminal."""
        return ESCAPES.sub(b"", self.seen[since:]).decode(errors="replace")

    def waits(self, reached: Callable[[], bool]) -> None:
        """Read on until something is so."""
        limit = time.monotonic() + 20
        while not reached():
            assert time.monotonic() < limit, self.painted()[-3000:]
            self._read(0.02)

    @property
    def kept(self) -> list[str]:
        """What was taken of the terminal and not given back."""
        seen = self.seen.decode(errors="replace")
        kept = [name for name, (take, give) in TAKEN.items() if seen.rfind(take) > seen.rfind(give)]
        modes = termios.tcgetattr(self._fd)
        return kept + ([] if modes == self.before else [f"modes {modes}, not {self.before}"])

    def code(self) -> int:
        """Wait for the end; return the exit code."""
        self.waits(self._code.exists)
        while self._read(0.02):
            pass
        return int(self._code.read_text())


@pytest.fixture
def words(shell: Duban, tmp_path: Path) -> tuple[str, ...]:
    """Return the words that open a store with five appeals."""
    return ("--store", str(tmp_path / "town.db"), "--now", NOW)


def test_a_stopped_console_gives_the_terminal_back_and_paints_anew(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    with Window(tmp_path, "-c", BUSY, *words) as window:
        assert "the alternate screen" in window.kept
        os.write(window._fd, b"\xb5\xe7")  # half a character of another encoding
        window.waits(lambda: bool(os.write(window._fd, F12)) and "系统信息" in window.painted())
        os.write(window._fd, b"\x1a")
        window.shown("[stopped]")
        window.shown("督办台已转入后台：输入 fg 回来")
        assert window.kept == []
        since = len(window.seen)
        os.write(window._fd, b"\n")
        window.shown("系统信息", since)
        os.kill(window.job, signal.SIGSTOP)  # without notice: the shell gets a raw terminal
        window.shown("[stopped]", since)
        since = len(window.seen)
        os.write(window._fd, b"\n")
        window.shown("系统信息", since)
        window.waits(lambda: bool(os.write(window._fd, F1)) and (tmp_path / "begun").exists())
        os.kill(window.job, signal.SIGTERM)
        assert window.code() == 128 + signal.SIGTERM
        assert window.kept == []
        assert (tmp_path / "finished").exists()


@pytest.mark.parametrize("env", [{}, {"DEAF": "1"}], ids=["told", "untold"])
def test_a_window_that_is_closed_ends_the_console_in_order(
    words: tuple[str, ...], tmp_path: Path, env: dict[str, str]
) -> None:
    window = Window(tmp_path, "-m", "console", *words, env=env)
    os.close(window._fd)
    limit = time.monotonic() + 20
    while not window._code.exists():
        assert time.monotonic() < limit
        time.sleep(0.02)
    os.waitpid(window.pid, 0)
    assert window._code.read_text() == str(128 + signal.SIGHUP)


def test_a_crash_leaves_the_terminal_sane_and_says_one_line(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    with Window(tmp_path, "-c", MISTAKEN, *words) as window:
        os.write(window._fd, F1)
        assert window.code() == 1
        assert window.kept == []
        told = window.seen.rpartition(TAKEN["the alternate screen"][1].encode())[2]
        line = ESCAPES.sub(b"", told).decode().split()
    (log,) = tmp_path.rglob("duban.log")
    said = f"程序内部出错（ValueError）：请把此行报告给管理员，详情在 {log}（不含诉求内容）"
    assert "".join(line) == "".join(said.split())
    assert "ValueError" in log.read_text() and "王小明" not in log.read_text()


def test_a_morning_at_a_real_terminal(tmp_path: Path) -> None:
    """Red ones, a note taken back, the weekly bulletin, an appeal by its title, and out."""
    path, now = tmp_path / "own.db", datetime.now(UTC).replace(microsecond=0)
    store = open_store(str(path), now=lambda: now, first=first_content, login=system_user())
    taken(store, appeal(title="占道经营影响通行", received_at=now - timedelta(hours=2)))
    store.close()
    env = {"XDG_DOCUMENTS_DIR": str(tmp_path / "papers")}
    with Window(tmp_path, "-m", "console", "--store", str(path), env=env) as window:

        def then(keys: str, shown: str) -> None:
            window.settle(0.2)  # the hand looks before it goes on
            since = len(window.seen)
            os.write(window._fd, keys.encode())
            window.shown(shown, since)

        then("1", "只看红")
        os.write(window._fd, b"0")
        then("n", "批注 · WH")
        then("市民来电", "市民来电")
        then("\r", "已批注")
        then("u", "已撤销：批注 WH")
        then("\x1bOR", "群众满意率")
        then("o", "全套已写入")
        then(":", "查找 · 命令")
        then("占道", "占道经营影响")
        then("\r", "诉求内容")
        os.write(window._fd, b"\x11")
        assert window.code() == 0
        assert window.kept == []
    assert list((tmp_path / "papers").rglob("*.xlsx"))
