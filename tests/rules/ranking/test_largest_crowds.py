"""The largest crowd of each appeal is that of the best stretch of days that holds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from rules.ranking.prominent import Report, crowds

WITHIN = timedelta(days=5)

BEGUN = datetime(2018, 10, 1, tzinfo=UTC)


def _plainly(reports: list[Report]) -> dict[int, int]:
    """Count the reporters of every stretch that begins at an appeal, one after the other."""
    best = {one.ticket_id: 0 for one in reports}
    for newest in reports:
        inside = [
            one for one in reports if timedelta(0) <= newest.received_at - one.received_at <= WITHIN
        ]
        size = len({one.reporter for one in inside if one.reporter})
        for one in inside:
            best[one.ticket_id] = max(best[one.ticket_id], size)
    return best


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["甲", "乙", "丙", "丁", None]))))
def test_a_sliding_window_finds_what_counting_every_stretch_finds(
    told: list[tuple[int, str | None]],
) -> None:
    told.sort(key=lambda one: one[0])
    reports = [
        Report(id, who, BEGUN + timedelta(days=day), object="某小区")
        for id, (day, who) in enumerate(told)
    ]
    found = {id: crowd.reporters for id, crowd in crowds(reports, WITHIN).items()}
    assert {id: size for id, size in _plainly(reports).items()} == found
