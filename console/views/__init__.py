"""The screens a day begins with: the queue, what waits for a decision, what a number stands for."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.views.desk.screen import DeskScreen as DeskScreen
    from console.views.queue.matters import MattersScreen as MattersScreen
    from console.views.queue.screen import QueueScreen as QueueScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "desk.screen": ("DeskScreen",),
        "queue.matters": ("MattersScreen",),
        "queue.screen": ("QueueScreen",),
    },
)
