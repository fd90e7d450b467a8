"""Tallies, editions of the ranking, and flags."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.ranking.cases import TELLABLE as TELLABLE
    from models.ranking.counted import Counted as Counted
    from models.ranking.editions import EditionView as EditionView, computed as computed
    from models.ranking.evidence import (
        month_table as month_table,
        month_tables as month_tables,
        period_tables as period_tables,
        successors as successors,
    )
    from models.ranking.flags import (
        LAST_RUNNING as LAST_RUNNING,
        PROMINENT_LONG as PROMINENT_LONG,
        REAPPEARED as REAPPEARED,
        RULES as RULES,
        FlagView as FlagView,
        flags_of as flags_of,
        follow_rule as follow_rule,
        raise_flags as raise_flags,
    )
    from models.ranking.flows import flow_between as flow_between, hands_at as hands_at
    from models.ranking.frozen import edition_of as edition_of, published_in as published_in
    from models.ranking.hindsight import (
        Hindsight as Hindsight,
        TurnedRow as TurnedRow,
        rehearse_calendar_past as rehearse_calendar_past,
        rehearse_policy_past as rehearse_policy_past,
    )
    from models.ranking.places import (
        UnitPlace as UnitPlace,
        UnitPlaces as UnitPlaces,
        unit_places as unit_places,
        week_places as week_places,
    )
    from models.ranking.publishing import (
        Issue as Issue,
        files_of as files_of,
        publish_edition as publish_edition,
        published_issues as published_issues,
        whole_edition as whole_edition,
    )
    from models.ranking.remarks import remark_now as remark_now, write_remark as write_remark
    from models.ranking.tallies import tallies_of as tallies_of, tickets_behind as tickets_behind
    from models.ranking.waiting import (
        Waits as Waits,
        publication_waits as publication_waits,
    )
    from models.ranking.weeks import (
        UnitPeriod as UnitPeriod,
        unit_periods as unit_periods,
        unit_weeks as unit_weeks,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "cases": ("TELLABLE",),
        "counted": ("Counted",),
        "editions": ("EditionView", "computed"),
        "evidence": ("month_table", "month_tables", "period_tables", "successors"),
        "flags": (
            "FlagView",
            "LAST_RUNNING",
            "PROMINENT_LONG",
            "REAPPEARED",
            "RULES",
            "flags_of",
            "follow_rule",
            "raise_flags",
        ),
        "flows": ("flow_between", "hands_at"),
        "frozen": ("edition_of", "published_in"),
        "hindsight": (
            "Hindsight",
            "TurnedRow",
            "rehearse_calendar_past",
            "rehearse_policy_past",
        ),
        "remarks": ("remark_now", "write_remark"),
        "waiting": ("Waits", "publication_waits"),
        "publishing": (
            "Issue",
            "files_of",
            "publish_edition",
            "published_issues",
            "whole_edition",
        ),
        "places": ("UnitPlace", "UnitPlaces", "unit_places", "week_places"),
        "tallies": ("tallies_of", "tickets_behind"),
        "weeks": ("UnitPeriod", "unit_periods", "unit_weeks"),
    },
)
