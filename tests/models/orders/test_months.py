"""Orders for last places: figures of the published edition, the unsatisfied appeals annexed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models import orders
from models.orders.paper import preview_order
from models.ranking.editions import compute_edition, period_of
from models.ranking.flags import raise_flags
from models.ranking.frozen import published_edition
from models.ranking.publishing import publish_edition
from models.store.store import Store
from models.tables.reviews import Accused
from models.tables.rounds import Rating
from rules.paper import Content
from tests.conftest import NOW
from tests.models.rounds import put_round

FIRST, SECOND, LAST = 3, 4, 5  # three units of one group


def rate(store: Store, month: int, unit: int, satisfied: int) -> None:
    """Put in ten appeals of a unit, closed and rated in a month."""
    day = datetime(2026, month, 12, 4, tzinfo=UTC)
    for n in range(10):
        put_round(
            store,
            f"{month}-{unit}-{n}",
            unit,
            received_at=day,
            due_at=day,
            closed_at=day,
            rating="满意" if n < satisfied else "不满意",
            rated_at=day,
        )


@pytest.fixture
def order(store: Store) -> int:
    """Return the id of the order for two last places running."""
    for month in (9, 10):
        for unit, satisfied in ((FIRST, 10), (SECOND, 9), (LAST, 5 if month == 10 else 6)):
            rate(store, month, unit, satisfied)
    [flag] = raise_flags(store, period_of(store, "2026-10"))
    assert flag.id is not None
    [view] = orders.draft_flag(store, flag.id).orders
    return view.id


def facts(content: Content) -> str:
    """Return what an order says, in one text."""
    return "".join(content.lines("事实"))


def test_both_months_are_told_and_the_last_ones_unsatisfied_appeals_annexed(
    store: Store, order: int
) -> None:
    told = preview_order(store, order)
    assert "2026年9月（未发布，据现有记录），你单位应办结10件" in facts(told)
    assert "其中不满意5件，群众满意率50.00%，在" in facts(told)
    assert "3家参加排名单位中列第3位" in facts(told)
    assert "你单位2026年9月、10月群众满意率连续两个月列" in facts(told)
    assert "2026年10月评价不满意的5件诉求，清单附后。" in facts(told)
    assert "共3家" not in facts(told) and "督办事由" not in facts(told)
    numbers = [row["工单编号"] for row in told.rows("诉求清单")]
    assert numbers == [f"10-{LAST}-{n}" for n in range(5, 10)]
    assert told.line("件数") == "5件" and "涉及工单清单（5件）" in told.lines("附件")[0]


def test_published_figures_are_those_of_the_edition_whatever_came_in_since(
    store: Store, order: int
) -> None:
    for key in ("2026-09", "2026-10"):
        publish_edition(store, period_of(store, key))
    late = datetime(2026, 10, 13, 4, tzinfo=UTC)
    with store.writing() as work:
        round_id = work.value("SELECT max(id) FROM round WHERE lead_unit_id = :u", u=LAST)
        satisfied = work.value(
            "SELECT min(r.id) FROM round r JOIN ticket t ON t.id = r.ticket_id WHERE t.number = :n",
            n=f"10-{LAST}-0",
        )
        for id in (round_id, satisfied):
            work.insert(
                Rating,
                round_id=id,
                at=late,
                recorded_at=NOW,
                result_rating="不满意",
                means="import",
            )
    told, period = preview_order(store, order), period_of(store, "2026-10")
    edition = published_edition(store, period)
    assert edition is not None
    frozen = next(row for row in edition.rows if row.unit_id == LAST)
    assert compute_edition(store, period).total.unsatisfied == edition.total.unsatisfied + 1
    assert f"收到有效评价{frozen.tally.rated}件，其中不满意{frozen.tally.unsatisfied}件" in facts(
        told
    )
    assert "2026年10月（通报第2期），你单位" in facts(told)
    assert "按现有记录列出6件" in facts(told)


def test_an_appeal_against_the_unit_is_not_listed_for_it(store: Store, order: int) -> None:
    with store.writing() as work:
        ticket = work.value("SELECT id FROM ticket WHERE number = :n", n=f"10-{LAST}-9")
        work.insert(Accused, ticket_id=ticket, unit_id=LAST, found_at=NOW, confirmed=True)
    told = preview_order(store, order)
    assert f"10-{LAST}-9" not in [row["工单编号"] for row in told.rows("诉求清单")]
    assert "按现有记录列出4件" in facts(told)
