"""How units are counted, ranked and flagged over a period."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.ranking.lastplace import (
        MonthTable as MonthTable,
        Run as Run,
        last_places as last_places,
        last_running as last_running,
        running as running,
        withdrawal as withdrawal,
    )
    from rules.ranking.periods import (
        Kind as Kind,
        Period as Period,
        last_complete as last_complete,
        parse_period as parse_period,
        period_after as period_after,
        period_before as period_before,
        period_containing as period_containing,
    )
    from rules.ranking.prominent import (
        Crowd as Crowd,
        OldAppeal as OldAppeal,
        Prominent as Prominent,
        Report as Report,
        crowds as crowds,
        prominent_long as prominent_long,
    )
    from rules.ranking.rules import FlagPolicy as FlagPolicy, RankingPolicy as RankingPolicy
    from rules.ranking.standing import (
        LEAST_RANKED as LEAST_RANKED,
        Entry as Entry,
        Standing as Standing,
        print_rate as print_rate,
        rank_units as rank_units,
    )
    from rules.ranking.tally import DEFINITIONS as DEFINITIONS, Tally as Tally

__getattr__, __dir__ = lazily(
    __name__,
    {
        "lastplace": ("MonthTable", "Run", "last_places", "last_running", "running", "withdrawal"),
        "periods": (
            "Kind",
            "Period",
            "last_complete",
            "parse_period",
            "period_after",
            "period_before",
            "period_containing",
        ),
        "prominent": ("Crowd", "OldAppeal", "Prominent", "Report", "crowds", "prominent_long"),
        "rules": ("FlagPolicy", "RankingPolicy"),
        "standing": ("LEAST_RANKED", "Entry", "Standing", "print_rate", "rank_units"),
        "tally": ("DEFINITIONS", "Tally"),
    },
)
