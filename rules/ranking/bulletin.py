"""What a bulletin (通报) tells besides the ranking: one value, kept with the edition it belongs to.

Everything stands as it was at the end of the period, and is counted in the transaction that
publishes: a published bulletin is read back, never reckoned again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from rules.ranking.supervision import Supervision
from rules.ranking.tally import Tally


@dataclass(frozen=True, slots=True)
class Flow:
    """What moved in a period, in the whole city.

    ``received`` are appeals (诉求); ``dispatched``, of these ``reworked``, and ``closed`` are
    rounds (办理轮次). What others answer is not among them. ``merged`` of those received are under
    a lead (并单): their rounds count with its own.
    """

    received: int = 0
    dispatched: int = 0
    reworked: int = 0
    closed: int = 0
    merged: int = 0


@dataclass(frozen=True, slots=True)
class InHand:
    """The rounds unfinished at an instant (期末在办), each in exactly one of these.

    ``waiting`` for dispatch; ``held``: answered, waiting for the centre's judgement; ``paused``;
    the others by the colour of their close limit, ``plain`` before the first colour begins,
    ``untimed`` without a limit. Besides: ``overdue`` are past their limit and not answered within
    it, ``soon`` fall due within the next period.
    """

    waiting: int = 0
    held: int = 0
    paused: int = 0
    red: int = 0
    yellow: int = 0
    blue: int = 0
    plain: int = 0
    untimed: int = 0
    overdue: int = 0
    soon: int = 0

    @property
    def all(self) -> int:
        """How many rounds are unfinished."""
        return sum(getattr(self, name) for name in STATES)

    def __add__(self, other: InHand) -> InHand:
        names = [one.name for one in fields(InHand)]
        return InHand(**{name: getattr(self, name) + getattr(other, name) for name in names})


STATES = ("waiting", "held", "paused", "red", "yellow", "blue", "plain", "untimed")
"""Every round in hand is in exactly one of these."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A name with its count, and the count of the period before where that is known."""

    name: str
    count: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class UnitBefore:
    """How a unit stood in the period before: rate printed, grade, whether it was last."""

    unit_id: int
    unit: str
    rate: str
    grade: str | None
    last: bool


@dataclass(frozen=True, slots=True)
class Before:
    """The period before; ``issue`` is None where it is not published, only computed.

    ``in_hand`` is known of one that was published with its bulletin.
    """

    period: str
    issue: int | None
    flow: Flow
    in_hand: InHand | None
    total: Tally
    units: tuple[UnitBefore, ...] = ()
    groups: tuple[tuple[str, Tally], ...] = ()

    @property
    def basis(self) -> str:
        """Where its figures come from, in words."""
        return "" if self.issue is not None else "上期未发布，按现有数据计算"


@dataclass(frozen=True, slots=True)
class Matter:
    """A round whose citizen is still unsatisfied as verified; ``title`` is masked.

    ``again``: it was handled before; ``verdict`` and ``cause`` are codes, of a review decided
    before the period's end.
    """

    number: str
    title: str
    unit: str
    again: bool
    verdict: str | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A typical case, masked; ``rule`` says by what it was chosen, ``state`` how it stood."""

    rule: str
    number: str
    unit: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class HotSpot:
    """An organisation or place that several citizens reported in the period."""

    name: str
    reporters: int
    tickets: int


@dataclass(frozen=True, slots=True)
class Risen:
    """Something that appeared, rose, came again or crossed in a week, as it was found (民情).

    ``signs`` are its Chinese names; ``count`` came in the week, ``reporters`` were different;
    ``known_on`` is the day it could first be known. Its name is masked.
    """

    name: str
    signs: tuple[str, ...]
    count: int
    reporters: int
    known_on: date


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person wrote for the bulletin: which version of it, when, who."""

    text: str
    version: int
    written_at: datetime
    operator: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


