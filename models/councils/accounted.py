"""挂账 of each unit at the end of a period, in number and share, as a ranking prints it."""

from __future__ import annotations

from dataclasses import dataclass

from models.store import Query, Source
from rules.ranking import Period


@dataclass(frozen=True, slots=True)
class _Accounted:
    """A unit's appeals on account at an instant, and all it had in hand."""

    unit: str
    accounts: int
    hand: int


_ACCOUNTED = Query(
    _Accounted,
    """
SELECT u.short_name AS unit, x.accounts,
       (SELECT count(*) FROM round r WHERE r.lead_unit_id = u.id AND r.dispatched_at < :at
        AND (r.closed_at IS NULL OR r.closed_at >= :at)) AS hand
FROM (SELECT unit_id, count(*) AS accounts FROM suspended_account
      WHERE began_at < :at AND (ended_at IS NULL OR ended_at >= :at)
      GROUP BY unit_id) x
JOIN unit u ON u.id = x.unit_id ORDER BY x.accounts DESC, u.code
""",
)

_FIRST = """
SELECT count(*) FROM act_first f WHERE f.ordered_at < :at
AND (f.settled_at IS NULL OR f.settled_at >= :at OR f.owner_unit_id <> f.unit_id)
"""


def account_notes(source: Source, period: Period) -> tuple[str, ...]:
    """Return what a ranking prints of 挂账 and 先办后议 at a period's end; nothing where none is.

    Every unit with an account is named, with its number and its share of what it had in hand.
    """
    found = source.read(_ACCOUNTED, at=period.to_at)
    notes = []
    if found:
        whole = sum(one.accounts for one in found)
        each = "、".join(f"{one.unit}{one.accounts}件（{_share(one)}）" for one in found)
        notes.append(f"期末挂账{whole}件，占各单位在办件的比例：{each}；挂账件照常评价")
    if first := int(source.value(_FIRST, at=period.to_at) or 0):
        notes.append(f"先办后议{first}件次，归属未定或议定属其他单位的，时限和评价不计先办单位")
    return tuple(notes)


def _share(one: _Accounted) -> str:
    """Return a share in percent with one decimal, half up."""
    tenths = (one.accounts * 2000 + one.hand) // (2 * one.hand) if one.hand else 1000
    return f"{tenths // 10}.{tenths % 10}%"
