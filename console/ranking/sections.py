"""The seven parts of a bulletin in words (DOMAIN §10.6); every figure is of its frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from console.paper import BarChart
from console.ranking.passages import (
    Block,
    Charts,
    Grid,
    Passage,
    Sentences,
    Variant,
    joined,
    listed,
)
from console.ranking.standings import group_name
from rules.casework import CAUSES, DOORS, VERDICTS
from rules.ranking import (
    IN_HAND,
    STATES,
    Amount,
    Bulletin,
    InHand,
    Standing,
    Tally,
    growth,
    parse_period,
    points,
    print_rate,
)

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Flow

MOST_NAMED = 6
"""Units that a sentence names before it says how many there are."""

MOST_CHANNELS = 6


def overall(view: EditionView, bulletin: Bulletin) -> Passage:
    """Return 一、总体情况: what came in, went out and is in hand, by channel and nature."""
    flow, hand = bulletin.flow, bulletin.in_hand
    daily = print_count(Fraction(flow.received, len(bulletin.days)))
    told = (
        f"本期受理群众诉求{flow.received}件，日均{daily}件"
        f"{_changes(bulletin, 'received')}{after_merging(flow)}；"
        f"转办{flow.dispatched}件次，其中重办{flow.reworked}件次"
        f"{_changes(bulletin, 'dispatched')}；"
        f"办结{flow.closed}件次"
        f"{_changes(bulletin, 'closed')}。"
        f"期末在办{hand.all}件次"
        f"{_in_hand_before(bulletin)}。"
    )
    return Passage(
        "总体情况",
        (
            Sentences(joined(told, compared_with(view, bulletin))),
            Charts((_trend(bulletin), _by_group(view, bulletin))),
            _sources(bulletin),
            *_other_doors(bulletin),
        ),
    )


def _other_doors(bulletin: Bulletin) -> tuple[Sentences, ...]:
    """Return how many came by the city's own doors that the table of sources sums up."""
    rest = [one for one in bulletin.channels[MOST_CHANNELS:] if one.name in DOORS.values()]
    if not rest or len(bulletin.channels) == MOST_CHANNELS + 1:
        return ()
    told = "，".join(f"{one.name}{one.count}件" for one in rest)
    return (Sentences(f"其余渠道中：{told}。"),)


def after_merging(flow: Flow) -> str:
    """Return how many matters are left of the appeals after merging, where any are merged."""
    return f"，并单后{flow.received - flow.merged}件" if flow.merged else ""


