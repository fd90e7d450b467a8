"""A new policy serves the clocks that start later; running ones only where it is asked for."""

from __future__ import annotations

import pytest

from models.clocks.policies import load_policy, policy_versions, rehearse_policy
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import PolicyError, Refused
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan
from tests.models.cells import rows_of, value_of

WHY = "时限标准调整"

CLOSE = "SELECT limit_text, due_at, policy FROM deadline WHERE step = 'close' ORDER BY id"


@pytest.fixture
def running(store: Store) -> Store:
    """Return a store with one complaint handed over on Thursday morning, due in 5 working days."""
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")))
    return store


def text_of(store: Store, *changes: tuple[str, str]) -> str:
    """Return the policy in force with some words replaced."""
    with store.reading() as reader:
        text = str(value_of(reader, "SELECT text FROM policy ORDER BY version DESC LIMIT 1"))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


SHORTER = ('close = "5wd"', 'close = "3wd"')


def test_a_new_version_leaves_running_clocks_and_serves_later_ones(running: Store) -> None:
    loaded = load_policy(running, text_of(running, SHORTER), WHY)
    assert (loaded.version, loaded.done) == (2, None)
    taken(running, appeal("A2", unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")), digest="2")
    with running.reading() as reader:
        assert rows_of(reader, CLOSE) == [
            ("5wd", wuhan("2026-11-26 17:30"), 1),
            ("3wd", wuhan("2026-11-24 17:30"), 2),
        ]
        assert [view.reason for view in policy_versions(reader)] == [WHY, None]


def test_recomputing_counts_running_clocks_as_if_started_under_it(running: Store) -> None:
    text = text_of(running, SHORTER)
    told = rehearse_policy(running, text)
    assert one(running, CLOSE)[0] == "5wd"
    done = load_policy(running, text, WHY, recompute=True).done
    assert done == told
    assert one(running, CLOSE) == ("3wd", wuhan("2026-11-24 17:30"), 2)
    sql = "SELECT reason, policy FROM event WHERE verb = 'deadline.recompute'"
    assert one(running, sql) == (WHY, 2)
    with running.reading() as reader:
        assert verify_trail(reader).ok


def test_a_recomputed_clock_that_comes_out_the_same_goes_by_the_new_version(
    running: Store,
) -> None:
    load_policy(running, text_of(running, SHORTER), WHY, recompute=True)
    assert set(column(running, "SELECT policy FROM deadline WHERE stopped_at IS NULL")) == {2}


def test_the_policy_in_force_may_still_be_applied_to_the_running_clocks(running: Store) -> None:
    text = text_of(running, SHORTER)
    load_policy(running, text, WHY)
    before = one(running, CLOSE)
    done = load_policy(running, text, WHY, recompute=True).done
    assert done is not None and done.changed > 0
    assert one(running, CLOSE) != before


def test_a_clock_the_new_policy_does_not_set_keeps_its_own(running: Store) -> None:
    text = text_of(running, ('contact = "1wd"', 'contact = "none"'))
    done = load_policy(running, text, WHY, recompute=True).done
    assert done is not None and (done.kept, done.changed) == (1, 0)
    assert one(running, "SELECT policy FROM deadline WHERE step = 'contact'") == (1,)


def test_a_limit_the_matter_was_given_for_itself_is_kept(running: Store) -> None:
    with running.writing() as work:
        work.conn.exec_driver_sql("UPDATE deadline SET limit_text = '10wd' WHERE step = 'close'")
    load_policy(running, text_of(running, SHORTER), WHY, recompute=True)
    assert one(running, CLOSE)[:2] == ("10wd", wuhan("2026-12-03 17:30"))


def test_other_colours_move_thresholds_but_no_due_date(running: Store) -> None:
    text = text_of(running, ('preset = "remaining"', 'preset = "near-due"'))
    done = load_policy(running, text, WHY, recompute=True).done
    assert done is not None and done.moved == 0 and done.changed > 0
    assert (None, "blue") not in {(c.before, c.after) for c in done.colours}
    assert one(running, "SELECT blue_at FROM deadline WHERE step = 'close'") == (
        wuhan("2026-11-25 17:30"),
    )


def test_what_cannot_be_used_or_is_in_force_is_refused(running: Store) -> None:
    with pytest.raises(PolicyError):
        load_policy(running, "[bureu]", WHY)
    with pytest.raises(Refused, match="第1版规则相同"):
        load_policy(running, text_of(running), WHY)
    with pytest.raises(Refused, match="须写明理由"):
        load_policy(running, text_of(running, SHORTER), "")
    assert column(running, "SELECT version FROM policy") == [1]
