"""A unit's months as an order for last places tells them: what was due, what citizens said, where.

Figures are those of the published edition where there is one, else of the records as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.paper import Statement
from rules.ranking import LEAST_RANKED, Standing, print_rate

FIELD = "事实"

COUNTS = "零一两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One month of one unit: ``period`` as 2026-10, its line in the ranking.

    ``ranked`` units of its table have a place, ``shared`` the unit's own; ``table`` names them
    (中心城区, or 全市 where all units stand in one). ``last``: it is in last place by the policy's
    rule. ``basis`` is the issue (通报第12期), "" of what is not published; ``events`` published it.
    """

    period: str
    standing: Standing
    ranked: int
    shared: int
    table: str
    last: bool
    basis: str = ""
    events: tuple[int, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether a place may be told: among at least three units."""
        return self.standing.place is not None and self.ranked >= LEAST_RANKED

    @property
    def label(self) -> str:
        """The month in words."""
        year, month = self.period.split("-")
        return f"{year}年{int(month)}月"


LISTED = "listed"
"""What the sentence claims that tells of the appeals annexed."""


def month_statements(
    months: Sequence[UnitMonth], listed: Mapping[str, tuple[int, ...]] | None = None
) -> tuple[Statement, ...]:
    """Return the unit's months in sentences, the oldest first, and that it was last running.

    ``listed`` are the numbers of the appeals annexed, rated 不满意 in the last month, with the
    events of the ratings.
    """
    told = [Statement("month", _month(one), FIELD, one.events) for one in months]
    if running := _running(months):
        events = tuple(seq for one in months for seq in one.events)
        told.append(Statement("last-running", running, FIELD, events))
    if months and listed:
        told.append(_listed(months[-1], listed))
    return tuple(told)


def _listed(month: UnitMonth, listed: Mapping[str, tuple[int, ...]]) -> Statement:
    """Tell of the list; what was mended since, or may not be told, makes it another number."""
    count = len(listed)
    if count == month.standing.tally.unsatisfied:
        text = f"{month.label}评价不满意的{count}件诉求，清单附后。"
    else:
        text = f"{month.label}评价不满意的诉求，按现有记录列出{count}件，清单附后。"
    events = tuple(dict.fromkeys(seq for told in listed.values() for seq in told))
    return Statement(LISTED, text, FIELD, events, tuple(listed))


def _month(one: UnitMonth) -> str:
    tally, basis = one.standing.tally, one.basis or "未发布，据现有记录"
    parts = [f"{one.label}（{basis}），你单位{_due(one)}"]
    if tally.rated:
        rate = print_rate(one.standing.result_rate)
        parts.append(
            f"收到有效评价{tally.rated}件，其中不满意{tally.unsatisfied}件，群众满意率{rate}"
            f"{_verified(one.standing)}"
        )
    else:
        parts.append("没有收到有效评价")
    told = "；".join(parts)
    if one.placed:
        tie = f"（{one.shared}家并列）" if one.shared > 1 else ""
        by = "按核实后的满意率，" if one.standing.by_verified else ""
        told += f"，{by}在{one.table}{one.ranked}家参加排名单位中列第{one.standing.place}位{tie}"
    return f"{told}。"


def _due(one: UnitMonth) -> str:
    tally = one.standing.tally
    if not tally.due:
        return "没有到期应办结的诉求"
    extended = f"（含延期后按时{tally.after_extension}件）" if tally.after_extension else ""
    kept = tally.on_time + tally.after_extension
    return (
        f"应办结{tally.due}件，按时办结{kept}件{extended}，"
        f"按时办结率{print_rate(tally.on_time_rate)}"
    )


def _verified(standing: Standing) -> str:
    if standing.tally.verified is None or not (standing.tally.rerated or standing.tally.excluded):
        return ""
    rate = print_rate(standing.verified_rate, (standing.result_rate,))
    return f"，核实后{rate}（{standing.tally.changes}）"


def _running(months: Sequence[UnitMonth]) -> str:
    """Return that a unit was last in every month, "" where it was not or may not be told."""
    if not months or not all(one.last and one.placed for one in months):
        return ""
    labels = [one.label for one in months]
    tables = {one.table for one in months}
    where = f"{tables.pop()}参加排名单位" if len(tables) == 1 else "所在组参加排名单位"
    if len(months) == 1:
        return f"你单位{labels[0]}群众满意率列{where}末位。"
    first = months[0].period.split("-")[0]
    short = [labels[0], *(label.removeprefix(f"{first}年") for label in labels[1:])]
    count = COUNTS[len(months)] if len(months) < len(COUNTS) else str(len(months))
    run = f"连续{count}个月" if _adjacent(months) else f"最近{count}次参加月度排名均"
    return f"你单位{'、'.join(short)}群众满意率{run}列{where}末位。"


def _adjacent(months: Sequence[UnitMonth]) -> bool:
    numbers = [int(year) * 12 + int(month) for year, month in (m.period.split("-") for m in months)]
    return all(after == before + 1 for before, after in pairwise(numbers))
