"""How a unit's counts would stand if what it disputes were put right."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from rules.ranking import Tally

RATED = ("verified_unsatisfied", "verified_work_unsatisfied")
"""What a unit is freed of where a verdict on its rating falls: the citizen's own word stays."""

LATE = ("late", "open", "carried")
"""What becomes on time where a lateness was none."""


def mended(tally: Tally, kind: str, held: Collection[str]) -> Tally:
    """Return counts as if an objection of a kind were accepted.

    ``held`` are the counts that the disputed matter stands in. A rating leaves the verified
    figures, a lateness becomes on time, and a wrong dispatch takes the matter out of everything.
    """
    if kind == "rating":
        freed = _less(tally, [name for name in RATED if name in held])
        return replace(freed, excluded=freed.excluded + 1) if RATED[0] in held else freed
    if kind == "dispatch":
        return _less(tally, held)
    late = [name for name in LATE if name in held]
    freed = _less(tally, late)
    return replace(freed, on_time=freed.on_time + 1) if "due" in held and late else freed


def _less(tally: Tally, names: Collection[str]) -> Tally:
    return replace(tally, **{name: max(getattr(tally, name) - 1, 0) for name in names})


@dataclass(frozen=True, slots=True)
class Effect:
    """A unit's place in a period before and after, among how many; None where it has no place."""

    period: str
    before: int | None
    after: int | None
    ranked: int

    def to_json(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Effect:
        """Read what ``to_json`` wrote."""
        return cls(**json.loads(text))

    @property
    def words(self) -> str:
        """What it did, in words: 第5位 → 第4位（共13家）."""
        if self.before == self.after:
            return f"{_place(self.before)}，位次不变（共{self.ranked}家排位）"
        return f"{_place(self.before)} → {_place(self.after)}（共{self.ranked}家排位）"


def _place(place: int | None) -> str:
    return "不排位次" if place is None else f"第{place}位"
