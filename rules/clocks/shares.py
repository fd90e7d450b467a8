"""How much of its lead's limit a co-unit has (协办): so much less, a part of it, or its own."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from rules.clocks.limits import Limit

LESS_A_DAY = "-1wd"
"""What holds where a policy says nothing: its answer is a day before the lead's."""

_PART = re.compile(r"([1-9]\d?|100)%")


def _share(text: str) -> str:
    text = text.strip()
    if _PART.fullmatch(text):
        return text
    less = text.startswith("-")
    try:
        limit = Limit.read(text.removeprefix("-"))
    except ValueError:
        limit = None
    if limit is None or (less and (limit.unit in ("half", "mo") or limit.count == 0)):
        raise ValueError(
            f"协办时限“{text}”无法识别，请写成 -1wd（比主办少一个工作日）、"
            "50%（主办的一半）或 2wd（自己的时限）"
        )
    return f"-{limit}" if less else str(limit)


Share = Annotated[str, AfterValidator(_share)]
"""``-1wd`` less than the lead's, ``50%`` of it, or ``2wd`` of its own."""


def own_limit(share: str) -> bool:
    """Whether a share is a limit of the co-unit's own, whatever its lead has."""
    return not share.startswith("-") and not share.endswith("%")


def share_words(share: str) -> str:
    """``少1个工作日``, ``取50%``, ``另定2个工作日``."""
    if share.endswith("%"):
        return f"取{share}"
    label = Limit.parse(share.removeprefix("-")).label
    return f"少{label}" if share.startswith("-") else f"另定{label}"


def shared_limit(lead_text: str, share: str) -> str:
    """The limit of a co-unit whose lead has ``lead_text``, never under one of its measure.

    What is taken off is taken in the lead's measure, days of days and hours of hours; a limit of
    another kind stays as it is, and so do months: days come off the date they give. A part is
    rounded up.
    """
    if own_limit(share):
        return share
    lead = Limit.parse(lead_text)
    if lead.count < 2:
        return lead_text
    if share.endswith("%"):
        count = -(-lead.count * int(share[:-1]) // 100)
    else:
        less = Limit.parse(share[1:])
        if less.unit != lead.unit and not {less.unit, lead.unit} <= {"wd", "d"}:
            return lead_text
        count = lead.count - less.count
    return f"{max(count, 1)}{lead.unit}"


def less_days(share: str) -> int:
    """How many days a share takes off its lead's limit; 0 where it does not say so in days."""
    less = Limit.parse(share[1:]) if share.startswith("-") else None
    return less.count if less is not None and less.by_days else 0


def days_before(share: str) -> int:
    """How many working days before a date that its source fixed a co-unit has to answer."""
    return less_days(share) or 1
