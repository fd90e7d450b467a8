"""The annexes of a bulletin: every place, who is not ranked, who is late, what is unsatisfied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from console.ranking.judged import open_papers
from console.ranking.passages import Grid, Passage, Variant, columns
from console.ranking.sections import late_rows
from console.ranking.standings import SHORT, columns_named, group_name, printed
from rules.casework import CAUSES, VERDICTS

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Bulletin

WIDTHS = (8, 9, 26, 13, 13, 9, 8, 8, 13, 13, 8, 13, 8, 9)
"""Millimetres of the columns of ``SHORT``."""


def annexes(view: EditionView, bulletin: Bulletin, variant: Variant) -> Iterator[Passage]:
    """Return the annexes of a variant in their order; those with nothing to list are left out."""
    if variant == "public":
        return
    yield Passage("分组排名表", tuple(_places(view)))
    for title, grid in (
        ("不排位次的单位", _unranked(view)),
        ("有逾期件的单位", _late(view, bulletin)),
        ("未销号的督办文书", open_papers(view, bulletin)),
        ("不满意件", _unsatisfied(view, bulletin)),
    ):
        if grid is not None:
            yield Passage(title, (grid,))


def _places(view: EditionView) -> Iterator[Grid]:
    shown = columns_named(SHORT)
    lefts = tuple(n for n, column in enumerate(shown) if column.title == "单位")
    for group, table in view.groups.items():
        counted = [row for row in table if row.grade]
        if counted:
            title = group_name(group)
            if not any(row.ranked for row in counted):
                title += f"（{counted[0].reason}，不排位次）"
            rows = tuple(map(_short, printed(shown, counted)))
            yield Grid(title, WIDTHS, tuple(c.title for c in shown), rows, lefts)


def _short(line: Sequence[str]) -> tuple[str, ...]:
    """Return a line for narrow columns: what is whole needs no decimals."""
    return tuple(cell.replace("100.00%", "100%") for cell in line)


def _unranked(view: EditionView) -> Grid | None:
    few = [row for row in view.rows if row.grade is None]
    if not few:
        return None
    cells = ((row.unit, group_name(row.group), str(row.tally.rated)) for row in few)
    return Grid(
        "有效评价件数不足，不排位次、不评等次",
        (30, 28, 20, 30, 28, 20),
        ("单位", "组别", "有效评价") * 2,
        tuple(columns(cells, 2, 3)),
        (0, 1, 3, 4),
    )


def _late(view: EditionView, bulletin: Bulletin) -> Grid | None:
    late = late_rows(view, bulletin)
    if not late:
        return None
    cells = ((row.unit, str(closed), str(unfinished)) for row, closed, unfinished in late)
    return Grid(
        "本期逾期办结和期末逾期未结（件次），两项合计从多到少",
        (38, 20, 20, 38, 20, 20),
        ("单位", "逾期办结", "逾期未结") * 2,
        tuple(columns(cells, 2, 3)),
        (0, 3),
    )


def _unsatisfied(view: EditionView, bulletin: Bulletin) -> Grid | None:
    if not bulletin.matters:
        return None
    verified, shown = view.total.verified, len(bulletin.matters)
    whole = shown if verified is None else verified.unsatisfied
    some = f"，共{whole}件次，列{shown}件，举报、保密和反映单位的不列" if whole > shown else ""
    return Grid(
        f"核实后仍不满意的件（重办后仍不满意的在前，其余按评价先后{some}）",
        (38, 52, 28, 38),
        ("工单编号", "事项", "单位", "核查结论"),
        tuple(
            (
                one.number,
                f"{one.title}{'（重办后）' if one.again else ''}",
                one.unit,
                _verdict(one.verdict, one.cause),
            )
            for one in bulletin.matters
        ),
        (0, 1, 2),
    )


def _verdict(verdict: str | None, cause: str | None) -> str:
    if verdict is None:
        return "期末未核查"
    why = f"（{CAUSES[cause]}）" if cause in CAUSES else ""
    return f"{VERDICTS.get(verdict, verdict)}{why}"
