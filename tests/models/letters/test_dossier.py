"""年度考核档案: a year's months, orders and counts of units, published or computed."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from models import casework, letters, orders
from models.ranking.editions import period_of
from models.ranking.publishing import publish_edition
from models.store.store import Store
from models.tables import Exclusion
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.presses import Plain
from tests.models.rounds import put_round

SEPTEMBER = NOW - timedelta(days=66)  # 15 September

OCTOBER = NOW - timedelta(days=36)


def _rated(store: Store, number: str, unit: int, when: datetime, rating: str) -> tuple[int, int]:
    return put_round(
        store,
        number,
        unit,
        received_at=when - timedelta(days=3),
        due_at=when,
        closed_at=when - timedelta(days=1),
        outcome="已解决",
        rating=rating,
        rated_at=when,
    )


def year_of_units(store: Store) -> None:
    """Put in two rated months of three units, of which unit 7 is last; September is published."""
    for unit in (5, 6, 7):
        for n in range(10):
            bad = unit == 7 and n < 5
            _rated(store, f"S{unit}{n}", unit, SEPTEMBER, "不满意" if bad else "满意")
            _rated(store, f"O{unit}{n}", unit, OCTOBER, "不满意" if bad else "满意")
    publish_edition(store, period_of(store, "2026-09"))


def test_a_year_of_units_is_told_month_by_month_with_orders_and_requests(store: Store) -> None:
    year_of_units(store)
    excluded, round_id = _rated(store, "X1", 6, OCTOBER, "不满意")
    with store.writing() as work:
        work.insert(
            Exclusion,
            ticket_id=excluded,
            round_id=round_id,
            kind="exclude",
            code="area",
            reason="",
            evidence="不属本市",
            asked_at=OCTOBER,
            asked_by=1,
            decided_at=OCTOBER,
            decided_by=1,
            approved=True,
        )
    _ask_and_return(store)
    found = letters.year_dossier(store, 2026)
    assert found.through == "2026-10" and found.computed == ("2026-10",)
    units = {one.unit_id: one for one in found.units}
    bad = units[7]
    assert [month.source for month in bad.months] == ["通报第1期", "未发布，现算"]
    assert [month.last for month in bad.months] == [True, True]
    assert (bad.total.rated, bad.total.unsatisfied) == (20, 10)
    assert [(door.channel, door.closed) for door in bad.doors] == [("城市留言板", 20)]
    assert bad.rates(found.weight)[0] == bad.total.result_rate(Fraction(1))
    assert (units[6].total.unsatisfied, units[6].total.excluded) == (1, 1)
    before, after = units[6].rates(found.weight)
    assert before is not None and after == 1 and before < 1
    counts = units[5].counts
    assert (counts.extensions, counts.granted) == (1, 1)
    assert (counts.replies_returned, counts.feedback_returned) == (1, 1)
    [order] = units[5].orders
    assert (order.number, order.outcome(NOW)) == ("武网督〔2026〕1号", "待反馈")
    assert [one.unit_id for one in letters.year_dossier(store, 2026, 6).units] == [6]
    with pytest.raises(Refused, match="2027年还没有完整的月份"):
        letters.year_dossier(store, 2027)


def _ask_and_return(store: Store) -> None:
    """Let unit 5 ask for time and get it, reply and report, and have both sent back."""
    ticket, _ = put_round(store, "T1", 5, received_at=NOW - timedelta(days=1))
    casework.take(store, "ask_extension", [ticket], limit_text="3wd", reason="要会商")
    casework.take(store, "grant_extension", [ticket])
    [draft] = orders.draft(store, [ticket]).orders
    orders.sign(store, [draft.id], signer="张明", basis="paper", press=Plain())
    orders.follow(store, "deliver", [draft.id])
    orders.follow(store, "feedback", [draft.id], text="在办")
    orders.follow(store, "reject", [draft.id], reason="没有结果")
    casework.take(store, "reply", [ticket], text="已修好")
    casework.take(store, "send_back", [ticket], reason="没有照片")
