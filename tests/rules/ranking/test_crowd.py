"""How many different citizens complain of one object within some days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from rules.ranking.prominent import Report, crowds

START = datetime(2018, 10, 1, tzinfo=UTC)

MONTH = timedelta(days=30)

COMMUNITY = "420111002003"


def report(n: int, reporter: str | None, day: float = 0, object: str | None = "某小区") -> Report:
    return Report(n, reporter, START + timedelta(days=day), object)


def sizes(*reports: Report) -> dict[int, int]:
    return {n: crowd.reporters for n, crowd in crowds(reports, MONTH).items()}


def test_different_reporters_of_one_object_make_a_crowd() -> None:
    assert sizes(report(1, "甲"), report(2, "乙", 5), report(3, "丙", 9)) == {1: 3, 2: 3, 3: 3}


def test_one_citizen_who_writes_often_is_one_reporter() -> None:
    assert sizes(*(report(n, "甲", n) for n in range(5))) == dict.fromkeys(range(5), 1)


def test_an_unknown_reporter_counts_nobody_but_may_belong_to_a_crowd() -> None:
    assert sizes(report(1, "甲"), report(2, None, 1), report(3, "乙", 2)) == {1: 2, 2: 2, 3: 2}


def test_only_what_lies_within_thirty_days_belongs_together() -> None:
    found = sizes(report(1, "甲"), report(2, "乙", 30), report(3, "丙", 30.5), report(4, "丁", 61))
    assert found == {1: 2, 2: 2, 3: 2, 4: 1}


def test_without_a_named_object_category_and_community_stand_for_it() -> None:
    cell = [COMMUNITY, COMMUNITY + "001", COMMUNITY + "002", "420111002"]
    path = "城市管理/施工管理/夜间施工"
    reports = [Report(n, f"r{n}", START, None, path, grid) for n, grid in enumerate(cell)]
    reports.append(Report(9, "r9", START, None, "城市管理/施工管理", COMMUNITY))
    found = crowds(reports, MONTH)
    assert {n: crowd.reporters for n, crowd in found.items()} == {0: 3, 1: 3, 2: 3}
    assert found[0].subject == f"类别：{path} 社区：{COMMUNITY}"


days = st.integers(0, 90)

appeals = st.lists(st.tuples(days, st.sampled_from(["甲", "乙", "丙", "丁", None])), max_size=20)


@given(appeals)
def test_a_crowd_is_the_best_window_of_thirty_days_around_the_appeal(
    rows: list[tuple[int, str | None]],
) -> None:
    found = sizes(*(report(n, who, day) for n, (day, who) in enumerate(rows)))
    for n, (day, _) in enumerate(rows):
        windows = (
            {who for other, who in rows if begin <= other <= begin + 30 and who}
            for begin in range(day - 30, day + 1)
        )
        assert found[n] == max(len(window) for window in windows)


@given(appeals)
def test_a_crowd_names_the_appeals_of_its_window(rows: list[tuple[int, str | None]]) -> None:
    found = crowds((report(n, who, day) for n, (day, who) in enumerate(rows)), MONTH)
    for n, crowd in found.items():
        of = [rows[id] for id in crowd.ticket_ids]
        assert n in crowd.ticket_ids
        assert len({who for _, who in of if who}) == crowd.reporters
        assert max(day for day, _ in of) - min(day for day, _ in of) <= 30
