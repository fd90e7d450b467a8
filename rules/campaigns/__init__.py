"""专题 and 特殊时期: documents, notices, tasks and what a campaign's closing needs."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.campaigns.commands import (
        Document as Document,
        commanded as commanded,
        pause_notice as pause_notice,
        resume_notice as resume_notice,
    )
    from rules.campaigns.ranked import APART as APART, Ranked as Ranked, ranked_in as ranked_in
    from rules.campaigns.tasks import (
        COLUMNS as COLUMNS,
        DONE as DONE,
        Reported as Reported,
        Unread as Unread,
        read_progress as read_progress,
        require_reasons as require_reasons,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "commands": ("Document", "commanded", "pause_notice", "resume_notice"),
        "ranked": ("APART", "Ranked", "ranked_in"),
        "tasks": ("COLUMNS", "DONE", "Reported", "Unread", "read_progress", "require_reasons"),
    },
)