REMARKS = {"comment": "点评", "next": "下步要求"}
"""What a person writes for a bulletin, by the code that is kept."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that must come out; where it does not, the bulletin says by how much."""

    name: str
    whole: int
    parts: tuple[tuple[str, int], ...]

    @property
    def off(self) -> int:
        """How much the parts are short of the whole."""
        return self.whole - sum(count for _, count in self.parts)

    @property
    def words(self) -> str:
        """The sum in words: 应办结120件＝按时96件＋到期未结24件."""
        told = "＋".join(f"{name}{count}件" for name, count in self.parts if count)
        if not self.off:
            return f"{self.name}{self.whole}件＝{told or '0件'}，相符"
        sum_of = self.whole - self.off
        short = f"{'少' if self.off > 0 else '多'}{abs(self.off)}件"
        return (
            f"{self.name}{self.whole}件，分项{told or '0件'}合计{sum_of}件，{short}，不相符，待查"
        )


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that a bulletin tells besides the ranking; see the module.

    ``channels`` and ``natures`` are of all appeals received, ``categories`` by the first two
    levels, most first; ``days`` how many came in on each date; ``trend`` (period, received,
    closed) of the last periods, the oldest first. ``hands`` are the rounds in hand by unit id;
    ``elsewhere`` the rounds dispatched to, and closed by, others than the ranked units, as the
    centre. ``verdicts`` and ``causes`` are of the period's unsatisfied rounds, by code.
    ``repeats``: people who came again on the same thing, and their appeals. ``risen``: what rose
    in the week, None where nobody looked.
    """

    flow: Flow
    in_hand: InHand
    hands: tuple[tuple[int, InHand], ...]
    elsewhere: tuple[int, int]
    channels: tuple[Amount, ...]
    natures: tuple[Amount, ...]
    categories: tuple[Amount, ...]
    days: tuple[tuple[date, int], ...]
    trend: tuple[tuple[str, int, int], ...]
    before: Before | None
    year_ago: Flow | None
    verdicts: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]
    matters: tuple[Matter, ...]
    supervision: Supervision
    repeats: tuple[int, int]
    hot_spots: tuple[HotSpot, ...]
    cases: tuple[Case, ...]
    remarks: tuple[tuple[str, Remark], ...] = field(default_factory=tuple)
    risen: tuple[Risen, ...] | None = None

    def hand(self, unit_id: int) -> InHand:
        """Return what a unit had in hand."""
        return next((hand for id, hand in self.hands if id == unit_id), InHand())

    @property
    def total_before(self) -> Tally:
        """Return the counts of all units in the period before, none of anything without one."""
        return Tally() if self.before is None else self.before.total

    def remark(self, kind: str) -> Remark | None:
        """Return what was written of a kind, if anything."""
        return next((remark for name, remark in self.remarks if name == kind), None)

    def checks(self, total: Tally) -> tuple[Check, ...]:
        """Return the sums of the bulletin, against the counts of all ranked units."""
        flow = self.flow
        return (
            Check("受理", flow.received, tuple((one.name, one.count) for one in self.channels)),
            Check(
                "转办",
                flow.dispatched,
                (("承办单位", total.dispatched), ("其他", self.elsewhere[0])),
            ),
            Check("办结", flow.closed, (("承办单位", total.closed), ("其他", self.elsewhere[1]))),
            Check(
                "应办结",
                total.due,
                (
                    ("按时", total.on_time),
                    ("延期内", total.after_extension),
                    ("逾期办结", total.late),
                    ("到期未结", total.open),
                ),
            ),
            Check(
                "有效评价",
                total.rated,
                (
                    ("满意", total.result_satisfied),
                    ("基本满意", total.result_basic),
                    ("不满意", total.unsatisfied),
                ),
            ),
        )

    def to_json(self) -> str:
        """Return it as it is kept."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Bulletin:
        """Read what ``to_json`` wrote."""
        found: Bulletin = _adapter().validate_json(text)
        return found


IN_HAND = {
    "waiting": "待派",
    "held": "答复待审",
    "paused": "挂起",
    "red": "红",
    "yellow": "黄",
    "blue": "蓝",
    "plain": "未到预警",
    "untimed": "未设时限",
}
"""What each state of a round in hand is called."""


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Bulletin)


def ranked_counts(
    counts: Mapping[str, int], before: Mapping[str, int] | None
) -> tuple[Amount, ...]:
    """Return counts by name, most first, each with that of the period before if there is one."""
    return tuple(
        Amount(name, count, None if before is None else before.get(name, 0))
        for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


RISING_LEAST, RISING_TIMES = 8, 2
"""A kind of appeal rises abnormally: so many at least, and so many times those before."""


def rising(categories: Sequence[Amount]) -> list[Amount]:
    """Return the kinds of appeal that rise abnormally, the steepest by count first."""
    found = [
        one
        for one in categories
        if one.before is not None
        and one.count >= RISING_LEAST
        and one.count >= RISING_TIMES * one.before
    ]
    return sorted(found, key=lambda one: (one.before or 0) - one.count)
