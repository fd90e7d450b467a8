"""A rating is a fact of a moment: one that is kept is never altered, an impossible one refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models.casework.verbs import take
from models.store.store import Store
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.appeals import column, one
from tests.models.cells import rows_of
from tests.models.ranking.past import UNIT
from tests.models.rounds import put_round

CLOSED = NOW - timedelta(days=3)

KEPT = "SELECT at, result_rating, work_rating, means FROM rating ORDER BY id"


@pytest.fixture
def closed(store: Store) -> Store:
    put_round(store, "T1", UNIT, received_at=CLOSED - timedelta(days=2), closed_at=CLOSED)
    return store


def _rate(store: Store, at: datetime, result: str | None = None, how: str | None = None) -> None:
    take(store, "rate", [1], result=result, work_rating=how, at=at)


def _kept(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as reader:
        return rows_of(reader, KEPT)


def test_a_later_rating_is_a_second_one_with_its_source_and_the_earlier_stays(
    closed: Store,
) -> None:
    first, second = CLOSED + timedelta(hours=1), CLOSED + timedelta(hours=9)
    _rate(closed, first, "不满意", "基本满意")
    before = _kept(closed)
    _rate(closed, second, "满意")
    _rate(closed, CLOSED + timedelta(hours=5), "基本满意")
    assert _kept(closed)[:1] == before
    assert [row[:2] for row in _kept(closed)] == [
        (first, "不满意"),
        (second, "满意"),
        (CLOSED + timedelta(hours=5), "基本满意"),
    ]
    assert {row[3] for row in _kept(closed)} == {"operator"}
    assert one(closed, "SELECT result_rating, work_rating FROM round") == ("满意", "基本满意")
    told = column(closed, "SELECT payload FROM event WHERE verb = 'ticket.rate' ORDER BY seq")
    assert '"means":"operator"' in told[0] and '"result":"不满意"' in told[0]


def test_two_ratings_of_one_kind_at_one_moment_are_refused_and_nothing_moves(
    closed: Store,
) -> None:
    at = CLOSED + timedelta(hours=1)
    _rate(closed, at, "不满意")
    before = _kept(closed), one(closed, "SELECT version FROM ticket")
    for again in ("满意", "不满意"):
        with pytest.raises(
            Refused, match=r"^T1：同一时间已有一次评价，先前的评价不改：请核对评价时间$"
        ):
            _rate(closed, at, again)
    assert (_kept(closed), one(closed, "SELECT version FROM ticket")) == before
    _rate(closed, at, None, "满意")
    assert one(closed, "SELECT result_rating, work_rating FROM round") == ("不满意", "满意")
    _rate(closed, at + timedelta(hours=3), "满意")
    with pytest.raises(Refused, match="同一时间已有一次评价"):
        _rate(closed, at, "基本满意")


@pytest.mark.parametrize("moved", [timedelta(seconds=-1), timedelta(days=-1)])
def test_a_rating_before_the_closing_is_refused(closed: Store, moved: timedelta) -> None:
    with pytest.raises(Refused, match=r"^T1：评价时间早于办结时间：请核对时间$"):
        _rate(closed, CLOSED + moved, "满意")
    assert _kept(closed) == []


def test_a_rating_of_an_open_matter_is_refused_with_what_may_be_done(store: Store) -> None:
    put_round(store, "T1", UNIT, received_at=CLOSED)
    with pytest.raises(Refused, match=r"^T1：待签收，不能评价；现在可以：.*签收"):
        _rate(store, NOW, "满意")
    assert _kept(store) == []
