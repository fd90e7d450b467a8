"""The two screens a day begins with: the supervision queue, and what waits for a decision."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.views.desk.screen import DeskScreen as DeskScreen
    from console.views.queue.screen import QueueScreen as QueueScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "desk.screen": ("DeskScreen",),
        "queue.screen": ("QueueScreen",),
    },
)
