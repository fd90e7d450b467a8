"""The terminal, given back as it was found: after a signal, ctrl+z, a hangup or a crash."""

from __future__ import annotations

import asyncio
import os
import signal
from threading import Event
from typing import IO, TYPE_CHECKING, Any, cast

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from console.frame.base import Host

LEAVING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Signals after which the console is left in order; a second one ends it at once."""

AWAY = "督办台已转入后台：输入 fg 回来"


class Terminal(LinuxDriver):
    """Textual's driver, for a terminal that may be taken away, stopped or speak no UTF-8."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Made by the app."""
        super().__init__(*args, **kwargs)
        assert self._file is not None
        self._file = cast("Any", _Lenient(self._file))
        self.exit_event = _Ended(self.fileno)

    def start_application_mode(self) -> None:
        """Take the terminal, and hear the signals that end the console."""
        loop = asyncio.get_running_loop()
        for number in LEAVING:
            loop.add_signal_handler(number, self._leave, loop, number)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own

    def _leave(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        for each in LEAVING:
            loop.remove_signal_handler(each)
        cast("Host", self._app).leave_for(number)

    def suspend_application_mode(self) -> None:
        """Give the terminal back to the shell, and say how to return."""
        super().suspend_application_mode()
        print(AWAY, file=self._file, flush=True)

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again; who was stopped without notice never gave it back."""
        if not self._must_signal_resume and self._writer_thread is not None:
            super().suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()

    def _run_input_thread(self) -> None:
        """Read keys until the terminal is gone; bytes that are no UTF-8 are no keys."""
        while True:
            try:
                self.run_input_thread()
                if not os.isatty(self.fileno):
                    self._app.call_later(cast("Host", self._app).leave_for, signal.SIGHUP)
                return
            except UnicodeDecodeError:
                continue
            except Exception as error:
                self._app.call_later(self._app._handle_exception, error)
                return


class _Ended(Event):
    """Set when the console ends; or when its terminal is gone, whose empty reads never end."""

    def __init__(self, terminal: int) -> None:
        super().__init__()
        self._terminal = terminal

    def is_set(self) -> bool:
        return super().is_set() or not os.isatty(self._terminal)


class _Lenient:
    """A terminal to write to, which may be gone: what it no longer takes is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        try:
            return self._file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            return

    def fileno(self) -> int:
        return self._file.fileno()
