"""The bulletin of a whole city as it is printed, by the ruler."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from console.ranking.bulletin_page import bulletin_page
from console.ranking.passages import VARIANTS
from models.ranking.editions import EditionView
from rules.ranking.bulletin import Amount, InHand, Remark
from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, rank_units
from rules.ranking.tally import Tally
from tests.console.editions import bulletin, edition
from tests.console.papers import SIGNED
from tests.pages import Printed, printed, printer

pytestmark = pytest.mark.skipif(printer() is not None, reason=printer() or "")

GROUPS = {"中心城区": 7, "新城区": 6, "功能区": 5, "市直部门": 69, "公共企业": 30}


def _city() -> EditionView:
    """Return an edition of 117 units of every size, with a full bulletin."""
    dice = random.Random(4)
    units = [group for group, count in GROUPS.items() for _ in range(count)]
    entries = [
        Entry(
            n, f"{group[:2]}第{n}局", f"A{n:03}", group, _tally(dice, dice.choice((0, 4, 30, 300)))
        )
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


def _tally(dice: random.Random, size: int) -> Tally:
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


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    view, folder = _city(), Path(tmp_path_factory.mktemp("bulletins"))
    found = printed({variant: bulletin_page(view, variant) for variant in VARIANTS}, folder)
    return {one.name: one for one in found}


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_has_four_pages_before_the_annexes_and_nothing_out_of_place(
    papers: dict[str, Printed], variant: str
) -> None:
    paper = papers[variant]
    assert list(paper.faults()) == []
    annexed = [
        sheet.number
        for sheet in paper.sheets
        if sheet.told and sheet.told[0].text.startswith(("附件1", "说明"))
    ]
    assert (annexed or [len(paper.sheets) + 1])[0] <= 5


def test_the_first_page_is_read_standing(papers: dict[str, Printed]) -> None:
    large = [line for line in papers["leader"].sheets[0].told if 6.5 < line.height < 9]
    assert 6 <= len(large) <= 8
    assert large[0].text.startswith("受理诉求")
