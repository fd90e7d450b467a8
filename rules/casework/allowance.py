"""What the caps of a policy make true of a matter, each with the cap it comes from."""

from __future__ import annotations

from datetime import datetime

from rules.casework.course import Acts
from rules.clocks import Tags, Timekeeper, return_over, return_until


def capped(
    keeper: Timekeeper, tags: Tags, acts: Acts, extensions: int, pauses: int, at: datetime
) -> dict[str, str]:
    """Return the facts that follow from the caps, with what is said of each.

    ``extensions`` and ``pauses`` were granted so far. An assumed dispatch (交办时间缺) holds
    nobody to its time.
    """
    caps, found = keeper.caps(tags), dict[str, str]()
    if caps.extensions == 0:
        found["unextendable"] = ""
    elif extensions >= caps.extensions:
        found["extended"] = f"规则允许延期{caps.extensions}次，已延期{extensions}次，不再延期"
    if caps.pauses is not None and pauses >= caps.pauses:
        found["unpausable"] = f"规则允许挂起{caps.pauses}次，已挂起{pauses}次，不再挂起"
    if caps.returns == 0:
        found["unreturnable"] = ""
    handed_at = None if acts.assumed else acts.handed_at or acts.dispatched_at
    until = return_until(keeper, handed_at, tags) if handed_at is not None else None
    if handed_at is not None and until is not None and until < at:
        found["return_over"] = return_over(keeper, handed_at, tags)
    if caps.own is not None:
        found["own_limit"] = ""
    if acts.fixed or acts.dispatched_at is not None:
        found["given"] = ""
    return found
