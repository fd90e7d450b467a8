"""社区警务群: what may be kept of a message, minute times, how fast answers and arrivals are."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.police.alarm import CALL_110 as CALL_110, alarm_in as alarm_in
    from rules.police.group import GROUP_COLUMNS as GROUP_COLUMNS, Group as Group
    from rules.police.message import (
        CLUE as CLUE,
        MESSAGE as MESSAGE,
        MESSAGE_COLUMNS as MESSAGE_COLUMNS,
        Message as Message,
        Times as Times,
        Unread as Unread,
        clue_word as clue_word,
        plain_text as plain_text,
        read_group as read_group,
        read_message as read_message,
        require_order as require_order,
        shown_once as shown_once,
        shown_twice as shown_twice,
        unread as unread,
    )
    from rules.police.minutes import (
        LEAST_GROUPS as LEAST_GROUPS,
        UNRANKED as UNRANKED,
        Spread as Spread,
        in_minutes as in_minutes,
        spread as spread,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "alarm": ("CALL_110", "alarm_in"),
        "group": ("GROUP_COLUMNS", "Group"),
        "message": (
            "CLUE",
            "MESSAGE",
            "MESSAGE_COLUMNS",
            "Message",
            "Times",
            "Unread",
            "clue_word",
            "plain_text",
            "read_group",
            "read_message",
            "require_order",
            "shown_once",
            "shown_twice",
            "unread",
        ),
        "minutes": ("LEAST_GROUPS", "UNRANKED", "Spread", "in_minutes", "spread"),
    },
)
