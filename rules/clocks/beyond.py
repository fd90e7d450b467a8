"""What lies beyond the caps of a policy: compared by due instants, refused with the cap named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.clocks.caps import Caps
from rules.clocks.deadlines import Clock
from rules.clocks.limits import Limit
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from rules.clocks.wording import long_instant
from rules.errors import Refused


def beyond_extension(
    keeper: Timekeeper, caps: Caps, clock: Clock, original_due_at: datetime, asked: str, tags: Tags
) -> str | None:
    """Return why more time than the caps allow was asked for; None where it was not.

    Compared are the due instants: what is asked for may be in days and the cap in working days.
    """
    longer = keeper.extended(clock, asked, tags).due_at
    first = replace(clock, due_at=original_due_at)
    for name, cap, since in (
        ("每次延期最长", caps.extension, clock),
        ("累计延期最长", caps.extension_total, first),
    ):
        if cap is None:
            continue
        last = keeper.extended(since, cap, tags).due_at
        if longer > last:
            until = _due(keeper, last)
            return (
                f"规则规定{name}{_label(cap)}，此件最迟可延至{until}："
                f"申请的{_label(asked)}超过了，请改短"
            )
    return None


def beyond_own(keeper: Timekeeper, asked: str, start: datetime, tags: Tags) -> str | None:
    """Return why a dispatch may not carry the limit asked for; None where it may."""
    cap = keeper.caps(tags).own
    if cap is None:
        return "规则不许交办时另定办结时限：请不写时限，按规则交办"
    last = keeper.timed("close", cap, start, tags).due_at
    if keeper.timed("close", asked, start, tags).due_at <= last:
        return None
    until = _due(keeper, last)
    return (
        f"规则规定交办时另定的时限最长{_label(cap)}，最迟{until}到期："
        f"所写的{_label(asked)}超过了，请改短"
    )


def pause_until(
    keeper: Timekeeper, caps: Caps, start: datetime, tags: Tags, asked: str | None
) -> datetime | None:
    """Return when the time of a pause is up, the longest where none was asked for.

    None: it has no end of its own. Refused where more was asked for than the policy allows.
    """
    if asked is None and caps.pause is None:
        return None
    until = keeper.timed("pause", asked or caps.pause or "", start, tags).due_at
    if caps.pause is not None:
        last = keeper.timed("pause", caps.pause, start, tags).due_at
        if until > last:
            raise Refused(
                f"规则规定每次挂起最长{_label(caps.pause)}，此次最迟到{_due(keeper, last)}："
                f"所写的{_label(asked or '')}超过了，请改短"
            )
    return until


def return_until(keeper: Timekeeper, handed_at: datetime, tags: Tags) -> datetime | None:
    """Return until when a unit may ask for a return; None where no time is set for it."""
    cap = keeper.caps(tags).returned
    return None if cap is None else keeper.timed("returned", cap, handed_at, tags).due_at


def return_over(keeper: Timekeeper, handed_at: datetime, tags: Tags) -> str:
    """Return what is said to whoever asks for a return too late."""
    until, cap = return_until(keeper, handed_at, tags), keeper.caps(tags).returned
    assert until is not None and cap is not None
    return (
        f"规则规定退单须在交办后{_label(cap)}内提出，{_due(keeper, until)}已过："
        "请继续办理，确需改派的由中心转派"
    )


def _label(text: str) -> str:
    return Limit.parse(text).label


def _due(keeper: Timekeeper, instant: datetime) -> str:
    return long_instant(keeper.local(instant), ends=True)
