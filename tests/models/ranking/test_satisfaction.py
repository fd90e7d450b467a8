"""What was verified changes the verified figures of its own round, and no other figure at all."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import text

from models.casework.closing import rate
from models.casework.doing import finish
from models.matter import load_matter
from models.ranking.editions import EditionView, compute_edition
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.ranking.tallies import tallies_of, tickets_behind
from models.store.store import Store
from models.tables.reviews import Exclusion
from rules.ranking.periods import parse_period
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.models.ranking.past import OTHER, UNIT
from tests.models.rounds import put_round

WORDS = {"满意": "satisfied", "基本满意": "basic", "不满意": "unsatisfied"}

ROUNDS, ACTS = 10, 40

CLOSED = datetime(2026, 11, 3, 4, tzinfo=NOW.tzinfo)
"""A Tuesday of week 45; the first ratings are of this week and the next."""


class Walk:
    """Rounds of two units, what citizens said of each, and the figures that must follow."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.weeks = [parse_period(f"2026-W{n}", store.timekeeper().zone) for n in (45, 46, 47)]
        self.said: dict[int, list[tuple[datetime, str, str, str]]] = {}
        self.gone: set[int] = set()
        self.asked: list[tuple[int, int]] = []
        self.units: dict[int, int] = {}
        self.tickets: dict[int, int] = {}
        self.last = CLOSED
        for n in range(ROUNDS):
            unit = (UNIT, OTHER)[n % 2]
            ticket, id = put_round(
                store, f"T{n}", unit, received_at=CLOSED - timedelta(days=2), closed_at=CLOSED
            )
            self.units[id], self.tickets[id], self.said[id] = unit, ticket, []

    def tallies(self) -> list[dict[int, Tally]]:
        with self.store.reading() as reader:
            return [tallies_of(reader, week, known_at=NOW) for week in self.weeks]

    def step(self) -> tuple[str, int]:
        """Do one thing to one round; return what, and to which."""
        id = self.chance.choice(list(self.said))
        self.last += timedelta(hours=self.chance.randint(1, 18))
        does = self.chance.choice(("rate", "rate", "rerate", "ask", "decide"))
        if does == "decide" and self.asked:
            return does, self._decide()
        if does == "ask":
            self._ask(id)
        elif does == "rerate" and self.said[id]:
            self._rate(id, "rerating")
        else:
            does = "rate"
            self._rate(id, self.chance.choice(("import", "callback", "operator")))
        return does, id

    def _rate(self, id: int, means: str) -> None:
        result, how = (self.chance.choice(tuple(WORDS)) for _ in range(2))
        with self.store.writing() as work:
            matter = load_matter(work, self.tickets[id])
            after = rate(work, matter, result=result, work_rating=how, at=self.last, means=means)
            finish(work, matter, after)
        self.said[id].append((self.last, result, how, means))

    def _ask(self, id: int) -> None:
        with self.store.writing() as work:
            asked = work.insert(
                Exclusion,
                ticket_id=self.tickets[id],
                round_id=id,
                kind=self.chance.choice(("exclude", "excuse")),
                reason="不可抗力",
                evidence="水文公告",
                asked_at=self.last,
                asked_by=1,
            )
        self.asked.append((asked, id))

    def _decide(self) -> int:
        asked, id = self.asked.pop()
        approved = self.chance.random() < 0.6
        with self.store.writing() as work:
            work.update(Exclusion, asked, 1, decided_at=self.last, approved=approved, decided_by=1)
        if approved:
            self.gone.add(id)
        return id

    def expected(self) -> list[dict[int, Counter[str]]]:
        """Recount everything slowly from what was said, week by week."""
        found: list[dict[int, Counter[str]]] = [{UNIT: Counter(), OTHER: Counter()} for _ in "123"]
        for id, said in self.said.items():
            for counts, week in zip(found, self.weeks, strict=True):
                place = max(
                    (n for n, one in enumerate(said) if one[3] != "rerating" and one[0] in week),
                    default=None,
                )
                if place is None:
                    continue
                final = place
                while final + 1 < len(said) and said[final + 1][3] == "rerating":
                    final += 1
                mine = counts[self.units[id]]
                mine[f"result_{WORDS[said[place][1]]}"] += 1
                mine[f"work_{WORDS[said[place][2]]}"] += 1
                mine[f"by_{said[place][3]}"] += 1
                if id in self.gone:
                    mine["excluded"] += 1
                else:
                    mine[f"verified_{WORDS[said[final][1]]}"] += 1
                    mine[f"verified_work_{WORDS[said[final][2]]}"] += 1
                    mine["rerated"] += final > place
        return found


