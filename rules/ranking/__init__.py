"""How units are counted, ranked and flagged over a period."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.ranking.lastplace import MonthTable as MonthTable
    from rules.ranking.lastplace import Run as Run
    from rules.ranking.lastplace import last_places as last_places
    from rules.ranking.lastplace import last_running as last_running
    from rules.ranking.lastplace import running as running
    from rules.ranking.lastplace import withdrawal as withdrawal
    from rules.ranking.periods import Kind as Kind
    from rules.ranking.periods import Period as Period
    from rules.ranking.periods import last_complete as last_complete
    from rules.ranking.periods import parse_period as parse_period
    from rules.ranking.periods import period_after as period_after
    from rules.ranking.periods import period_before as period_before
    from rules.ranking.prominent import Crowd as Crowd
    from rules.ranking.prominent import OldAppeal as OldAppeal
    from rules.ranking.prominent import Prominent as Prominent
    from rules.ranking.prominent import Report as Report
    from rules.ranking.prominent import crowds as crowds
    from rules.ranking.prominent import prominent_long as prominent_long
    from rules.ranking.rules import FlagPolicy as FlagPolicy
    from rules.ranking.rules import RankingPolicy as RankingPolicy
    from rules.ranking.standing import Entry as Entry
    from rules.ranking.standing import Standing as Standing
    from rules.ranking.standing import print_rate as print_rate
    from rules.ranking.standing import rank_units as rank_units
    from rules.ranking.tally import DEFINITIONS as DEFINITIONS
    from rules.ranking.tally import Tally as Tally

__getattr__, __dir__ = lazily(
    __name__,
    {
        "lastplace": ("MonthTable", "Run", "last_places", "last_running", "running", "withdrawal",),
        "periods": ("Kind", "Period", "last_complete", "parse_period", "period_after", "period_before",),
        "prominent": ("Crowd", "OldAppeal", "Prominent", "Report", "crowds", "prominent_long",),
        "rules": ("FlagPolicy", "RankingPolicy",),
        "standing": ("Entry", "Standing", "print_rate", "rank_units",),
        "tally": ("DEFINITIONS", "Tally",),
    },
)
