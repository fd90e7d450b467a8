"""The ranking of a period: computed, published, read back as it was frozen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from models.ranking.editions import EditionView, compute_edition, period_of
from models.ranking.frozen import edition_of
from models.ranking.publishing import files_of, publish_edition, published_issues
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import DubanError, Refused
from tests.conftest import Opener
from tests.models.rounds import put_round

KEY = "2026-10"


def _rate(store: Store, unit_id: int, satisfied: int, unsatisfied: int, month: int = 10) -> None:
    for n in range(satisfied + unsatisfied):
        day = datetime(2026, month, 6, 4, tzinfo=UTC)
        put_round(
            store,
            f"{month}-{unit_id}-{n}",
            unit_id,
            received_at=day,
            closed_at=day,
            rating="满意" if n < satisfied else "不满意",
            rated_at=day,
        )


def _places(view: EditionView) -> dict[int, int]:
    return {row.unit_id: row.place for row in view.rows if row.place is not None}


def test_every_unit_is_listed_and_only_enough_ratings_give_a_place(store: Store) -> None:
    for unit_id, satisfied in ((3, 9), (4, 8), (5, 7)):
        _rate(store, unit_id, satisfied, 10 - satisfied)
    _rate(store, 6, 5, 1)
    view = compute_edition(store, period_of(store, KEY))
    assert len(view.rows) == 117
    assert _places(view) == {3: 1, 4: 2, 5: 3}
    assert (view.published, view.issue, view.total.rated) == (False, None, 36)


def test_a_small_group_is_published_without_places_and_with_the_reason(store: Store) -> None:
    period = period_of(store, KEY)
    _rate(store, 3, 9, 1)
    _rate(store, 4, 8, 2)
    publish_edition(store, period)
    rows = {row.unit_id: row for row in edition_of(store, period).rows}
    assert [(rows[n].place, rows[n].grade, rows[n].reason) for n in (3, 4)] == [
        (None, "优良", "同组评价够数的不足3家"),
        (None, "合格", "同组评价够数的不足3家"),
    ]


def test_a_published_edition_does_not_move_when_the_records_do(store: Store) -> None:
    period = period_of(store, KEY)
    _rate(store, 3, 9, 1)
    _rate(store, 5, 8, 2)
    frozen = publish_edition(store, period)
    _rate(store, 4, 10, 0)
    again = edition_of(store, period)
    assert again == frozen
    assert _places(compute_edition(store, period)) == {4: 1, 3: 2, 5: 3}
    with store.reading() as reader:
        assert verify_trail(reader, anchor=again.head_hash).ok


def test_a_second_publication_is_a_revision_with_a_reason_and_its_own_issue(
    store: Store,
) -> None:
    period = period_of(store, KEY)
    first = publish_edition(store, period)
    with pytest.raises(Refused, match="理由"):
        publish_edition(store, period)
    second = publish_edition(store, period, reason="更正一件误评")
    assert [(e.revision, e.issue) for e in (first, second)] == [(1, 1), (2, 2)]
    assert edition_of(store, period).revision == 2
    assert edition_of(store, period, 1).id == first.id
    with pytest.raises(DubanError, match="第3次"):
        edition_of(store, period, 3)
    with store.reading() as reader:
        listed = [(one.revision, one.issue, one.replaced) for one in published_issues(reader)]
    assert listed == [(2, 2, False), (1, 1, True)]


def test_a_period_that_still_runs_cannot_be_published(store: Store) -> None:
    with pytest.raises(Refused, match="尚未结束"):
        publish_edition(store, period_of(store, "2026-11"))


def test_movement_is_against_the_published_period_before(store: Store) -> None:
    _rate(store, 3, 9, 1, month=9)
    _rate(store, 4, 10, 0, month=9)
    _rate(store, 5, 5, 5, month=9)
    publish_edition(store, period_of(store, "2026-09"))
    _rate(store, 3, 10, 0)
    _rate(store, 4, 9, 1)
    _rate(store, 5, 5, 5)
    view = compute_edition(store, period_of(store, KEY))
    assert {r.unit_id: r.movement for r in view.rows if r.ranked} == {3: 1, 4: -1, 5: 0}


def test_equal_records_give_an_equal_digest(store: Store) -> None:
    period = period_of(store, KEY)
    _rate(store, 3, 9, 1)
    one, two = compute_edition(store, period), compute_edition(store, period)
    assert one.digest == two.digest
    _rate(store, 4, 1, 0)
    assert compute_edition(store, period).digest != one.digest


def test_the_files_of_a_publication_are_kept_with_it(store: Store) -> None:
    period = period_of(store, KEY)
    view = publish_edition(
        store, period, render=lambda v: {f"第{v.issue}期.csv": b"1,2", "表.md": b"|"}
    )
    assert view.id is not None
    with store.reading() as reader:
        assert files_of(reader, view.id) == {"第1期.csv": b"1,2", "表.md": b"|"}
        assert [(one.period, one.revision) for one in published_issues(reader)] == [(KEY, 1)]


def test_the_notes_say_how_silence_and_small_numbers_were_treated(store: Store) -> None:
    notes = compute_edition(store, period_of(store, KEY)).notes
    assert "有效评价少于10件的单位单列，不排位次" in notes
    assert any("未评价的不计入" in note for note in notes)


def test_of_four_who_publish_at_once_one_does_and_the_others_hear_the_same(
    opener: Opener, store: Store
) -> None:
    period = period_of(store, KEY)
    _rate(store, 3, 9, 1)
    met, told = threading.Barrier(4), list[str]()

    def publish(own: Store) -> None:
        met.wait(5)
        try:
            told.append(f"第{publish_edition(own, period).issue}期")
        except DubanError as error:
            told.append(str(error))

    threads = [threading.Thread(target=publish, args=(opener(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = "2026年10月 已发布过：再次发布（修订）须写明理由"
    assert sorted(told) == sorted(["第1期", *[refused] * 3])
    with store.reading() as reader:
        assert [(one.period, one.revision) for one in published_issues(reader)] == [(KEY, 1)]
