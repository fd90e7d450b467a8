"""What the store tells of a week: its findings, what is left out, and nothing of later days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.campaigns.gathering import gather
from models.campaigns.running import start_campaign
from models.insight.behind import Share
from models.insight.insight import FindingView, Insight, insight_of
from models.store.store import Store
from tests.models.appeals import appeal, column, taken
from tests.models.insight.bursts import CHANNELS, FROM, TO, WATER, burst, put_problem, usual


def look(store: Store) -> Insight:
    with store.reading() as reader:
        return insight_of(reader, store, FROM, TO)


def by_name(found: Insight) -> dict[str, FindingView]:
    return {finding.name: finding for finding in found.findings}


def test_a_burst_at_one_place_is_found_with_all_that_stands_behind_it(store: Store) -> None:
    taken(store, *usual(), *burst())
    [finding] = look(store).findings
    assert finding.name == "武昌区徐家棚街道001社区 停水"
    assert finding.signs == ("new", "rises", "repeats", "crosses")
    assert (finding.count, finding.reporters, finding.mean) == (9, 9, 0)
    assert finding.known_on.isoformat() == "2026-11-09"
    assert {one.name: len(one.ticket_ids) for one in finding.channels} == dict.fromkeys(CHANNELS, 3)
    assert finding.districts == (Share("武昌区", finding.ticket_ids),)
    assert sum(count for _, count in finding.curve) == 9
    assert len(finding.curve) == 56 and finding.curve[-1][0].isoformat() == "2026-11-15"


def test_what_came_later_changes_nothing(store: Store) -> None:
    taken(store, *usual(), *burst())
    before = look(store)
    later = [appeal(f"L{n}", received_at=TO, category=WATER, content=f"再{n}") for n in range(20)]
    taken(store, *later)
    assert look(store) == before


@pytest.mark.parametrize("secret", [{"nature": "举报"}, {"confidential": True}])
def test_reports_and_what_is_confidential_stand_in_no_finding(
    store: Store, secret: dict[str, Any]
) -> None:
    taken(store, *usual(), *burst(**secret))
    assert look(store).findings == ()


def test_what_two_platforms_tell_counts_once(store: Store) -> None:
    told = burst(6, "A", object="供水公司")
    taken(store, *usual(), *told)
    again = [
        appeal(
            f"B{n}",
            received_at=one.received_at,
            channel="12315",
            content=one.content,
            **{"category": WATER, "object": "供水公司", "grid": "420106003001"},
        )
        for n, one in enumerate(told)
    ]
    taken(store, *again, source="12315", profile="12315", analysis=True)
    counted = {finding.count for finding in look(store).findings}
    assert counted == {6}


@pytest.mark.parametrize(("state", "found"), [("confirmed", True), ("refused", False)])
def test_a_problem_is_told_before_its_place_unless_it_was_refused(
    store: Store, state: str, found: bool
) -> None:
    taken(store, *usual(), *burst())
    tickets = column(store, "SELECT id FROM ticket WHERE category = :c", c=WATER)
    id = put_problem(store, tickets, state=state)
    [finding] = look(store).findings
    assert (finding.kind == "problem") == found
    if found:
        assert finding.problem is not None and finding.problem.id == id
        assert finding.name == "停水 138****4567"
        assert finding.known_on.isoformat() == "2026-11-10"


def test_a_young_store_finds_no_rise(store: Store) -> None:
    taken(store, *usual(10), *burst(object=None, grid=None))
    found = look(store)
    assert found.findings == () and found.known_from is not None


def test_a_finding_tells_under_which_campaign_its_appeals_are(store: Store) -> None:
    taken(store, *usual(), *burst())
    tickets = column(store, "SELECT id FROM ticket WHERE category = :c ORDER BY id", c=WATER)
    due = store.now() + timedelta(days=30)
    campaign = start_campaign(store, "停水治理", due_at=due, basis="专题会议")
    gather(store, campaign, tickets[:4])
    [finding] = look(store).findings
    assert finding.campaigns == (Share("停水治理", tuple(tickets[:4])),)
