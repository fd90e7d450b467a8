"""Appeals of one matter become a problem: batch by batch, whatever falls between."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.problems import (
    ProblemFilter,
    days_of,
    link_new,
    linking,
    problem_appeals,
    problem_count,
    problem_of,
    problems,
    problems_of_tickets,
    spread_of,
)
from models.store.store import Store
from models.store.verifying import verify_store
from models.tables import Ticket
from tests.conftest import Opener
from tests.models.appeals import column, one, taken, wuhan
from tests.models.problems.crowd import OTHERS, about, linked, plant

OTHER = [about(title, 50 + n) for n, title in enumerate(OTHERS)]


def test_what_several_citizens_mean_is_one_problem_known_at_the_fifth(store: Store) -> None:
    (found,) = linked(store, *OTHER, *plant(0, 1, 2, 3, 4, 5))
    assert (found.appeals, found.reporters, found.state) == (6, 6, "likely")
    assert "丽发新城" in found.name and "搅拌站" in found.name
    assert found.first_at == wuhan("2026-11-01 09:00")
    assert found.known_at == wuhan("2026-11-05 09:00"), "the fifth of different citizens"
    with store.reading() as reader:
        told = problem_appeals(reader, found.id)
        spread = spread_of(reader, found.id)
        days = days_of(reader, [found.id], store.timekeeper().zone)
    assert [one.received_at.day for one in told] == [6, 5, 4, 3, 2, 1]
    assert all(one.why[0].weight >= one.why[-1].weight > 0 for one in told)
    assert {("estate", "丽发新城"), ("word", "搅拌")} <= {(r.kind, r.text) for r in told[0].why}
    assert [(share.name, share.appeals, share.open) for share in spread.channels] == [
        ("城市留言板", 6, 6)
    ]
    assert "丽发新城" in {key.text for key in spread.keys}
    assert list(days[found.id].values()) == [1] * 6
    assert verify_store(store).ok


def test_one_citizen_or_two_make_no_problem(store: Store) -> None:
    again = [about(title, 1, day=n) for n, title in enumerate(("丽发新城搅拌站噪音扰民",) * 1, 1)]
    assert linked(store, *again, *plant(0, 2)[:1]) == []


def test_the_unknown_are_not_counted_as_different(store: Store) -> None:
    unknown = [about(f"丽发新城搅拌站噪音扰民{n}", n, reporter=None, phone=None) for n in range(6)]
    (found,) = linked(store, *unknown)
    assert (found.appeals, found.reporters, found.known_at) == (6, 0, None)


@pytest.mark.parametrize("secret", [{"nature": "举报"}, {"confidential": True}])
def test_reports_and_secret_matters_never_take_part(store: Store, secret: dict[str, Any]) -> None:
    hidden = [about(one.title, 90 + n, day=1, **secret) for n, one in enumerate(plant(*range(6)))]
    assert linked(store, *hidden) == []
    assert one(store, "SELECT count(*) FROM appeal_key") == (0,)
    (found,) = linked(store, *plant(*range(6)))
    with store.reading() as reader:
        assert len(problem_appeals(reader, found.id)) == 6
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    with store.writing() as work:  # what becomes secret later is no longer told
        work.change_where(Ticket, "confidential = :yes", "id = :id", yes=True, id=ids[-1])
    with store.reading() as reader:
        assert len(problem_appeals(reader, found.id)) == 5
        assert ids[-1] not in problems_of_tickets(reader, ids)


def test_file_by_file_gives_what_one_file_gives(opener: Opener) -> None:
    store = opener()
    for some in (OTHER, plant(0), plant(1, 2), plant(3), plant(4, 5)):
        found = linked(store, *some)
    assert [(one.appeals, one.reporters) for one in found] == [(6, 6)]
    assert link_new(opener()).tickets == 0
    assert verify_store(store).ok


def test_what_was_cut_short_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(store, *OTHER, *plant(0, 1, 2, 3, 4, 5))
    link, batches = linking._put_together, list[object]()

    def cut(*given: object) -> object:
        done = link(*given)  # type: ignore[arg-type]  # as given
        if len(batches) == 2:
            raise KeyboardInterrupt
        batches.append(done)
        return done

    monkeypatch.setattr(linking, "_put_together", cut)
    with pytest.raises(KeyboardInterrupt):
        link_new(store, batch=2)
    monkeypatch.undo()
    assert one(store, "SELECT appeals FROM link_mark") == (4,)
    assert link_new(store, batch=2).tickets == 7
    with store.reading() as reader:
        assert [found.appeals for found in problems(reader)] == [6]
    assert verify_store(store).ok


def test_problems_are_listed_by_what_is_asked(store: Store) -> None:
    lifts = [
        about(f"翡翠华庭电梯停运无人维修{n}", 20 + n, day=12, category="物业/电梯", grid="4201")
        for n in range(3)
    ]
    linked(store, *plant(0, 1, 2, 3), *lifts)
    with store.reading() as reader:

        def names(**wanted: object) -> list[int]:
            asked = ProblemFilter(**wanted)  # type: ignore[arg-type]  # as given
            found = [one.appeals for one in problems(reader, asked)]
            assert problem_count(reader, asked) == len(found)
            return found

        assert names() == [4, 3]
        assert names(since=wuhan("2026-11-10 00:00")) == [3]
        assert names(category="物业") == names(category="物业/电梯") == [3]
        assert names(category="物") == []
        assert names(text="丽发") == [4]
        assert names(reporters=4) == [4]
        assert names(states=("refused",)) == []
        assert problem_of(reader, 99) is None
    told = column(store, "SELECT payload FROM event WHERE verb = 'problem.refresh'")
    assert [json.loads(each) for each in told] == [{"tickets": 7, "linked": 7, "found": 2}]
