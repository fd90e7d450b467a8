"""诉求: the whole appeal, and the part of it that stands beside the queue."""

from __future__ import annotations




