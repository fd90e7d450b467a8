"""Work away from the screen: in a thread of its own group, its answer a message."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from console.frame.failure import told
from models.store import StoreError

Say = Callable[[Message], None]
Again = Callable[[], None]

SETTLED = 5
"""Seconds after the store is open in which the screens have what they begin with."""


@dataclass
class Refusal(Message):
    """A job was refused by the rules or the store; ``line`` says what to do next.

    ``again`` opens the form once more with what was typed, where the store failed.
    """

    group: str
    line: str
    again: Again | None = None


def start(
    node: DOMNode, group: str, job: Callable[[Say], None], again: Again | None = None
) -> None:
    """Run ``job`` in a thread; a job of the same ``group`` still under way is given up.

    The job answers by the ``say`` it is handed, as often as it has news; what a job that was
    given up still says is not heard. What a person can put right becomes a ``Refusal``: only a
    mistake of the program itself ends the console.
    """

    def run() -> None:
        worker = get_current_worker()

        def say(message: Message) -> None:
            if not worker.is_cancelled:
                node.post_message(message)

        try:
            job(say)
        except Exception as error:
            line = told(error)
            if line is not None:
                say(Refusal(group, line, again if isinstance(error, StoreError) else None))
            elif not worker.is_cancelled:
                raise

    node.run_worker(run, name=group, group=group, exclusive=True, thread=True)


def collect_again() -> None:
    """Collect garbage again where the start had stopped that; what it has made stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
