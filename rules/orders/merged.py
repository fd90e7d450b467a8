"""并单 on a paper: what was merged into its appeals at the instant of signing, and by how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rules.merging import KINDS
from rules.orders.facts import Given
from rules.orders.replaying import Told, still_standing
from rules.paper import Statement

if TYPE_CHECKING:
    from rules.orders.facts import Facts

MERGE_VERBS = ("merge", "split", "object", "undo", "redo")
"""The verbs that tell whether an appeal is under a lead."""


def joined_by(events: Sequence[Told], lead: str, until: datetime) -> Given | None:
    """Return the act that put an appeal under a lead, None where it was not there at an instant.

    ``events`` are those of ``MERGE_VERBS`` of its trail, the first one first; the act's word is the
    kind of the merge.
    """
    found = None
    for event in still_standing(events):
        if event.at > until:
            continue
        if event.verb != "merge":
            found = None
        elif event.payload.get("lead") == lead:
            found = Given(event.at, (event.seq,), str(event.payload.get("kind", "")))
    return found


def merged_statements(facts: Sequence[Facts]) -> Iterator[Statement]:
    """Tell how many appeals were under those of a paper, and how many citizens brought them all."""
    leads = [one for one in facts if one.merged]
    joined = [each for one in leads for each in one.merged]
    if not joined:
        return
    kinds = Counter(each.joined.word for each in joined)
    by_kind = "、".join(f"{name}{kinds[kind]}件" for kind, name in KINDS.items() if kinds[kind])
    persons = [*(one.person for one in leads), *(each.person for each in joined)]
    numbers = [*(one.number for one in leads), *(each.number for each in joined)]
    opened = "并入该件" if len(facts) == 1 else f"其中{len(leads)}件为并单主件，并入主件"
    with_it = "该件" if len(facts) == 1 else "主件"
    yield Statement(
        "merged",
        f"{opened}一并办理的诉求{len(joined)}件（{by_kind}，清单见附件1），"
        f"连同{with_it}{_citizens(persons)}。",
        "事实",
        tuple(seq for each in joined for seq in each.joined.events),
        tuple(numbers),
        joined=True,
    )


def _citizens(persons: Sequence[str | None]) -> str:
    """Return how many different citizens there are; who told no name may be any of them."""
    known = len({one for one in persons if one is not None})
    unknown = persons.count(None)
    if not known:
        return "均未留诉求人"
    return f"涉及不同诉求人{known}人" + (f"（另有{unknown}件未留诉求人）" if unknown else "")
