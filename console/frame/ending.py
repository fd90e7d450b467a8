"""How the console ends or pauses: by a key, by a signal, by a mistake of its own."""

from __future__ import annotations

import os
import signal

from textual import on
from textual.app import App
from textual.driver import Driver
from textual.worker import WorkerFailed

from console.frame.session import Session

SIGNALLED = 128
"""The exit code after a signal is this and its number, as shells have it."""


class EndingApp(App[None], inherit_bindings=False):
    """An app that leaves nothing behind; ``ended_by`` is the signal that ended it."""

    session: Session | None = None
    ended_by: int | None = None

    @property
    def fault(self) -> BaseException | None:
        """What went wrong, in a worker rather than that a worker went wrong."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def tell(self, line: str, *, warning: bool = False) -> None:
        """Say a line to whoever looks."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Quit from a root screen; elsewhere say how to."""
        if len(self.screen_stack) == 1:
            self.exit()
        else:
            self.action_how_to_quit()

    def action_how_to_quit(self) -> None:
        """Say how to quit."""
        self.tell("Esc 返回上一步 · 在主屏按 q 或随时按 Ctrl+Q 退出")

    def action_suspend_process(self) -> None:
        """Give the terminal back to the shell until it brings the console back."""
        driver = self._driver
        if driver is None or not driver.can_suspend or not _has_a_shell():
            self.tell("这个窗口里没有可以返回的命令行，不能转入后台", warning=True)
            return
        self._suspend_signal()
        os.kill(0, signal.SIGTSTP)

    @on(Driver.SignalResume)
    def _resumed(self) -> None:
        self.refresh(layout=True)

    def leave_for(self, signal: int) -> None:
        """Leave in order, told to by a signal: no query is waited for."""
        self.ended_by = signal
        if self.session is not None:
            self.session.interrupt_all()
        self.exit()

    def _fatal_error(self) -> None:
        """Close without a traceback: it would show citizens' text; ``run`` reports the error."""
        self.bell()
        self._close_messages_no_wait()


def _has_a_shell() -> bool:
    """Return whether a shell stands behind the console that can bring it back.

    A shell with jobs gives each its own process group; a window that runs nothing but the console
    would stand still for ever.
    """
    return os.getpgrp() != os.getsid(0)
