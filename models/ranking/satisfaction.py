"""The two satisfactions of a period, original and verified, counted by SQL on either engine.

Original and verified satisfaction concern the same rounds: those that were rated in the period. The
original figures take the last valid rating of each, never a re-rating (群众改评). The verified ones
take the re-rating that answers it, where there is one, and leave out rounds whose exclusion (剔除,
or 非单位责任 taken out of the assessment) was approved. Checking takes days, so both count as known
when the figures are made (``known_at``), also where that is after the period's end: a re-rating
given in the week after belongs to the week of the rating it answers, and a revision of that week's
edition shows it. A rating that the citizen gives later by any other means stands for itself: what
is re-rated after it answers that one, in the period of that one.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.ranking.counted import Counted
from models.ranking.together import ACTED_FIRST

_WORDS = "('满意', '基本满意', '不满意')"


def _verified(kind: str, said: str, gone: str) -> dict[str, str]:
    """Return the conditions of the verified counts of one kind of rating."""
    name = "verified" if kind == "result" else f"verified_{kind}"
    return {
        f"{name}_satisfied": f"NOT {gone} AND {said} = '满意'",
        f"{name}_basic": f"NOT {gone} AND {said} = '基本满意'",
        f"{name}_unsatisfied": f"NOT {gone} AND {said} = '不满意'",
    }


def excluded(round_id: str) -> str:
    """Return the condition that a round is left out of the figures verified at ``:known_at``."""
    return f"""EXISTS (SELECT 1 FROM exclusion e WHERE e.round_id = {round_id}
                   AND e.approved AND e.decided_at <= :known_at)"""


def _rated(kind: str, more: Mapping[str, str] | None = None) -> Counted:
    """Return one kind of rating: the last valid one of each round in the period.

    ``gone`` says that the round is excluded, ``resaid`` is what the citizen said in its stead.
    """
    column = f"{kind}_rating"
    return Counted(
        among=f"""given AS (
        SELECT g.round_id, g.at, g.means, g.{column} AS said, {excluded("g.round_id")} AS gone,
               (SELECT x.{column} FROM rating x
                WHERE x.round_id = g.round_id AND x.means = 'rerating'
                  AND x.at >= g.at AND x.at <= :known_at AND x.{column} IN {_WORDS}
                  AND NOT EXISTS (SELECT 1 FROM rating h WHERE h.round_id = g.round_id
                                  AND h.means <> 'rerating' AND h.{column} IN {_WORDS}
                                  AND h.at > g.at AND h.at <= x.at)
                ORDER BY x.at DESC, x.id DESC LIMIT 1) AS resaid,
               row_number() OVER (PARTITION BY g.round_id ORDER BY g.at DESC, g.id DESC) AS back
        FROM rating g WHERE g.at >= :from_at AND g.at < :to_at
          AND g.means <> 'rerating' AND g.{column} IN {_WORDS})""",
        rows=f"""
    FROM given g JOIN round r ON r.id = g.round_id LEFT JOIN review v ON v.round_id = r.id
    WHERE g.back = 1 AND r.lead_unit_id IS NOT NULL AND r.id NOT IN ({ACTED_FIRST})""",
        counts={
            f"{kind}_satisfied": "g.said = '满意'",
            f"{kind}_basic": "g.said = '基本满意'",
            f"{kind}_unsatisfied": "g.said = '不满意'",
            **_verified(kind, "coalesce(g.resaid, g.said)", "g.gone"),
            **(more or {}),
        },
        at="g.at",
    )


def _silent(kind: str, more: Mapping[str, str] | None = None) -> Counted:
    """Return the rounds whose citizen let the days to rate go by in the period."""
    return Counted(
        among=f"""quiet AS (
        SELECT r.ticket_id, r.lead_unit_id, r.closed_at, {excluded("r.id")} AS gone
        FROM unit u CROSS JOIN round r
        WHERE r.lead_unit_id = u.id AND r.closed_at >= :silent_from AND r.closed_at < :silent_to
          AND NOT EXISTS (SELECT 1 FROM rating g WHERE g.round_id = r.id AND g.at < :to_at
                          AND g.{kind}_rating IN {_WORDS}))""",
        rows="FROM quiet r WHERE r.lead_unit_id IS NOT NULL",
        counts={
            f"{kind}_satisfied": "",
            ("verified" if kind == "result" else f"verified_{kind}") + "_satisfied": "NOT r.gone",
            **(more or {}),
        },
        at="r.closed_at",
    )


RATED = (
    _rated(
        "result",
        {
            "reviewed": "g.said = '不满意' AND v.decided_at < :to_at",
            "excluded": "g.gone",
            "rerated": "NOT g.gone AND g.resaid IS NOT NULL",
            "by_import": "g.means = 'import'",
            "by_callback": "g.means = 'callback'",
            "by_operator": "g.means NOT IN ('import', 'callback')",
        },
    ),
    _rated("work"),
)
"""What citizens said in the period."""

SILENT = (_silent("result", {"excluded": "r.gone", "by_default": ""}), _silent("work"))
"""What counts besides where silence is taken for satisfaction."""
