"""Fields: the terminal's cursor stands in them, pastes are whole, full-width signs are twins."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from datetime import timedelta
from fcntl import ioctl
from pathlib import Path

from rich.cells import cell_len

from console.frame.config import Config
from console.widgets.textfield import TextField
from models.store.store import Store
from tests.conftest import Clock
from tests.console.stage import Stage, play
from tests.models.appeals import column


def place_after(stage: Stage, text: str) -> tuple[int, int]:
    """Return the cell, column and row from 0, that follows a text on the screen."""
    for row, line in enumerate(stage.frame().splitlines()):
        before, found, _ = line.partition(text)
        if found:
            return cell_len(before + found), row
    raise AssertionError(f"{text} is not shown")


def test_the_cursor_of_the_terminal_stands_where_the_next_sign_will(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"小区停")
        assert stage.app.cursor_position == place_after(stage, "小区停")
        await stage.press("enter", "enter", "n")
        await stage.paste("第一段\n第二段停水")
        assert stage.app.cursor_position == place_after(stage, "第二段停水")
        await stage.press("left")
        assert stage.app.cursor_position == place_after(stage, "第二段停")
        await stage.press("end")
        await stage.resize(120, 40)
        assert stage.app.cursor_position == place_after(stage, "第二段停水")

    play(town, journey)


MOVES = re.compile(rb"\x1b\[(\d+);(\d+)H")
STYLES = re.compile(rb"\x1b\[[0-9;]*m")


CONSOLE = """
import sys
from console.__main__ import main
from console.frame import opening
opening.system_user = lambda: "tester"
main(["--store", sys.argv[1]])
"""


class Terminal:
    """A console in a real pseudo-terminal, and where it last left the cursor."""

    def __init__(self, store: Path, size: tuple[int, int]) -> None:
        """Start it on a store at ``size`` (columns, rows)."""
        self._seen = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", XDG_CONFIG_HOME=str(store.parent))
            os.execv(sys.executable, [sys.executable, "-c", CONSOLE, str(store)])
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        """Give it another size."""
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def send(self, keys: str, *, until: str) -> tuple[int, int]:
        """Type, wait until something is written; return the column and row of the cursor."""
        self._seen = b""
        os.write(self._fd, keys.encode())
        wanted, last = until.encode(), time.monotonic() + 20
        while time.monotonic() < last:
            shown = wanted in STYLES.sub(b"", self._seen)
            if select.select([self._fd], [], [], 0.2)[0]:
                self._seen += os.read(self._fd, 65536)
            elif shown:
                row, column = MOVES.findall(self._seen)[-1]
                return int(column), int(row)
        raise TimeoutError(f"{until} is not shown")

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)


def test_an_input_method_opens_in_the_field_of_a_real_terminal(town: Store, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "town.db", (80, 24))
    try:
        terminal.send("", until="电梯困人")
        terminal.send("\r", until="受理")
        opened = terminal.send("n", until="换行")
        typed = terminal.send("\x1b[200~第一段\n第二段\x1b[201~", until="第二段")
        assert typed == (opened[0] + 6, opened[1] + 1)
        assert terminal.send("a", until="a") == (typed[0] + 1, typed[1])
    finally:
        terminal.close()


def test_clocks_stand_still_while_somebody_writes(town: Store, clock: Clock) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "n")
        assert "发生时间 现在" in stage.frame()
        clock.travel_to(clock.now + timedelta(minutes=10))
        stage.app._tick()
        await stage.press("tab")
        stage.app._tick()
        await stage.settle()
        assert "15:20" in stage.frame().splitlines()[0]
        await stage.press("escape")
        stage.app._tick()
        await stage.settle()
        assert "15:30" in stage.frame().splitlines()[0]

    play(town, journey, config=Config(ascii=True))


def test_pasted_rows_of_a_sheet_stay_whole_in_a_field_of_one_line(town: Store) -> None:
    numbers = column(town, "SELECT number FROM ticket ORDER BY id LIMIT 2")

    async def journey(stage: Stage) -> None:
        await stage.press("f4", "d")
        await stage.paste("\n".join(numbers) + "\n")
        await stage.press("enter")

    play(town, journey)
    assert column(town, "SELECT count(*) FROM order_ticket") == [2]


def test_line_breaks_pasted_into_a_terminal_that_marks_no_paste_send_nothing(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "n")
        field = stage.app.screen.query_one(TextField)
        await stage.burst("第一段\n第二段")
        assert field.text == "第一段\n第二段"
        await stage.press("enter")
        assert not stage.app.screen.is_modal

    play(town, journey)
    assert column(town, "SELECT text FROM note WHERE kind = 'note'") == ["第一段\n第二段"]
