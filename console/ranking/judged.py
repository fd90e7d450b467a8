"""The parts of a bulletin that name units: places or grades, 督办, and who will need attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from console.ranking.passages import (
    NUMERALS,
    Block,
    Grid,
    Passage,
    Sentences,
    Variant,
    listed,
)
from console.ranking.standings import group_name
from rules.casework import PAPER_NAMES
from rules.clocks import due_day
from rules.ranking import REMARKS, Bulletin, Standing, Supervision, UnitBefore, print_rate, tiers

if TYPE_CHECKING:
    from models.ranking import EditionView

MOST_NAMED = 5

FIRST = 3
"""Places that are named from the top of a group."""

LEAST_FALL = 3
"""Places: a smaller fall is not told."""

LEVELS = {1: "蓝色", 2: "黄色", 3: "红色"}


def ranking(view: EditionView) -> Passage:
    """Return 四、单位排名: the first and the last of each group; every place is in the annex."""
    grid = Grid(
        "各组首末位（群众满意率）",
        (22, 18, 62, 27, 27),
        ("组别", "排名单位", f"前{FIRST}位", "末位", "位次下降最多"),
        tuple((group_name(group), *_extremes(table)) for group, table in view.groups.items()),
        (0, 2, 3, 4),
    )
    return Passage("单位排名", (grid, Sentences(_unranked(view))))


def _extremes(table: Sequence[Standing]) -> tuple[str, str, str, str]:
    """Return how many are ranked, the first, the last and who fell most; why there is none."""
    ranked = [row for row in table if row.ranked]
    if not ranked:
        few = next((row.reason for row in table if row.grade), None)
        return "0", f"{few or '没有评价够数的单位'}，不排位次", "—", "—"
    last = max(row.place or 0 for row in ranked)
    if last == 1:
        return str(len(ranked)), "位次相同", "—", "—"
    first = [_with_rate(row) for row in ranked if (row.place or 0) <= min(FIRST, last - 1)]
    low = [_with_rate(row) for row in ranked if row.place == last]
    return str(len(ranked)), "、".join(first), "、".join(low), _fallen(ranked)


def _with_rate(row: Standing) -> str:
    return f"{row.unit}{print_rate(row.place_rate)}"


def _fallen(ranked: Sequence[Standing]) -> str:
    """Return who fell most since the period before, by at least three places."""
    lowest = min((row.movement for row in ranked if row.movement is not None), default=0)
    if lowest > -LEAST_FALL:
        return "—"
    named = [row.unit for row in ranked if row.movement == lowest]
    return f"{listed(named, 2)}（降{-lowest}位）"


def _unranked(view: EditionView) -> str:
    few = sum(row.grade is None for row in view.rows)
    told = "各单位位次和各项指标见附件。"
    return f"{told}有效评价件数不足、不排位次的{few}个单位另表列出。" if few else told


def grades(view: EditionView, poor_rated: int) -> Passage:
    """Return 四、单位评定 of the public edition: grades among units of like volume, no places."""
    tiered = tiers(view.rows, poor_rated)
    blocks: list[Block] = [
        Sentences(
            "按本期转办件次分三档，同档内按群众满意率评定等次，不排位次；"
            f"有效评价不足{poor_rated}件的不评不合格，同一等次内按单位代码排列。"
        )
    ]
    for n, tier in enumerate(tiered):
        told = [
            f"{grade}{len(rows)}个（{'、'.join(row.unit for row in rows)}）"
            for grade, rows in tier.grades
        ]
        if tier.ungraded:
            told.append(f"评价件数不足、不评等次{len(tier.ungraded)}个")
        lead = f"（{NUMERALS[n]}）{tier.name}的{tier.units}个单位："
        blocks.append(Sentences(f"{'；'.join(told)}。", lead))
    idle = len(view.rows) - sum(tier.units for tier in tiered)
    if idle:
        blocks.append(Sentences(f"另有{idle}个单位本期没有转办件和评价，不列。"))
    low = [row.unit for tier in tiered for row in dict(tier.grades).get("不合格", ())]
    if low:
        blocks.append(Sentences(f"群众满意率排名靠后的单位：{'、'.join(low)}。"))
    return Passage("单位评定", tuple(blocks))


def supervision(view: EditionView, bulletin: Bulletin, variant: Variant) -> Passage:
    """Return 五、督办情况: what went out and came back, and last period's problems again."""
    told = bulletin.supervision
    blocks: list[Block] = [Sentences(_issued(told))]
    if variant != "public":
        if late := [f"{one.unit}（{one.number}）" for one in told.open if one.late]:
            blocks.append(
                Sentences(f"到期未反馈的{len(late)}份：{listed(late, MOST_NAMED, '份')}。")
            )
        blocks.append(Sentences(_again(view, bulletin), "上期问题回头看"))
    return Passage("督办情况", tuple(blocks))


