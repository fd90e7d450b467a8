"""What is counted of one unit in one period, and the rates that follow from it (DESIGN §5).

Counts, never rates, are kept and passed about, so that every comparison is one of exact fractions.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from operator import add, attrgetter, sub


@dataclass(frozen=True, slots=True)
class Tally:
    """One unit's counts in one period; every count is of rounds led by the unit unless it says.

    ``due``: close deadlines whose current due lies in the period, not paused at its end; of these
    ``on_time`` (by the original due, the rate by original limit), ``after_extension``, ``late``
    (closed after due, before the period's end) and ``open``. ``carried``: due earlier and still
    open. ``closed``: closed in the period, by outcome ``resolved`` ``partly`` ``unresolved``
    ``explained``. Ratings given in the period, the last one of each round. ``dispatched`` in the
    period, of these ``returned`` by the unit; ``reworked``: second and later rounds opened in the
    period; ``acknowledge_due`` in the period, of these ``acknowledged_on_time``; ``reviewed``:
    unsatisfied rounds of the period whose review is decided.

    The verified counts are of the rounds rated in the period, no others: as they stand after
    re-ratings, without those that were excluded. Of the result ratings ``excluded`` are left out
    and ``rerated`` count by a later word of the citizen; they came ``by_import``, ``by_callback``,
    ``by_operator``, or ``by_default`` where silence is taken for satisfaction. An edition of an
    earlier version holds none of these.

    ``merged``: closed in the period under a lead (并单), with which they are counted everywhere
    else; only their ratings count each.
    """

    due: int = 0
    on_time: int = 0
    after_extension: int = 0
    late: int = 0
    open: int = 0
    closed: int = 0
    carried: int = 0
    result_satisfied: int = 0
    result_basic: int = 0
    result_unsatisfied: int = 0
    work_satisfied: int = 0
    work_basic: int = 0
    work_unsatisfied: int = 0
    dispatched: int = 0
    acknowledged_on_time: int = 0
    acknowledge_due: int = 0
    returned: int = 0
    reworked: int = 0
    resolved: int = 0
    partly: int = 0
    unresolved: int = 0
    explained: int = 0
    reviewed: int = 0
    verified_satisfied: int = 0
    verified_basic: int = 0
    verified_unsatisfied: int = 0
    verified_work_satisfied: int = 0
    verified_work_basic: int = 0
    verified_work_unsatisfied: int = 0
    excluded: int = 0
    rerated: int = 0
    by_import: int = 0
    by_callback: int = 0
    by_operator: int = 0
    by_default: int = 0
    merged: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, _counts(self), _counts(other)))

    def __sub__(self, other: Tally) -> Tally:
        return Tally(*map(sub, _counts(self), _counts(other)))

    def __mul__(self, times: int) -> Tally:
        return Tally(*(count * times for count in _counts(self)))

    @property
    def tickets(self) -> int:
        """工单数: what was closed, each merged one for itself; ``closed`` is 并单后件数."""
        return self.closed + self.merged

    @property
    def rated(self) -> int:
        """Valid result ratings."""
        return self.result_satisfied + self.result_basic + self.result_unsatisfied

    @property
    def work_rated(self) -> int:
        """Valid work ratings."""
        return self.work_satisfied + self.work_basic + self.work_unsatisfied

    @property
    def unsatisfied(self) -> int:
        """不满意件: result ratings 不满意."""
        return self.result_unsatisfied

    @property
    def verified(self) -> Tally | None:
        """Return the tally with its ratings as verified; None where that was never counted."""
        kept = self.verified_satisfied + self.verified_basic + self.verified_unsatisfied
        if kept + self.excluded != self.rated:
            return None
        return replace(
            self,
            result_satisfied=self.verified_satisfied,
            result_basic=self.verified_basic,
            result_unsatisfied=self.verified_unsatisfied,
            work_satisfied=self.verified_work_satisfied,
            work_basic=self.verified_work_basic,
            work_unsatisfied=self.verified_work_unsatisfied,
        )

    @property
    def changes(self) -> str:
        """Return in words what the verified figures changed: 改评2件、剔除1件."""
        return f"改评{self.rerated}件、剔除{self.excluded}件"

    @property
    def sources(self) -> str:
        """Return in words how the result ratings came, empty where that was never counted."""
        ways = {
            "来件": self.by_import,
            "回访": self.by_callback,
            "登记": self.by_operator,
            "到期未评按满意计": self.by_default,
        }
        return "、".join(f"{way}{count}件" for way, count in ways.items() if count)

    def result_rate(self, basic_weight: Fraction = Fraction(1)) -> Fraction | None:
        """群众满意率 = (满意 + w·基本满意) ÷ valid result ratings."""
        return share(self.result_satisfied + basic_weight * self.result_basic, self.rated)

    def verified_rate(self, basic_weight: Fraction = Fraction(1)) -> Fraction | None:
        """群众满意率 as verified; None too where that was never counted."""
        verified = self.verified
        return None if verified is None else verified.result_rate(basic_weight)

    def work_rate(self, basic_weight: Fraction = Fraction(1)) -> Fraction | None:
        """工作满意率 = (满意 + w·基本满意) ÷ valid work ratings."""
        return share(self.work_satisfied + basic_weight * self.work_basic, self.work_rated)

    @property
    def on_time_rate(self) -> Fraction | None:
        """按时办结率 = (按时 + 延期内) ÷ 应办结."""
        return share(self.on_time + self.after_extension, self.due)

    @property
    def original_rate(self) -> Fraction | None:
        """按原时限办结率 = 按时 ÷ 应办结."""
        return share(self.on_time, self.due)

    @property
    def closed_rate(self) -> Fraction | None:
        """办结率 = 应办结中已办结 ÷ 应办结."""
        return share(self.on_time + self.after_extension + self.late, self.due)

    @property
    def acknowledge_rate(self) -> Fraction | None:
        """签收率 = 按时签收 ÷ 应签收."""
        return share(self.acknowledged_on_time, self.acknowledge_due)

    @property
    def return_rate(self) -> Fraction | None:
        """退单率 = 退单 ÷ 交办."""
        return share(self.returned, self.dispatched)

    @property
    def rework_rate(self) -> Fraction | None:
        """重办率 = 重办 ÷ 交办."""
        return share(self.reworked, self.dispatched)

    @property
    def resolve_rate(self) -> Fraction | None:
        """解决率 = 已解决 ÷ (已解决 + 部分解决 + 未解决)."""
        return share(self.resolved, self.resolved + self.partly + self.unresolved)

    @property
    def review_rate(self) -> Fraction | None:
        """核查率 = 已核查 ÷ 不满意件."""
        return share(self.reviewed, self.unsatisfied)

    def to_json(self) -> str:
        """Return canonical JSON: every count, in the order of the fields."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Tally:
        """Read what ``to_json`` wrote, by this or an earlier version: absent counts are 0."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: count for name, count in json.loads(text).items() if name in known})


_counts = attrgetter(*(field.name for field in fields(Tally)))


DEFINITIONS: tuple[tuple[str, str], ...] = (
    ("群众满意率", "（满意＋基本满意×权重）÷本期有效结果评价，每轮以最后一次为准，计入办结单位"),
    ("工作满意率", "（满意＋基本满意×权重）÷本期有效工作评价"),
    (
        "核实后",
        "同一批本期已评价的轮次，改评的按改评后，经批准剔除或认定非单位责任而不纳入考核的不计；"
        "原评价不变，期末以后、编制以前的改评和剔除计入原评价所在的一期",
    ),
    ("不满意件", "本期结果评价为不满意的件数"),
    ("按时办结率", "（按时办结＋延期内办结）÷本期应办结，应办结含到期未结，不含期末挂起"),
    ("按原时限办结率", "未经延期按时办结÷本期应办结"),
    ("办结率", "本期应办结中已办结÷本期应办结"),
    ("结转逾期未结", "时限在本期以前已到、期末仍未办结的件数"),
    ("签收率", "按时签收÷本期应签收"),
    ("退单率", "本期交办中单位退单的件数÷本期交办"),
    ("重办率", "本期重办轮次÷本期交办"),
    ("解决率", "已解决÷（已解决＋部分解决＋未解决），解释说明不计"),
    ("核查率", "不满意件中已核查÷不满意件"),
    (
        "并单",
        "几件诉求并入一件主件的，答复和时限只计主件一次（并单后件数），评价每件照计；"
        "办结工单数为并单后件数加并入件",
    ),
)
"""Every indicator and its one-line definition, as printed below a bulletin."""


def share(part: Fraction | int, whole: int) -> Fraction | None:
    """Return part ÷ whole as an exact fraction, None of nothing."""
    return Fraction(part) / whole if whole else None
