"""What rises and repeats in a period, with examples: 热点与预警 of a bulletin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from console.ranking.passages import (
    Block,
    Grid,
    Passage,
    Sentences,
    Variant,
    columns,
    joined,
    listed,
)
from console.ranking.sections import amount_cells
from rules.ranking import RISING_LEAST, RISING_TIMES, rising

if TYPE_CHECKING:
    from rules.ranking import Bulletin, Risen

MOST_NAMED, MOST_CATEGORIES, MOST_RISEN = 6, 10, 5


def heat(bulletin: Bulletin, variant: Variant) -> Passage:
    """Return 六、热点与预警: what rises, what repeats, and examples."""
    blocks: list[Block] = list(_rises(bulletin))
    if variant != "public" and bulletin.risen is not None:
        blocks.append(Sentences(_risen(bulletin.risen), "民情"))
    people, tickets = bulletin.repeats
    again = f"同一人就同一类别反映两次以上的有{people}人、{tickets}件。" if people else ""
    spots = [f"{one.name}（{one.reporters}人{one.tickets}件）" for one in bulletin.hot_spots]
    several = (
        f"多人反映较集中的对象（不计举报件、保密件）：{'、'.join(spots)}。"
        if spots and variant != "public"
        else ""
    )
    if again or several:
        blocks.append(Sentences(joined(again, several)))
    blocks.append(_categories(bulletin))
    if variant != "public":
        for n, case in enumerate(bulletin.cases, 1):
            told = f"（{case.rule}，{case.number}，{case.unit}）{case.text}——{case.state}。"
            blocks.append(Sentences(told, f"典型案例{n}"))
    return Passage("热点与预警", tuple(blocks))


def _categories(bulletin: Bulletin) -> Grid:
    top = bulletin.categories[:MOST_CATEGORIES]
    told = [
        (name, count, change) for name, count, _, change in (amount_cells(one, 0) for one in top)
    ]
    return Grid(
        f"受理最多的{len(top)}类诉求（件）",
        (40, 14, 24, 40, 14, 24),
        ("类别", "本期", "环比") * 2,
        tuple(columns(told, 2, 3)),
        (0, 3),
    )


def _risen(risen: Sequence[Risen]) -> str:
    """Return what was found to appear, rise, come again or cross in the week."""
    if not risen:
        return "本周没有新出现、上升、重复或跨渠道跨区的问题。"
    told = [
        f"{one.name}（{'、'.join(one.signs)}，{one.count}件、{one.reporters}人，"
        f"{one.known_on.month}月{one.known_on.day}日即可发现）"
        for one in risen
    ]
    return f"本周新出现、上升、重复或跨渠道跨区的：{listed(told, MOST_RISEN, '项')}。"


def _rises(bulletin: Bulletin) -> Iterator[Sentences]:
    if bulletin.before is None:
        return
    found = [f"{one.name}（{one.before}件→{one.count}件）" for one in rising(bulletin.categories)]
    rule = f"本期不少于{RISING_LEAST}件且达到上期{RISING_TIMES}倍"
    told = f"{listed(found, MOST_NAMED, '类')}。" if found else "没有。"
    yield Sentences(f"异常增长的类别（{rule}）：{told}")
