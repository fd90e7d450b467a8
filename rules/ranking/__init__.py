"""How units are counted, ranked and flagged over a period."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.ranking.bulletin import (
        IN_HAND as IN_HAND,
        REMARKS as REMARKS,
        RISING_LEAST as RISING_LEAST,
        RISING_TIMES as RISING_TIMES,
        STATES as STATES,
        Amount as Amount,
        Before as Before,
        Bulletin as Bulletin,
        Case as Case,
        Check as Check,
        Flow as Flow,
        HotSpot as HotSpot,
        InHand as InHand,
        Matter as Matter,
        Remark as Remark,
        Risen as Risen,
        UnitBefore as UnitBefore,
        ranked_counts as ranked_counts,
        rising as rising,
    )
    from rules.ranking.change import growth as growth, points as points, worse as worse
    from rules.ranking.hindsight import (
        STEPS as STEPS,
        Ended as Ended,
        StepThen as StepThen,
        UnitThen as UnitThen,
        counted as counted,
        fate as fate,
        is_late as is_late,
        past_due as past_due,
        units_then as units_then,
    )
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
        COMMUNITY_DIGITS as COMMUNITY_DIGITS,
        Crowd as Crowd,
        OldAppeal as OldAppeal,
        Prominent as Prominent,
        Report as Report,
        Shared as Shared,
        Telling as Telling,
        crowds as crowds,
        prominent_long as prominent_long,
        shared as shared,
    )
    from rules.ranking.rules import FlagPolicy as FlagPolicy, RankingPolicy as RankingPolicy
    from rules.ranking.standing import (
        LEAST_RANKED as LEAST_RANKED,
        Entry as Entry,
        Standing as Standing,
        print_rate as print_rate,
        rank_units as rank_units,
    )
    from rules.ranking.supervision import (
        TOLD as TOLD,
        OpenPaper as OpenPaper,
        SignedPaper as SignedPaper,
        Supervision as Supervision,
        supervised as supervised,
    )
    from rules.ranking.tally import DEFINITIONS as DEFINITIONS, Tally as Tally, share as share
    from rules.ranking.volume import Tier as Tier, tiers as tiers

__getattr__, __dir__ = lazily(
    __name__,
    {
        "bulletin": (
            "IN_HAND",
            "REMARKS",
            "RISING_LEAST",
            "RISING_TIMES",
            "STATES",
            "Amount",
            "Before",
            "Bulletin",
            "Case",
            "Check",
            "Flow",
            "HotSpot",
            "InHand",
            "Matter",
            "Remark",
            "Risen",
            "UnitBefore",
            "ranked_counts",
            "rising",
        ),
        "change": ("growth", "points", "worse"),
        "hindsight": (
            "STEPS",
            "Ended",
            "StepThen",
            "UnitThen",
            "counted",
            "fate",
            "is_late",
            "past_due",
            "units_then",
        ),
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
        "prominent": (
            "COMMUNITY_DIGITS",
            "Crowd",
            "OldAppeal",
            "Prominent",
            "Report",
            "Shared",
            "Telling",
            "crowds",
            "prominent_long",
            "shared",
        ),
        "rules": ("FlagPolicy", "RankingPolicy"),
        "standing": ("LEAST_RANKED", "Entry", "Standing", "print_rate", "rank_units"),
        "supervision": ("TOLD", "OpenPaper", "SignedPaper", "Supervision", "supervised"),
        "tally": ("DEFINITIONS", "Tally", "share"),
        "volume": ("Tier", "tiers"),
    },
)