def print_count(value: Fraction) -> str:
    """Return a mean with one decimal, half up."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def _changes(bulletin: Bulletin, name: str) -> str:
    """Return how a count of the flow stands to the period before and to a year ago."""
    past = bulletin.before.flow if bulletin.before is not None else None
    now = getattr(bulletin.flow, name)
    told = [
        f"{word}{growth(now, getattr(flow, name))}"
        for word, flow in (("环比", past), ("同比", bulletin.year_ago))
        if flow is not None
    ]
    return f"，{'、'.join(told)}" if told else ""


def _in_hand_before(bulletin: Bulletin) -> str:
    past = bulletin.before.in_hand if bulletin.before is not None else None
    return "" if past is None else f"，环比{growth(bulletin.in_hand.all, past.all)}"


def compared_with(view: EditionView, bulletin: Bulletin) -> str:
    """Return what the figures are compared with, where that must be said."""
    before = bulletin.before
    if before is None:
        return "本库没有完整的上期数据，不作环比。"
    year = "" if bulletin.year_ago is not None else "没有完整的去年同期数据，不作同比。"
    name = parse_period(before.period, view.zone).titled
    return joined(f"上期（{name}）未发布，环比按现有数据计算。" if before.basis else "", year)


def _sources(bulletin: Bulletin) -> Grid:
    channels = _with_others(bulletin.channels, MOST_CHANNELS, "其余渠道")
    natures = list(bulletin.natures)
    whole = bulletin.flow.received
    rows = []
    for n in range(max(len(channels), len(natures))):
        left = amount_cells(channels[n], whole) if n < len(channels) else ("",) * 4
        right = amount_cells(natures[n], whole) if n < len(natures) else ("",) * 4
        rows.append((*left, *right))
    heads = ("本期", "占比", "环比")
    return Grid(
        "受理来源和诉求性质（件）",
        (28, 15, 17, 22, 20, 15, 17, 22),
        ("来源渠道", *heads, "诉求性质", *heads),
        tuple(rows),
        (0, 4),
    )


def _with_others(amounts: Sequence[Amount], most: int, name: str) -> list[Amount]:
    """Return the first amounts and the sum of the others."""
    rest = amounts[most:]
    if len(rest) < 2:
        return list(amounts)
    known = [one.before for one in rest if one.before is not None]
    before = sum(known) if len(known) == len(rest) else None
    return [*amounts[:most], Amount(name, sum(one.count for one in rest), before)]


def amount_cells(one: Amount, whole: int) -> tuple[str, str, str, str]:
    """Return name, count, share of the whole, and change since the period before."""
    share = print_rate(Fraction(one.count, whole) if whole else None)
    return (
        one.name,
        str(one.count),
        share,
        "" if one.before is None else growth(one.count, one.before),
    )


def _trend(bulletin: Bulletin) -> BarChart:
    labels = [_short(key) for key, *_ in bulletin.trend]
    return BarChart(
        f"近{len(labels)}期受理（件）和办结（件次）",
        tuple(labels),
        (
            ("受理", tuple(float(n) for _, n, _ in bulletin.trend)),
            ("办结", tuple(float(n) for *_, n in bulletin.trend)),
        ),
    )


def _short(key: str) -> str:
    rest = key.split("-", 1)[1]
    return f"第{int(rest[1:])}周" if rest.startswith("W") else f"{int(rest)}月"


def _by_group(view: EditionView, bulletin: Bulletin) -> BarChart:
    now = _group_tallies(view)
    past = dict(bulletin.before.groups) if bulletin.before is not None else {}
    series = [("本期", tuple(_as_float(t.result_rate(view.basic_weight)) for t in now.values()))]
    if past:
        rates = (past.get(name, Tally()).result_rate(view.basic_weight) for name in now)
        series.append(("上期", tuple(map(_as_float, rates))))
    labels = tuple(group_name(name) for name in now)
    return BarChart("各组群众满意率", labels, tuple(series), percent=True)


def _as_float(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


def _group_tallies(view: EditionView) -> dict[str, Tally]:
    return {group: sum((row.tally for row in rows), Tally()) for group, rows in view.groups.items()}


def in_time(view: EditionView, bulletin: Bulletin, variant: Variant) -> Passage:
    """Return 二、办理时限: what fell due, the colours at the end, who is late."""
    t, hand = view.total, bulletin.in_hand
    past = bulletin.total_before
    told = (
        f"本期应办结{t.due}件次，按时办结{t.on_time}件次，延期内办结{t.after_extension}件次，"
        f"逾期办结{t.late}件次，到期未结{t.open}件次；另有结转逾期未结{t.carried}件次。"
        f"除去已按期答复待审、退回待派的，期末逾期未结{hand.overdue}件次。"
        f"按时办结率{print_rate(t.on_time_rate)}"
        f"{_points(t.on_time_rate, past.on_time_rate)}"
        f"，按时签收率{print_rate(t.acknowledge_rate)}"
        f"{_points(t.acknowledge_rate, past.acknowledge_rate)}。"
        f"{_states(hand)}"
    )
    blocks: list[Block] = [Sentences(told)]
    if variant != "public":
        blocks.append(Sentences(_late_units(view, bulletin)))
    return Passage("办理时限", tuple(blocks))


def _states(hand: InHand) -> str:
    states = "、".join(f"{IN_HAND[s]}{n}" for s in STATES if (n := getattr(hand, s)))
    if not states:
        return "期末没有在办件。"
    return f"期末在办的{hand.all}件次中，{states}（红、黄、蓝按办结时限）。"


def _points(rate: Fraction | None, past: Fraction | None) -> str:
    return "" if rate is None or past is None else f"（比上期{points(rate, past)}）"


def late_rows(view: EditionView, bulletin: Bulletin) -> list[tuple[Standing, int, int]]:
    """Return (unit, closed late, unfinished past its limit), the most together first."""
    found = [(row, row.tally.late, bulletin.hand(row.unit_id).overdue) for row in view.rows]
    late = [one for one in found if one[1] or one[2]]
    return sorted(late, key=lambda one: (-one[1] - one[2], -one[2], one[0].code))


def _late_units(view: EditionView, bulletin: Bulletin) -> str:
    late = late_rows(view, bulletin)
    if not late:
        return "各单位没有逾期办结，期末也没有逾期未结。"
    named = [
        f"{row.unit}{closed + open}件次{f'（未结{open}）' if open else ''}"
        for row, closed, open in late
    ]
    return (
        f"{len(late)}个单位有逾期件，逾期办结和期末逾期未结合计较多的是"
        f"{listed(named, MOST_NAMED)}；全部单位见附件。"
    )


def satisfaction(view: EditionView, bulletin: Bulletin) -> Passage:
    """Return 三、群众满意度: both rates, by group, and what verifying found."""
    t, weight = view.total, view.basic_weight
    past = bulletin.total_before
    rate, work = t.result_rate(weight), t.work_rate(weight)
    told = (
        f"本期有效评价{t.rated}件次，其中满意{t.result_satisfied}件次、基本满意{t.result_basic}件次、"
        f"不满意{t.unsatisfied}件次。群众满意率{print_rate(rate)}"
        f"{_points(rate, past.result_rate(weight))}，工作满意率{print_rate(work)}"
        f"{_points(work, past.work_rate(weight))}。{_verified(view)}"
    )
    return Passage(
        "群众满意度",
        (Sentences(told), _group_grid(view, bulletin), Sentences(_reviewed(view, bulletin))),
    )


def _verified(view: EditionView) -> str:
    t, weight = view.total, view.basic_weight
    if (verified := t.verified) is None:
        return ""
    return (
        f"经核实{t.changes}，核实后群众满意率{print_rate(verified.result_rate(weight))}，"
        f"工作满意率{print_rate(verified.work_rate(weight))}。"
    )


def _group_grid(view: EditionView, bulletin: Bulletin) -> Grid:
    past = dict(bulletin.before.groups) if bulletin.before is not None else {}
    weight = view.basic_weight
    rows = []
    for group, t in _group_tallies(view).items():
        before = past.get(group)
        rate = t.result_rate(weight)
        change = "" if before is None or rate is None else points(rate, before.result_rate(weight))
        rows.append(
            (
                group_name(group),
                str(len(view.groups[group])),
                str(t.rated),
                print_rate(rate),
                change.removesuffix("个百分点"),
                print_rate(t.work_rate(weight)),
                str(t.unsatisfied),
                print_rate(t.on_time_rate),
            )
        )
    return Grid(
        "分组情况",
        (24, 12, 17, 22, 29, 20, 12, 20),
        (
            "组别",
            "单位",
            "有效评价",
            "群众满意率",
            "比上期（百分点）",
            "工作满意率",
            "不满意",
            "按时办结率",
        ),
        tuple(rows),
        (0,),
    )


def _reviewed(view: EditionView, bulletin: Bulletin) -> str:
    t = view.total
    if not t.unsatisfied:
        return "本期没有不满意件。"
    verdicts = "、".join(f"{VERDICTS.get(code, code)}{n}件" for code, n in bulletin.verdicts)
    causes = "、".join(f"{CAUSES.get(code, code)}{n}件" for code, n in bulletin.causes[:5])
    return joined(
        f"不满意{t.unsatisfied}件次，期末已核查{t.reviewed}件次",
        f"（{verdicts}）" if verdicts else "",
        f"。核查认定的不满意原因，居前的是{causes}" if causes else "",
        f"。截至编制时，核实后仍不满意{t.verified.unsatisfied}件次。" if t.verified else "。",
    )
