"""The screens a day begins with: the queue, what waits for a decision, the record."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.views.desk.screen import DeskScreen as DeskScreen
    from console.views.jump import find_anything as find_anything
    from console.views.queue.matters import MattersScreen as MattersScreen
    from console.views.queue.screen import QueueScreen as QueueScreen
    from console.views.record.screen import RecordScreen as RecordScreen
    from console.views.sheets import Look as Look, Sheet as Sheet, write_sheet as write_sheet

__getattr__, __dir__ = lazily(
    __name__,
    {
        "desk.screen": ("DeskScreen",),
        "jump": ("find_anything",),
        "queue.matters": ("MattersScreen",),
        "queue.screen": ("QueueScreen",),
        "record.screen": ("RecordScreen",),
        "sheets": ("Look", "Sheet", "write_sheet"),
    },
)