def _issued(told: Supervision) -> str:
    year = f"本年度截至期末共印发督办单{told.this_year}份。"
    if not (told.total or told.received or told.answered or told.closed or told.open):
        return f"本期没有印发、签收、反馈和销号的督办文书，期末没有未销号的。{year}"
    if not told.total:
        sent = "本期没有印发督办文书"
    else:
        kinds = "、".join(f"{_paper_name(kind, level)}{n}份" for kind, level, n in told.issued)
        gone = f"（其中作废{told.void}份）" if told.void else ""
        sent = f"本期印发{kinds}{gone}"
    carried = ""
    if told.carried:
        carried = f"期初未销号的{told.carried}份，本期销号{told.carried_closed}份；"
    return (
        f"{sent}；收到签收{told.received}份、反馈{told.answered}份，销号{told.closed}份。"
        f"{carried}期末未销号{len(told.open)}份。{year}"
    )


def _paper_name(kind: str, level: int) -> str:
    name = PAPER_NAMES.get(kind, kind)
    return f"{LEVELS.get(level, '')}{name}" if kind == "order" else name


def _again(view: EditionView, bulletin: Bulletin) -> str:
    before = bulletin.before
    if before is None:
        return "：没有完整的上期数据。"
    rows = {row.unit_id: row for row in view.rows}
    looked = [one for one in before.units if one.grade == "不合格" or one.last]
    if not looked:
        return "：上期没有不合格和排末位的单位。"
    told = [f"{one.unit}（上期{_why(one)}{one.rate}，本期{_now(rows, one)}）" for one in looked]
    return f"：{listed(told, MOST_NAMED)}。"


def _why(one: UnitBefore) -> str:
    words = ("不合格", one.grade == "不合格"), ("末位", one.last)
    return "、".join(word for word, so in words if so)


def _now(rows: Mapping[int, Standing], one: UnitBefore) -> str:
    row = rows.get(one.unit_id)
    if row is None:
        return "不在统计之列"
    if row.grade is None:
        return "评价件数不足"
    return f"{print_rate(row.place_rate)}{row.grade}"


def attention(view: EditionView, bulletin: Bulletin, variant: Variant) -> Passage | None:
    """Return 七: for leaders who will need attention, and what a person wrote; None for nothing."""
    blocks: list[Block] = []
    if variant == "leader":
        blocks += [Sentences(text) for text in _foreseen(view, bulletin)]
    for kind, name in REMARKS.items():
        remark = bulletin.remark(kind)
        if remark is not None:
            blocks += [
                Sentences(line, f"{name}：" if n == 0 else "")
                for n, line in enumerate(remark.lines)
            ]
    if not blocks:
        return None
    title = "拟请关注和下步要求" if variant == "leader" else "点评和下步要求"
    return Passage(title, tuple(blocks))


def _foreseen(view: EditionView, bulletin: Bulletin) -> list[str]:
    """Return who will need attention: last or poor twice, most in the red, most due next."""
    rows = {row.unit_id: row for row in view.rows}
    found = []
    if bulletin.before is not None:
        twice = [
            one.unit
            for one in bulletin.before.units
            if one.unit_id in rows
            and _low(rows[one.unit_id], view)
            and (one.last or one.grade == "不合格")
        ]
        if twice:
            found.append(f"连续两期排末位或不合格：{'、'.join(twice)}。")
    for name, text in (("red", "期末红色在办最多"), ("soon", "下期内到期最多")):
        most = [
            (row, n) for row in view.rows if (n := getattr(bulletin.hand(row.unit_id), name)) > 0
        ]
        if most:
            most.sort(key=lambda one: (-one[1], one[0].code))
            named = "、".join(f"{row.unit}{n}件次" for row, n in most[:3])
            found.append(f"{text}：{named}；全部单位合计{getattr(bulletin.in_hand, name)}件次。")
    return found


def _low(row: Standing, view: EditionView) -> bool:
    """Whether a unit is graded 不合格 or stands last in its table."""
    if row.grade == "不合格":
        return True
    table = [other for other in view.groups[row.group] if other.ranked]
    last = max((other.place or 0 for other in table), default=0)
    return row.place is not None and last > 1 and row.place == last


def open_papers(view: EditionView, bulletin: Bulletin) -> Grid | None:
    """Return the papers not closed at the period's end as a table; None where there are none."""
    told = bulletin.supervision.open
    if not told:
        return None

    def day(instant: datetime | None) -> str:
        if instant is None:
            return "—"
        local = instant.astimezone(view.zone)
        return f"{local.month}月{local.day}日"

    def due(instant: datetime | None) -> str:
        if instant is None:
            return "—"
        last = due_day(instant.astimezone(view.zone))
        return f"{last.month}月{last.day}日"

    return Grid(
        "期末未销号的督办文书",
        (40, 34, 28, 18, 18, 18),
        ("文号", "单位", "事由", "印发", "应反馈", "状态"),
        tuple(
            (
                one.number,
                one.unit,
                one.cause,
                day(one.signed_at),
                due(one.due_at),
                f"{one.state}{'（逾期）' if one.late else ''}",
            )
            for one in told
        ),
        (0, 1, 2),
    )
