"""How many orders were issued: they are rare, and the screen of orders says so first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class Issued:
    """督办单 signed this month and this year, void ones left out."""

    month: int
    year: int


_ISSUED = Query(
    Issued,
    """
SELECT coalesce(sum(CASE WHEN signed_at >= :month THEN 1 ELSE 0 END), 0) AS month,
       count(*) AS year
FROM supervision_order
WHERE kind = 'order' AND signed_at >= :year AND signed_at <= :now AND status <> 'void'
""",
)


def orders_issued(source: Source, keeper: Timekeeper, now: datetime) -> Issued:
    """Return how many orders were signed in the bureau's month and year up to ``now``."""
    month = keeper.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = source.first(_ISSUED, month=month, year=month.replace(month=1), now=now)
    return found or Issued(0, 0)
