"""The papers of the ladder: their policy, what holds of each appeal on them, and their words.

The ladder is 提示函 → 督办单 → 二次督办 → 约谈 → 移送, and 催办 beside it.
"""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.orders.causes import (
        LAST_PLACE as LAST_PLACE,
        LATE as LATE,
        MIXED as MIXED,
        OVERDUE as OVERDUE,
        PRESSING as PRESSING,
        PROMINENT as PROMINENT,
        UNACKNOWLEDGED as UNACKNOWLEDGED,
        UNSATISFIED as UNSATISFIED,
        cause_of as cause_of,
        demands_of as demands_of,
        title_of as title_of,
        true_words as true_words,
    )
    from rules.orders.content import (
        Heading as Heading,
        order_content as order_content,
    )
    from rules.orders.demands import OrderPolicy as OrderPolicy
    from rules.orders.facts import (
        Act as Act,
        Facts as Facts,
        Given as Given,
        Joined as Joined,
    )
    from rules.orders.history import (
        CoUnit as CoUnit,
        Earlier as Earlier,
        Instruction as Instruction,
        Reminded as Reminded,
        followed as followed,
        helped as helped,
        instructed as instructed,
        preceded as preceded,
        reminded as reminded,
    )
    from rules.orders.holding import (
        Reworded as Reworded,
        Words as Words,
        instead as instead,
        proposed as proposed,
        reworded as reworded,
        stands as stands,
        true_again as true_again,
    )
    from rules.orders.merged import MERGE_VERBS as MERGE_VERBS, joined_by as joined_by
    from rules.orders.months import (
        LISTED as LISTED,
        UnitMonth as UnitMonth,
        month_statements as month_statements,
    )
    from rules.orders.own import BLANK as BLANK, own_content as own_content
    from rules.orders.progress import (
        Extended as Extended,
        Paused as Paused,
        Replied as Replied,
        extended as extended,
        paused as paused,
        replied as replied,
    )
    from rules.orders.replaying import (
        READ_VERBS as READ_VERBS,
        Handling as Handling,
        Told as Told,
        replay as replay,
        still_standing as still_standing,
    )
    from rules.orders.sentences import order_statements as order_statements

__getattr__, __dir__ = lazily(
    __name__,
    {
        "causes": (
            "LAST_PLACE",
            "LATE",
            "MIXED",
            "OVERDUE",
            "PRESSING",
            "PROMINENT",
            "UNACKNOWLEDGED",
            "UNSATISFIED",
            "cause_of",
            "demands_of",
            "title_of",
            "true_words",
        ),
        "content": ("Heading", "order_content"),
        "facts": ("Act", "Facts", "Given", "Joined"),
        "demands": ("OrderPolicy",),
        "holding": ("Reworded", "Words", "instead", "proposed", "reworded", "stands", "true_again"),
        "replaying": ("READ_VERBS", "Handling", "Told", "replay", "still_standing"),
        "sentences": ("order_statements",),
        "history": (
            "Earlier",
            "CoUnit",
            "Instruction",
            "Reminded",
            "followed",
            "helped",
            "instructed",
            "preceded",
            "reminded",
        ),
        "merged": ("MERGE_VERBS", "joined_by"),
        "months": ("LISTED", "UnitMonth", "month_statements"),
        "progress": ("Extended", "Paused", "Replied", "extended", "paused", "replied"),
        "own": ("BLANK", "own_content"),
    },
)
