"""F2 督办队列: which matter breaks next, and beside it the matter under the cursor."""

from __future__ import annotations

from console.screens.queue.screen import QueueScreen

__all__ = ["QueueScreen"]