def _said(tally: Tally) -> Counter[str]:
    """Return what a tally counts of ratings, and nothing that is 0."""
    heads = ("result_", "work_", "verified_", "by_", "excluded", "rerated")
    return Counter({n: c for n, c in asdict(tally).items() if n.startswith(heads) and c})


def test_walks_of_ratings_and_exclusions_are_counted_as_a_slow_recount_counts_them(
    store: Store,
) -> None:
    walk = Walk(store, 20)
    met, before = Counter[str](), walk.tallies()
    for _ in range(ACTS):
        does, id = walk.step()
        met[does] += 1
        after, expected = walk.tallies(), walk.expected()
        for was, now, slowly in zip(before, after, expected, strict=True):
            for unit in (UNIT, OTHER):
                counted = _said(now.get(unit, Tally()))
                assert counted == +slowly[unit], (does, id)
                tally = now.get(unit, Tally())
                assert tally.verified is not None
                assert tally.verified.rated + tally.excluded == tally.rated
            mine = walk.units[id]
            assert {u: t for u, t in was.items() if u != mine} == {
                u: t for u, t in now.items() if u != mine
            }
            if does != "rate":
                assert _original(was.get(mine)) == _original(now.get(mine))
        before = after
    assert set(met) == {"rate", "rerate", "ask", "decide"}
    assert walk.gone and sum(t.rerated for week in before for t in week.values())


def _original(tally: Tally | None) -> Tally:
    """Return a tally without what is verified."""
    none = {n: 0 for n in asdict(Tally()) if n.startswith("verified_")}
    return replace(tally or Tally(), **none, excluded=0, rerated=0)


def _put(store: Store, number: str, word: str, unit: int = UNIT) -> tuple[int, int]:
    return put_round(
        store,
        number,
        unit,
        received_at=CLOSED,
        closed_at=CLOSED,
        rating=word,
        rated_at=CLOSED + timedelta(days=5),
    )


def _again(store: Store, ticket: int, word: str, at: datetime) -> None:
    with store.writing() as work:
        matter = load_matter(work, ticket)
        finish(work, matter, rate(work, matter, result=word, at=at, means="rerating"))


def test_a_re_rating_of_the_week_after_belongs_to_the_week_rated_and_a_revision_shows_it(
    store: Store,
) -> None:
    ticket, _ = _put(store, "T1", "不满意")
    week, after = (parse_period(f"2026-W{n}", store.timekeeper().zone) for n in (45, 46))
    first = publish_edition(store, week)
    _again(store, ticket, "满意", CLOSED + timedelta(days=8))
    assert edition_of(store, week).rows == first.rows
    revised = _own(publish_edition(store, week, reason="改评"))
    assert (revised.result_unsatisfied, revised.verified_satisfied, revised.rerated) == (1, 1, 1)
    assert not _said(_own(compute_edition(store, after)))
    with store.reading() as reader:
        at_its_end = tallies_of(reader, week)[UNIT]
        assert (at_its_end.verified_unsatisfied, at_its_end.rerated) == (1, 0)
        assert tickets_behind(reader, week, ("rerated",), (UNIT,), known_at=NOW) == [ticket]


def _own(view: EditionView) -> Tally:
    return next(row.tally for row in view.rows if row.unit_id == UNIT)


def test_an_edition_of_an_earlier_version_is_read_without_what_it_never_counted(
    store: Store,
) -> None:
    _put(store, "T1", "不满意")
    week = parse_period("2026-W45", store.timekeeper().zone)
    publish_edition(store, week)
    with store.writing() as work:
        work.conn.execute(text("UPDATE edition_row SET tally = :old"), {"old": OLD})
    tally = _own(edition_of(store, week))
    assert (tally.result_unsatisfied, tally.verified, tally.verified_rate()) == (1, None, None)


OLD = '{"due":1,"on_time":1,"closed":1,"result_unsatisfied":1,"work_unsatisfied":1}'
