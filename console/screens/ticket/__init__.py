"""诉求: the whole appeal, and the part of it that stands beside the queue."""
