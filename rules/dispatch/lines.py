"""派单目录: the dispatch rules as lines that people maintain, each with what it rests on.

A line fits an appeal by words, category, nature and place, as a routing rule of the policy does
(``rules.casework.RoutingRule``). Of the lines that fit the narrowest counts: one with words before
one without, then the deeper category, the smaller place, the one that asks for a nature. Two lines
as narrow as each other that may fit one appeal and name different takers clash.

What departments must do by law (部门法定职责) is never a street's: 国办函〔2025〕66号 asks that
nothing of it be pushed down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Annotated

from pydantic import Field

from rules.casework import Facts, RoutingRule, as_compared
from rules.clocks import Section
from rules.errors import Refused

DISTRICT_OWN, STREET_OWN = "属地区", "属地街道"
"""Takers that the place says."""

BASES = ("三定", "权责清单", "街道履职清单", "裁定", "其他")
"""What a line may rest on: the charter of posts, lists of powers, of street duties, a ruling."""

_STREETS = ("街道", "街道办", "街道办事处", "镇", "镇人民政府", "乡", "乡人民政府")

STREET_DIGITS = 9


Sureness = Annotated[Decimal, Field(ge=Decimal("0.5"), le=1)]


class DispatchPolicy(Section):
    """``[dispatch]``: ``automatic`` is the least sureness, as measured; absent, nothing is."""

    automatic: Sureness | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands; ``unit_id`` None: the place says. ``until`` is its last day."""

    number: int
    revision: int
    problem: str
    words: tuple[str, ...]
    category: str | None
    nature: str | None
    grid: tuple[str, ...]
    taker: str
    unit_id: int | None
    co_units: tuple[str, ...]
    duty: bool
    basis_kind: str
    basis: str
    since: date
    until: date | None = None
    replaced_by: int | None = None
    draft: bool = False

    @property
    def name(self) -> str:
        """``派单目录第12条``."""
        return f"派单目录第{self.number}条"

    @property
    def only_place(self) -> bool:
        """Whether it says no more than whose a place is."""
        return bool(self.grid) and not (self.words or self.category or self.nature)

    @property
    def narrowness(self) -> tuple[bool, int, int, bool]:
        """How narrow it is; the greater counts."""
        depth = self.category.count("/") + 1 if self.category else 0
        return bool(self.words), depth, max(map(len, self.grid), default=0), bool(self.nature)

    def in_force(self, on: date) -> bool:
        """Whether it counts on a day."""
        return not self.draft and self.since <= on and (self.until is None or on <= self.until)

    def rule(self) -> RoutingRule:
        """Return what it asks of an appeal; raises ``ValueError`` where that cannot be asked."""
        return RoutingRule(
            unit=self.taker,
            nature=(self.nature,) if self.nature else (),
            grid=self.grid,
            category=(self.category,) if self.category else (),
            keywords=self.words,
        )


def check_line(line: Line) -> None:
    """Refuse a line that cannot stand, saying what to do."""
    try:
        line.rule()
    except ValueError as error:
        told = str(error).splitlines()[-2:] if "\n" in str(error) else [str(error)]
        raise Refused(f"{line.name}：{_said(told)}") from None
    if not line.problem.strip() or not line.basis.strip():
        raise Refused(f"{line.name}没有写明问题或依据：请写上（依据写文件名称、文号）")
    if line.basis_kind not in BASES:
        raise Refused(f"{line.name}的依据种类“{line.basis_kind}”不认得：可写 {'、'.join(BASES)}")
    if line.duty and is_street_taker(line.taker):
        raise Refused(f"{line.name}标明部门法定职责，不能派给街道：请写部门，或去掉标记")
    if line.until is not None and line.until < line.since:
        raise Refused(f"{line.name}的止日早于起日：请核对日期")


def _said(lines: Sequence[str]) -> str:
    """Return what a model's fault says, without the library's own words around it."""
    text = lines[0].strip()
    return text.removeprefix("Value error, ").partition(" [type=")[0] or "条件写得不对"


def is_street_taker(taker: str, grid: str | None = None) -> bool:
    """Whether a unit, by its name or the place it stands for, is a street (街道、乡、镇)."""
    if grid is not None and len(grid) >= STREET_DIGITS:
        return True
    return taker == STREET_OWN or taker.endswith(_STREETS)


def best_line(lines: Iterable[tuple[Line, RoutingRule]], facts: Facts) -> Line | None:
    """Return the narrowest line that fits an appeal; one of a place alone fits none."""
    text = as_compared(facts.text)
    fitting = [line for line, rule in lines if not line.only_place and rule.fits(facts, text)]
    return max(fitting, key=lambda line: (line.narrowness, -line.number), default=None)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two lines of which nobody can say which counts."""

    one: int
    other: int
    about: str

    def words(self) -> str:
        """What is said of it."""
        return f"第{self.one}条与第{self.other}条冲突：{self.about}，承办单位不同"


def clashes(lines: Sequence[Line]) -> Iterator[Clash]:
    """Give the lines, drafts aside, that clash on some day."""
    for one, other in combinations([line for line in lines if not line.draft], 2):
        if one.taker != other.taker and one.narrowness == other.narrowness and _meet(one, other):
            yield Clash(one.number, other.number, _about(one))


def _meet(one: Line, other: Line) -> bool:
    """Whether an appeal may fit both, on a day when both count."""
    days = one.since <= (other.until or date.max) and other.since <= (one.until or date.max)
    places = any(a.startswith(b) or b.startswith(a) for a in one.grid for b in other.grid)
    words = {*one.words} & {*other.words} if one.words else True
    same = one.category == other.category and one.nature == other.nature
    return bool(days and same and words and (places or not one.grid))


def _about(line: Line) -> str:
    told = ("、".join(line.words), line.category or "", line.nature or "", "、".join(line.grid))
    return "都管“" + " ".join(word for word in told if word) + "”"
