"""Editions of the ranking and their bulletins as values, for the tests of documents."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from models.ranking.editions import EditionView
from rules.ranking.bulletin import (
    Amount,
    Before,
    Bulletin,
    Case,
    Flow,
    HotSpot,
    InHand,
    Matter,
    Remark,
    UnitBefore,
)
from rules.ranking.periods import parse_period
from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, rank_units
from rules.ranking.supervision import OpenPaper, Supervision
from rules.ranking.tally import Tally
from tests.console.papers import SIGNED, ZONE


def edition(*names: str, published: bool = True) -> EditionView:
    """Return an edition of one group with these units, the last of them with too few ratings."""
    entries = [
        Entry(n, name, f"A{n:02}", "中心城区", _tally(n, rated=20 if n < len(names) else 2))
        for n, name in enumerate(names, 1)
    ]
    return EditionView(
        period=parse_period("2026-10", ZONE),
        bureau="武汉市网上群众工作部",
        zone=ZONE,
        basic_weight=Fraction(1),
        unrated="exclude",
        published=published,
        revision=int(published),
        issue=10 if published else None,
        computed_at=datetime(2026, 11, 2, tzinfo=UTC),
        published_at=datetime(2026, 11, 2, 1, tzinfo=UTC) if published else None,
        digest="ab" * 32,
        policy=1,
        calendar=1,
        head_hash="cd" * 32 if published else None,
        rows=rank_units(entries, RankingPolicy(), "month", {1: 2}),
        notes=("位次按群众满意率",),
        id=7,
        poor_rated=20,
        bulletin=bulletin(),
    )


def bulletin(**changes: Any) -> Bulletin:
    """Return what the bulletin of that edition tells besides, with something of every kind."""
    told = Bulletin(
        flow=Flow(received=100, dispatched=96, reworked=4, closed=90),
        in_hand=InHand(waiting=2, held=3, red=5, yellow=6, blue=14, overdue=6, soon=9),
        hands=(
            (1, InHand(red=4, blue=4, overdue=5, soon=6)),
            (2, InHand(red=1, overdue=1, soon=3)),
        ),
        elsewhere=(0, 0),
        channels=(Amount("12345电话", 70, 60), Amount("城市留言板", 30, 40)),
        natures=(Amount("投诉", 80, 90), Amount("求助", 20, 10)),
        categories=(Amount("公用事业/供水", 20, 5), Amount("未分类", 80, None)),
        days=((date(2026, 10, 1), 60), (date(2026, 10, 2), 40)),
        trend=(("2026-09", 110, 80), ("2026-10", 100, 90)),
        before=Before(
            "2026-09",
            None,
            Flow(received=110, dispatched=90, reworked=0, closed=80),
            None,
            _tally(1, rated=60),
            (UnitBefore(1, "甲", "70.00%", "不合格", last=True),),
            (("中心城区", _tally(1, rated=60)),),
        ),
        year_ago=None,
        verdicts=(("unit", 3), ("other", 1)),
        causes=(("slow", 2), ("silent", 1)),
        matters=(Matter("WH20261009-00001", "小区停水", "甲", True, "unit", "slow"),),
        supervision=Supervision(
            issued=(("order", 1, 2), ("reminder", 1, 1)),
            received=2,
            answered=1,
            closed=1,
            carried=1,
            carried_closed=1,
            this_year=12,
            open=(
                OpenPaper(
                    "武网督〔2026〕9号",
                    "甲",
                    "逾期未办结",
                    datetime(2026, 10, 20, 2, tzinfo=UTC),
                    datetime(2026, 10, 23, 9, 30, tzinfo=UTC),
                    "已签收未反馈",
                    late=True,
                ),
            ),
        ),
        repeats=(3, 7),
        hot_spots=(HotSpot("某某热力公司", 5, 6),),
        cases=(Case("超期最久", "WH20260901-00002", "甲", "楼道没有灯。", "期末已超期9天"),),
        remarks=(
            (
                "comment",
                Remark("甲区要抓紧。\n乙区较好。", 2, datetime(2026, 11, 1, tzinfo=UTC), "李晓"),
            ),
            ("next", Remark("月底前清零。", 1, datetime(2026, 11, 1, tzinfo=UTC), "李晓")),
        ),
    )
    return replace(told, **changes)


def _tally(n: int, rated: int) -> Tally:
    return Tally(
        due=30,
        on_time=24,
        after_extension=2,
        late=3,
        open=1,
        closed=29,
        carried=n,
        result_satisfied=rated - n,
        result_unsatisfied=n,
        work_satisfied=rated,
        resolved=20,
        partly=5,
        unresolved=2,
        explained=2,
        verified_satisfied=rated - n,
        verified_unsatisfied=n - 1,
        verified_work_satisfied=rated - 1,
        excluded=1,
        by_import=rated - 2,
        by_callback=2,
    )


GROUPS = {"中心城区": 7, "新城区": 6, "功能区": 5, "市直部门": 69, "公共企业": 30}


def city_edition() -> EditionView:
    """Return an edition of 117 units of every size, with a full bulletin."""
    dice = random.Random(4)
    units = [group for group, count in GROUPS.items() for _ in range(count)]
    sizes = (0, 4, 30, 300)
    entries = [
        Entry(n, f"{group[:2]}第{n}局", f"A{n:03}", group, _of_size(dice, dice.choice(sizes)))
        for n, group in enumerate(units, 1)
    ]
    rows = rank_units(entries, RankingPolicy(), "month", {n: 118 - n for n in range(1, 118)})
    remark = Remark("各单位要逐件定时间、定责任人，月底前将逾期未结件清零。\n" * 3, 1, SIGNED, "李")
    told = bulletin(
        hands=tuple((n, InHand(red=n % 7, overdue=n % 5, soon=n)) for n in range(1, 118)),
        channels=tuple(Amount(f"第{n}个来源渠道", 900 - n, 880) for n in range(15)),
        natures=tuple(Amount(f"性质{n}", 90 - n, 80) for n in range(7)),
        categories=tuple(Amount(f"住房与物业/第{n}类服务", 99 - n, 40 + n) for n in range(20)),
        cases=bulletin().cases * 3,
        matters=bulletin().matters * 30,
        remarks=(("comment", remark), ("next", remark)),
    )
    return replace(edition("甲"), rows=rows, bulletin=told)


def _of_size(dice: random.Random, size: int) -> Tally:
    bad, late = dice.randint(0, size // 8), dice.randint(0, size // 9)
    return Tally(
        due=size,
        on_time=size - late,
        late=late,
        dispatched=size,
        result_satisfied=size - bad,
        result_unsatisfied=bad,
        verified_satisfied=size - bad,
        verified_unsatisfied=bad,
        work_satisfied=size,
    )
