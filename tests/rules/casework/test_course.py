"""The course of a round: which clocks it has, when each started and what stopped it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from rules.casework.course import Acts, legs_of, state_of

START = datetime(2026, 11, 19, 1, tzinfo=UTC)


def hours(count: int) -> datetime:
    """Return the instant so many hours after the receipt."""
    return START + timedelta(hours=count)


def steps(acts: Acts) -> dict[str, tuple[datetime, datetime | None, bool]]:
    """Return the clocks by step."""
    return {leg.step: (leg.started_at, leg.stopped_at, leg.held) for leg in legs_of(acts)}


def test_what_waits_for_dispatch_runs_on_the_centres_clock_alone() -> None:
    assert steps(Acts(START)) == {"dispatch": (START, None, False)}


def test_the_units_clocks_start_at_the_dispatch_not_at_the_acknowledgement() -> None:
    found = steps(Acts(START, hours(2), acknowledged_at=hours(9)))
    assert found["dispatch"] == (START, hours(2), False)
    assert found["acknowledge"] == (hours(2), hours(9), False)
    assert found["close"] == (hours(2), None, False)


def test_contact_ends_with_the_contact_or_with_the_reply() -> None:
    assert steps(Acts(START, START, contacted_at=hours(3)))["contact"][1] == hours(3)
    assert steps(Acts(START, START, replied_at=hours(5)))["contact"][1] == hours(5)


def test_a_reply_holds_the_close_clock_until_it_is_accepted() -> None:
    waiting = steps(Acts(START, START, replied_at=hours(5)))
    assert waiting["close"] == (START, None, True)
    assert waiting["judge"] == (hours(5), None, False)
    accepted = steps(Acts(START, START, replied_at=hours(5), closed_at=hours(30)))
    assert accepted["close"] == (START, hours(5), False)
    assert "judge" not in accepted


def test_without_a_reply_the_close_clock_stops_at_the_close() -> None:
    assert steps(Acts(START, START, closed_at=hours(7)))["close"][1] == hours(7)


def test_an_assumed_dispatch_says_nothing_of_the_centres_speed() -> None:
    assert "dispatch" not in steps(Acts(START, START, assumed=True))


def test_a_source_silent_about_a_step_is_not_blamed_for_it_once_finished() -> None:
    silent = frozenset({"acknowledge", "contact"})
    finished = steps(Acts(START, START, closed_at=hours(9), untold=silent, assumed=True))
    assert set(finished) == {"progress", "close"}
    assert "acknowledge" in steps(Acts(START, START, untold=silent))


def test_a_finished_matter_of_no_known_unit_keeps_the_clock_its_source_fixed() -> None:
    assert steps(Acts(START, closed_at=hours(9), fixed=True))["close"] == (START, hours(9), False)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (Acts(START), "waiting"),
        (Acts(START, START), "dispatched"),
        (Acts(START, START, acknowledged_at=START), "acknowledged"),
        (Acts(START, START, replied_at=START), "replied"),
        (Acts(START, START, replied_at=START, closed_at=START), "closed"),
    ],
)
def test_the_last_act_names_the_state(acts: Acts, state: str) -> None:
    assert state_of(acts) == state


_moments = st.none() | st.integers(-50, 500).map(hours)


@given(_moments, _moments, _moments, _moments, _moments, st.booleans())
def test_however_dirty_the_times_no_clock_ends_before_it_starts_and_a_closed_round_runs_none(
    dispatched: datetime | None,
    acknowledged: datetime | None,
    contacted: datetime | None,
    replied: datetime | None,
    closed: datetime | None,
    assumed: bool,
) -> None:
    acts = Acts(START, dispatched, acknowledged, contacted, replied, closed, assumed)
    legs = legs_of(acts)
    assert all(leg.stopped_at is None or leg.stopped_at >= leg.started_at for leg in legs)
    if closed is not None:
        assert all(leg.stopped_at is not None for leg in legs)
    elif dispatched is not None or not assumed:
        assert any(leg.stopped_at is None and not leg.held for leg in legs)


def test_handed_on_the_close_clock_goes_along_and_the_new_unit_signs_afresh() -> None:
    handed = hours(5)
    legs = legs_of(Acts(START, hours(1), handed_at=handed))
    assert {leg.step: leg.started_at for leg in legs} == {
        "dispatch": START,
        "acknowledge": handed,
        "contact": handed,
        "progress": handed,
        "close": hours(1),
    }


def test_a_granted_return_waits_with_the_centre_while_the_close_clock_runs_on() -> None:
    acts = Acts(START, hours(1), returned_at=hours(2))
    assert state_of(acts) == "waiting"
    assert [(leg.step, leg.started_at, leg.stopped_at) for leg in legs_of(acts)] == [
        ("dispatch", hours(2), None),
        ("close", hours(1), None),
    ]


def test_a_reply_sent_back_leaves_the_close_clock_running_and_the_contact_made() -> None:
    acts = Acts(START, hours(1), first_replied_at=hours(3))
    assert state_of(acts) == "acknowledged"
    stopped = {leg.step: leg.stopped_at for leg in legs_of(acts)}
    assert stopped["close"] is None and stopped["progress"] is None
    assert stopped["contact"] == stopped["acknowledge"] == hours(3)
