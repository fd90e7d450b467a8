"""Work away from the screen: a thread worker of its own exclusive group, answering by a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from rules.errors import DubanError

Say = Callable[[Message], None]


@dataclass
class Refusal(Message):
    """A job was refused by the rules or the store; ``line`` says what to do next."""

    group: str
    line: str


def start(node: DOMNode, group: str, job: Callable[[Say], None]) -> None:
    """Run ``job`` in a thread; a job of the same ``group`` still under way is given up.

    The job answers by the ``say`` it is handed, as often as it has news; what a job that was
    given up still says is not heard. A ``DubanError`` becomes a ``Refusal``.
    """

    def run() -> None:
        worker = get_current_worker()

        def say(message: Message) -> None:
            if not worker.is_cancelled:
                node.post_message(message)

        try:
            job(say)
        except DubanError as error:
            say(Refusal(group, str(error)))
        except Exception:
            if not worker.is_cancelled:
                raise

    node.run_worker(run, name=group, group=group, exclusive=True, thread=True)
