"""The appeals behind a figure of the board, and where the list of them says it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.frame import Session
from console.ranking.columns import BoardFigure, Row
from models import ranking

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Period


@dataclass(frozen=True, slots=True)
class Behind:
    """The tickets behind a figure, and the line that says where they come from."""

    origin: str
    ticket_ids: tuple[int, ...]


def behind(session: Session, view: EditionView, row: Row, figure: BoardFigure) -> Behind:
    """Return the tickets behind a figure of the board, as they are found now."""
    with session.reading("figure") as reader:
        found = ranking.tickets_behind(
            reader,
            view.period,
            figure.counts,
            row.units,
            view.unrated,
            session.store.now(),
            view.left_out,
        )
    ids = tuple(dict.fromkeys(found))
    if figure.verified and row.tally.verified is None:
        told = "（发布时未计核实后的数）"
    else:
        said = figure.of(row.tally)
        told = _difference(said, len(found), view.published) or _twice(len(found), len(ids))
    place = _short(view.period) if told else view.period.label
    return Behind(" · ".join((place, row.name, figure.opens + told)), ids)


def _difference(said: int, now: int, published: bool) -> str:
    """Return that records were changed since the figure was counted, nothing if they were not."""
    if said == now:
        return ""
    if published:
        return f"（已发布数 {said}，现有 {now}件：此后有改动）"
    return f"（表上 {said}，现有 {now}件：按 r 刷新排名）"


def _twice(counted: int, tickets: int) -> str:
    """Return that some appeals are counted for several rounds, nothing if none is."""
    return f"（{counted}轮次，同一诉求只列一行）" if counted > tickets else ""


def _short(period: Period) -> str:
    """Return a week by its number alone: 第47周."""
    return period.label.split()[-1]
