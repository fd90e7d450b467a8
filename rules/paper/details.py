"""What only some kinds of paper say: asked of whoever drafts one, kept beside the order."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rules.paper.kinds import CRIME, DUTY, TALK, TALK_RECORD


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a kind of paper says: ``form`` is a line, several, a moment, or a leader.

    A moment is kept as ISO text with the bureau's offset. ``usual`` stands there until something
    else is written. A paper is not signed without what is ``needed``.
    """

    name: str
    label: str
    form: Literal["line", "lines", "moment", "leader"] = "line"
    usual: str = ""
    needed: bool = True


APPROVER = Detail("approver", "批准领导", "leader")

TALKERS = Detail("talkers", "约谈人")

_MEETING = (
    Detail("held_at", "约谈时间", "moment"),
    Detail("place", "约谈地点"),
    Detail("persons", "约谈对象"),
    TALKERS,
)

ORGAN = ("organ", "接收机关")
"""Name and label of whom a matter is referred to."""

_REFERRAL = (
    Detail(*ORGAN),
    Detail("clue", "线索情况", "lines"),
    Detail("evidence", "证据材料清单", "lines"),
)

DETAILS: Mapping[str, tuple[Detail, ...]] = {
    TALK: (
        *_MEETING,
        Detail("bring", "携带材料", "lines", "所列诉求的办理卷宗\n整改措施及完成时限的书面说明"),
    ),
    TALK_RECORD: (
        *_MEETING,
        Detail("said", "约谈情况", "lines"),
        Detail("answered", "被约谈方意见和整改承诺", "lines"),
        Detail("taken_by", "记录人"),
    ),
    CRIME: _REFERRAL,
    DUTY: _REFERRAL,
}
"""What each kind says besides title, cause and demands, in the order it is asked."""


def details_of(kind: str, approves: str = "") -> tuple[Detail, ...]:
    """Return what a kind of paper says of its own; ``approves`` is the rank that must have."""
    return (*DETAILS.get(kind, ()), *((APPROVER,) if approves else ()))


def read_details(kept: str | None) -> dict[str, str]:
    """Return what the store keeps of a paper's details, by name."""
    found: dict[str, str] = json.loads(kept) if kept else {}
    return found


def names_in(text: str) -> list[str]:
    """Return the persons a line names: 王某（副处长）、李某."""
    return [name for name in re.split(r"[、,，;；\s]+", text) if name]
