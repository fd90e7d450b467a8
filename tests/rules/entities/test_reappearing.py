"""A firm is told of with a decision named only, for appeals after it under another name."""

from __future__ import annotations

from datetime import date

from rules.entities import Complaint, Decided, Under, reappeared

FINED = Decided(
    "青禾公寓", "处罚决定", "武房罚字〔2026〕12号", "市住房和城市更新局", date(2026, 3, 1)
)
EARLY = Complaint(1, 10, "WH10", date(2026, 2, 1))
LATE = Complaint(1, 11, "WH11", date(2026, 3, 9))
ELSEWHERE = Complaint(2, 12, "WH12", date(2026, 3, 10))


def under(name: str, *complaints: Complaint, sure: bool = True) -> Under:
    return Under(name, sure, "李明2026-03-20确认为同一主体", complaints)


def test_each_unit_is_shown_its_own_appeals_after_the_decision() -> None:
    one, other = reappeared([FINED], [under("云栖公寓", EARLY, LATE, ELSEWHERE)])
    assert (one.unit_id, one.ticket_ids, one.provisional) == (1, (11,), False)
    assert one.evidence == (
        "“青禾公寓”有处罚决定：市住房和城市更新局 2026-03-01 武房罚字〔2026〕12号",
        "此后又以“云栖公寓”（李明2026-03-20确认为同一主体）出现，本单位承办1件：WH11",
    )
    assert (other.unit_id, other.last_on) == (2, date(2026, 3, 10))


def test_nothing_is_told_without_a_decision() -> None:
    assert reappeared([], [under("云栖公寓", LATE)]) == []


def test_the_name_that_was_decided_on_does_not_reappear() -> None:
    assert reappeared([FINED], [under("青禾公寓", LATE)]) == []


def test_what_only_reasons_speak_for_is_marked() -> None:
    [told] = reappeared([FINED], [under("云栖公寓", LATE, sure=False)])
    assert told.provisional and "待确认" in told.evidence[1]


def test_many_appeals_are_counted() -> None:
    many = [Complaint(1, n, f"WH{n}", date(2026, 3, 2)) for n in range(20, 30)]
    [told] = reappeared([FINED], [under("云栖公寓", *many)])
    assert "承办10件" in told.evidence[1] and "等" in told.evidence[1]
    assert len(told.ticket_ids) == 10
