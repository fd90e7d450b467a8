"""公开版: units graded among those of like volume, nobody in a place (DESIGN §11 "Assessment")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.ranking.standing import Standing

TIERS = 3

POOR = "不合格"


@dataclass(frozen=True, slots=True)
class Tier:
    """Units of like volume: ``least`` to ``most`` rounds handed to each, by grade, then code.

    ``ungraded`` have too few ratings for the grade they would get.
    """

    least: int
    most: int
    units: int
    grades: tuple[tuple[str, tuple[Standing, ...]], ...]
    ungraded: tuple[Standing, ...]

    @property
    def name(self) -> str:
        """What it is called: 转办12件至40件."""
        if self.least == self.most:
            return f"转办{self.most}件"
        return f"转办{self.least}件至{self.most}件"


def tiers(rows: Sequence[Standing], poor_rated: int) -> tuple[Tier, ...]:
    """Return the units in three tiers of volume, the largest first; equals stand in one tier.

    ``poor_rated``: below so many ratings nobody is 不合格. Units that nothing was handed to and
    nobody rated are in no tier.
    """
    busy = [row for row in rows if row.tally.dispatched or row.tally.rated]
    ordered = sorted(busy, key=lambda row: (-row.tally.dispatched, row.code))
    found: list[list[Standing]] = [[] for _ in range(TIERS)]
    at = 0
    for n, row in enumerate(ordered):
        level = n and row.tally.dispatched == ordered[n - 1].tally.dispatched
        at = at if level else min(TIERS - 1, n * TIERS // len(ordered))
        found[at].append(row)
    return tuple(_tier(rows, poor_rated) for rows in found if rows)


def _tier(rows: Sequence[Standing], poor_rated: int) -> Tier:
    graded = [row for row in rows if _public_grade(row, poor_rated) is not None]
    return Tier(
        min(row.tally.dispatched for row in rows),
        max(row.tally.dispatched for row in rows),
        len(rows),
        tuple(
            (grade, tuple(sorted(some, key=lambda row: row.code)))
            for grade in ("优良", "合格", POOR)
            if (some := [row for row in graded if row.grade == grade])
        ),
        tuple(sorted((row for row in rows if row not in graded), key=lambda row: row.code)),
    )


def _public_grade(row: Standing, poor_rated: int) -> str | None:
    if row.grade == POOR and _placed_by(row) < poor_rated:
        return None
    return row.grade


def _placed_by(row: Standing) -> int:
    """Return how many ratings the grade of a unit rests on."""
    verified = row.tally.verified
    return verified.rated if row.by_verified and verified is not None else row.tally.rated
