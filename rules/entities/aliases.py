"""Which two names may be one firm's (换马甲): the reasons, their weight, the day of knowing.

Nothing here decides: a person confirms or refuses. A telephone, an address, the own word of the
name (字号) and names near to each other tie two names; so does one taking over the other's
complaints: its appeals stop where they came regularly, and the other's begin at the same places.
That the places are the same by chance must be less likely than ``CHANCE``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from math import ceil

from rules.entities.heard import HeardName, Pool, Reason
from rules.entities.takeover import taken_over, would_be_quiet

SUGGESTED = 600
"""Thousandths from which two names are shown to a person."""

STRONG = 900
"""Thousandths from which a flag may rest on them, marked 待确认."""

CROWDED = 3
"""Names with one telephone or address; of more it tells nothing: a hotline, a mall."""

MET = 12
"""Names at one place that are still compared with each other."""

NEAR = 0.75
"""Likeness of two brands of three signs or more that are nearly the same."""

WEIGHTS = {"phone": (600, 400), "address": (350, 200)}
"""Thousandths of a clue that both names have in two appeals or more, and in fewer."""

KIN = (frozenset({"公寓", "租赁", "房产中介"}), frozenset({"商贸", "科技", "", "传媒"}))
"""Trades that one firm may well name in turn."""

BRAND, NEAR_BRAND, SAME_THEME = 450, 250, 150

KIND_NAMES = {"phone": "电话", "address": "地址"}


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that may be one firm's; ``known_on`` is the first day their weight sufficed."""

    earlier: HeardName
    later: HeardName
    reasons: tuple[Reason, ...]
    known_on: date

    @property
    def weight(self) -> int:
        """What the reasons weigh together, in thousandths."""
        return _sum(self.reasons)


def possible_aliases(pool: Pool, today: date) -> list[Alias]:
    """Return the pairs of names that weigh enough by today, the weightiest first."""
    found = []
    for one, other in _met(pool):
        earlier, later = sorted((pool.names[one], pool.names[other]), key=_age)
        reasons = _reasons(pool, earlier, later, today)
        if _sum(reasons) >= SUGGESTED:
            known = _first_day(pool, earlier, later, today)
            found.append(Alias(earlier, later, reasons, known))
    return sorted(found, key=lambda a: (-a.weight, a.known_on, a.earlier.core, a.later.core))


def _age(name: HeardName) -> tuple[date, str]:
    return name.days[0], name.core


def _sum(reasons: Sequence[Reason]) -> int:
    return sum(one.weight for one in reasons)


def _met(pool: Pool) -> Iterator[tuple[int, int]]:
    """Give the pairs that have a clue or a part of the brand in common, each once."""
    pairs: set[tuple[int, int]] = set()
    for clue, names in pool.having.items():
        if len(names) <= MET and pool.clues[clue].kind != "word":
            pairs.update(combinations(names, 2))
    by_part: dict[str, set[int]] = defaultdict(set)
    for place, name in enumerate(pool.names):
        for at in range(len(name.brand) - 1):
            by_part[name.brand[at : at + 2]].add(place)
    for names_of in by_part.values():
        if len(names_of) <= MET:
            pairs.update(combinations(sorted(names_of), 2))
    yield from sorted(pairs)


def _first_day(pool: Pool, earlier: HeardName, later: HeardName, today: date) -> date:
    """Return the first day on which the reasons of that day weighed enough."""
    days = {day for day in (*earlier.days, *later.days) if later.days[0] <= day <= today}
    days |= {day for one in sorted(days) if (day := _quiet_by(earlier, one)) <= today}
    for day in sorted(days):
        if _sum(_reasons(pool, earlier, later, day)) >= SUGGESTED:
            return day
    return today


def _quiet_by(earlier: HeardName, day: date) -> date:
    """Return when the earlier name is quiet for long, if nothing more comes than by ``day``."""
    heard = earlier.until(day)
    return heard[-1].day + timedelta(days=ceil(would_be_quiet(heard))) if heard else day


def _reasons(pool: Pool, earlier: HeardName, later: HeardName, until: date) -> tuple[Reason, ...]:
    """Return why two names may be one firm's, by what was known on a day."""
    old, new = earlier.until(until), later.until(until)
    if not old or not new:
        return ()
    ties = [*_shared(pool, earlier, later, until), *_named(earlier, later)]
    over = taken_over(pool, earlier, later, until)
    if (ties or over) and earlier.about and earlier.about == later.about:
        ties.append(Reason("theme", f"诉求都集中在“{earlier.about}”", SAME_THEME))
    return tuple(sorted([*ties, *over], key=lambda one: -one.weight))


def _shared(pool: Pool, earlier: HeardName, later: HeardName, until: date) -> Iterator[Reason]:
    """Give one reason for the best telephone and one for the best address of both."""
    both = earlier.tickets & later.tickets
    old = [one for one in earlier.until(until) if one.ticket_id not in both]
    new = [one for one in later.until(until) if one.ticket_id not in both]
    best: dict[str, Reason] = {}
    for clue in sorted(frozenset[int]().union(*(one.clues for one in new))):
        told = pool.clues[clue]
        if told.kind not in WEIGHTS or len(pool.having[clue]) > CROWDED:
            continue
        times = sum(clue in one.clues for one in old), sum(clue in one.clues for one in new)
        if not times[0]:
            continue
        often, seldom = WEIGHTS[told.kind]
        words = f"两个名称的诉求都提到{KIND_NAMES[told.kind]} {told.text}"
        reason = Reason(
            told.kind,
            f"{words}（前者{times[0]}件，后者{times[1]}件）",
            often if min(times) > 1 else seldom,
        )
        if told.kind not in best or best[told.kind].weight < reason.weight:
            best[told.kind] = reason
    yield from best.values()


def _named(earlier: HeardName, later: HeardName) -> Iterator[Reason]:
    """Give the reason that lies in the names themselves."""
    old, new = earlier.brand, later.brand
    if old == new and _kin(earlier.trade, later.trade):
        yield Reason("brand", f"字号同为“{old}”", BRAND)
    elif old == new:
        yield Reason("near", f"字号同为“{old}”，行业不同", NEAR_BRAND)
    elif old in new or new in old or _alike(old, new):
        yield Reason("near", f"字号相近：“{old}”与“{new}”", NEAR_BRAND)


def _kin(old: str, new: str) -> bool:
    """Whether a firm that names one trade may name the other next."""
    return not (old and new) or any({old, new} <= some for some in KIN)


def _alike(old: str, new: str) -> bool:
    """Whether two brands of three signs or more differ in hardly anything."""
    return min(len(old), len(new)) > 2 and SequenceMatcher(None, old, new).ratio() >= NEAR
