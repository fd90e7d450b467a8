"""社区警务群: groups, messages with minute clocks, clues by number alone, how fast answers are."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.police.group_files import (
        TakenMessages as TakenMessages,
        take_messages as take_messages,
    )
    from models.police.groups import (
        GroupView as GroupView,
        LoadedGroups as LoadedGroups,
        end_group as end_group,
        group_list as group_list,
        group_named as group_named,
        load_groups as load_groups,
    )
    from models.police.messages import (
        MessageView as MessageView,
        message_list as message_list,
        message_of as message_of,
    )
    from models.police.minute_figures import MinuteRow as MinuteRow, minute_rows as minute_rows
    from models.police.recorded import (
        exported as exported,
        hand_on as hand_on,
        record_message as record_message,
        record_receipt as record_receipt,
        tell_times as tell_times,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "group_files": ("TakenMessages", "take_messages"),
        "groups": (
            "GroupView",
            "LoadedGroups",
            "end_group",
            "group_list",
            "group_named",
            "load_groups",
        ),
        "messages": ("MessageView", "message_list", "message_of"),
        "minute_figures": ("MinuteRow", "minute_rows"),
        "recorded": (
            "exported",
            "hand_on",
            "record_message",
            "record_receipt",
            "tell_times",
        ),
    },
)
