"""抄送: whom an order is copied to, by the names that stand in its imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models import bureau
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.bureau import UnitDirectory
    from models.store import Source
    from rules.bureau import Policy

MOST = 12
"""Names in an imprint at most."""

LONGEST = 40
"""Characters of one name."""

_PARTED = re.compile(r"[\n,，、;；]+")


def parted(text: str) -> list[str]:
    """Return the names in a line of them, however they are parted."""
    return [name for each in _PARTED.split(text) if (name := harmless_line(each))]


def copies(
    directory: UnitDirectory, policy: Policy, names: Sequence[str], unit_id: int, today: date
) -> str | None:
    """Return whom an order of ``unit_id`` is copied to, a full name a line; None for nobody.

    A unit may be named by any of its words, a leader of the policy by name. Any other name stands
    as it was typed: an office may be none of our units.
    """
    leaders = {leader.name: f"{leader.post}{leader.name}" for leader in policy.leaders}
    told: dict[str, None] = {}
    for name in (name for each in names for name in parted(each)):
        found = directory.find(name, today)
        if found == unit_id:
            raise Refused(f"{name} 是主送单位，不再抄送：请从抄送中去掉")
        if len(name) > LONGEST:
            raise Refused(f"抄送名称超过{LONGEST}字：{name[:12]}..，请用规范简称")
        told[directory.full_names[found] if found else leaders.get(name, name)] = None
    if len(told) > MOST:
        raise Refused(f"抄送最多{MOST}个：请改用“各有关单位”一类的统称")
    return "\n".join(told) or None


def copied_units(source: Source, names: Sequence[str]) -> frozenset[int]:
    """Return the units among those an order is copied to, and whoever has followed them."""
    if not names:
        return frozenset()
    directory = bureau.UnitDirectory(source)
    found = {directory.find(name, on) for name in names for on in (date.min, date.max)}
    return frozenset(id for id in found if id is not None)
