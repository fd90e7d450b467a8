"""Taking over the same complaints (换马甲): one name falls quiet where another begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import comb, log, sqrt

from rules.entities.heard import Clue, Heard, HeardName, Pool, Reason, main_theme

LEAST_OLD, LEAST_NEW = 4, 3
"""Appeals of a name that fell quiet, and of one that began, before anything is said of them."""

EXPECTED = 3.0
"""Appeals that would have come at the old pace while none did: none at all is 5 per cent likely."""

OVERLAP, GAP, YOUNGER = 21, 90, 28
"""Days: the new name before the old one's last, after it, and after the old one's first."""

CHANCE = 0.01
"""How likely so many of the new appeals at the old places may be by chance at most."""

LEAST_WORDS = 2
"""Words that two names' appeals have in common, at least."""

SHOWN = 3
"""Places or words named in a sentence."""

QUIET, PLACES, WORDS = 250, 350, 100
"""Thousandths of each part of the reason."""

PLACE_KINDS = frozenset({"address", "estate", "street"})

ALIKE = 0.3
"""Likeness (0 to 1) of the words of two names' appeals from which they are told."""

_DULL = re.compile("[诉投举]|反映|咨询|建议|请求|希望|要求|尽快|处理|解决|问题|相关|部门|情况")
"""Words that appeals of every kind have."""


def taken_over(pool: Pool, earlier: HeardName, later: HeardName, until: date) -> tuple[Reason, ...]:
    """Return the reasons for a takeover by what was known on a day; none without the places."""
    old, new = earlier.until(until), later.until(until)
    if not _in_turn(old, new) or expected_since(old, until) < EXPECTED:
        return ()
    same = _same_places(pool, old, new)
    if same is None:
        return ()
    week = len(old) * 7 / _span(old)
    quiet = (until - old[-1].day).days
    found = [
        Reason(
            "quiet",
            f"“{earlier.written}”此前平均每周{week:.1f}件，{_said(old[-1].day)}后{quiet}天没有诉求，"
            f"“{later.written}”{_said(new[0].day)}起有{len(new)}件",
            QUIET,
        ),
        Reason("places", same, PLACES),
    ]
    if words := _same_words(pool, old, new):
        found.append(Reason("words", f"诉求用语相近：{words}", WORDS))
    return tuple(found)


def _in_turn(old: Sequence[Heard], new: Sequence[Heard]) -> bool:
    """Whether one name begins about where the other stops."""
    if len(old) < LEAST_OLD or len(new) < LEAST_NEW:
        return False
    begins, stops = new[0].day, old[-1].day
    after = (begins - stops).days
    return -OVERLAP <= after <= GAP and (begins - old[0].day).days >= YOUNGER


def _span(heard: Sequence[Heard]) -> int:
    """Return the days in which appeals came, at least four weeks."""
    return max(28, (heard[-1].day - heard[0].day).days + 1)


def expected_since(old: Sequence[Heard], until: date) -> float:
    """Return how many appeals the days since the last would have brought at the old pace."""
    return len(old) / _span(old) * (until - old[-1].day).days


def would_be_quiet(old: Sequence[Heard]) -> float:
    """Return after how many days without an appeal a name counts as quiet."""
    return EXPECTED * _span(old) / len(old)


def _same_places(pool: Pool, old: Sequence[Heard], new: Sequence[Heard]) -> str | None:
    """Return how many new appeals are at the old places in words, None if that may be chance."""
    before = _of_kinds(pool, old)
    shared: Counter[int] = Counter()
    hits = 0
    for one in new:
        here = one.clues & before
        hits += bool(here)
        shared.update(here)
    if hits < 2:
        return None
    both = frozenset(one.ticket_id for one in (*old, *new))
    share = pool.share_with(main_theme(new), before, both)
    if chance_of(len(new), hits, share) > CHANCE:
        return None
    named = [pool.clues[clue].text for clue, _ in shared.most_common(SHOWN)]
    return f"后者{len(new)}件诉求中{hits}件在前者原有的地点（{'、'.join(named)}）"


def _of_kinds(pool: Pool, heard: Sequence[Heard]) -> frozenset[int]:
    return frozenset(
        clue
        for clue in frozenset[int]().union(*(one.clues for one in heard))
        if pool.clues[clue].kind in PLACE_KINDS
    )


def chance_of(n: int, least: int, share: float) -> float:
    """Return how likely at least so many of n hit by chance, each with one share (0 to 1)."""
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(least, n + 1))


def _same_words(pool: Pool, old: Sequence[Heard], new: Sequence[Heard]) -> str:
    """Return the words that make two names' appeals alike, "" where they are not."""
    mine, theirs = _weights(pool, old), _weights(pool, new)
    length = sqrt(sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values()))
    common = {clue: weight * theirs[clue] for clue, weight in mine.items() if clue in theirs}
    if not length or sum(common.values()) / length < ALIKE:
        return ""
    best = sorted(common, key=lambda clue: (-common[clue], pool.clues[clue].text))
    if len(best) < LEAST_WORDS:
        return ""
    return "、".join(pool.clues[clue].text for clue in best[:SHOWN])


def _weights(pool: Pool, heard: Sequence[Heard]) -> dict[int, float]:
    """Return the weight of each word of some appeals, the rarer among names the more."""
    times: Counter[int] = Counter()
    for one in heard:
        times.update(clue for clue in one.clues if _telling(pool.clues[clue]))
    names = len(pool.names)
    return {
        clue: count * log((1 + names) / len(pool.having[clue])) for clue, count in times.items()
    }


def _telling(clue: Clue) -> bool:
    return clue.kind == "word" and _DULL.search(clue.text) is None


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
