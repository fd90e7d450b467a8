"""年度考核档案: a year's months, orders and counts of units, published or computed."""

from __future__ import annotations

from datetime import timedelta
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


def _rated(store: Store, number: str, unit: int, when: object, rating: str) -> tuple[int, int]:
    assert isinstance(when, type(NOW))
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
        for n in range(12):
            bad = unit == 7 and n < 6
            _rated(store, f"S{unit}{n}", unit, SEPTEMBER, "不满意" if bad else "满意")
            _rated(store, f"O{unit}{n}", unit, OCTOBER, "不满意" if bad else "满意")
    publish_edition(store, period_of(store, "2026-09"))


def test_a_year_tells_months_last_places_and_where_figures_come_from(store: Store) -> None:
    year_of_units(store)
    found = letters.year_dossier(store, 2026)
    assert found.through == "2026-10" and found.computed == ("2026-10",)
    bad = next(one for one in found.units if one.unit_id == 7)
    assert [month.period for month in bad.months] == ["2026-09", "2026-10"]
    assert [month.source for month in bad.months] == ["通报第1期", "未发布，现算"]
    assert [month.last for month in bad.months] == [True, True]
    assert (bad.total.rated, bad.total.unsatisfied) == (24, 12)
    assert bad.rates(found.weight)[0] == bad.total.result_rate(Fraction(1))
    [alone] = letters.year_dossier(store, 2026, 6).units
    assert alone.unit_id == 6 and not alone.last
    with pytest.raises(Refused, match="2027年还没有完整的月份"):
        letters.year_dossier(store, 2027)


def test_orders_extensions_and_what_came_back_are_counted_for_their_unit(store: Store) -> None:
    year_of_units(store)
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
    found = letters.year_dossier(store, 2026)
    one = next(each for each in found.units if each.unit_id == 5)
    counts = one.counts
    assert (counts.extensions, counts.granted) == (1, 1)
    assert (counts.replies_returned, counts.feedback_returned) == (1, 1)
    [order] = one.orders
    assert (order.number, order.outcome(NOW)) == ("武网督〔2026〕1号", "待反馈")
    late = order.outcome(NOW + timedelta(days=30))
    assert late == ("待反馈" if order.feedback_at else "逾期未反馈")


def test_exclusions_are_told_before_and_after(store: Store) -> None:
    year_of_units(store)
    ticket, round_id = _rated(store, "X1", 6, OCTOBER, "不满意")
    with store.writing() as work:
        work.insert(
            Exclusion,
            ticket_id=ticket,
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
    [one] = letters.year_dossier(store, 2026, 6).units
    assert one.total.unsatisfied == 1 and one.total.excluded == 1
    before, after = one.rates(letters.year_dossier(store, 2026).weight)
    assert before is not None and after == 1 and before < 1
