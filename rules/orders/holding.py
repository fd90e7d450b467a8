"""Whether what a draft was last shown with still holds, and what has come in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.casework import PAPER_NAMES
from rules.orders.causes import cause_of, demands_of, title_of, true_words
from rules.orders.demands import OrderDemands
from rules.orders.facts import Facts
from rules.orders.sentences import STANDING
from rules.paper import Statement

MOVING = frozenset(STANDING) | {"longest"}
"""Claims whose words move with the time, how many days late, while they go on to hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a draft says that was chosen for it, or typed."""

    title: str
    cause: str
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text that no longer holds, and what holds instead, "" where nothing does."""

    old: str
    new: str


def stands(shown: Statement, now: Iterable[Statement]) -> bool:
    """Return whether a sentence still holds: the same is claimed of the same appeals."""
    return any(
        (shown.claim, shown.field) == (one.claim, one.field)
        and set(shown.tickets) == set(one.tickets)
        and (shown.claim in MOVING or _said(shown.text) == _said(one.text))
        for one in now
    )


def _said(text: str) -> str:
    """Return a text as it is at any time: a day of another year has its year beside it.

    How long is left or has gone by (余1个工作日) moves with the day.
    """
    return re.sub(r"\d{4}年|（[余超][^）]*）", "", text)


def instead(shown: Statement, now: Iterable[Statement]) -> str:
    """Return what is said now on the matter of a sentence, "" where nothing is."""
    return "".join(
        one.text
        for one in now
        if one.field == shown.field
        and _topic(one.claim) == _topic(shown.claim)
        and (set(one.tickets) & set(shown.tickets) or one.tickets == shown.tickets)
    )


def _topic(claim: str) -> str:
    return "standing" if claim in STANDING else claim


def reworded(shown: Sequence[Statement], now: Sequence[Statement]) -> list[Reworded]:
    """Return the sentences that no longer hold, each with what holds instead."""
    gone = [one for one in shown if not stands(one, now)]
    return [Reworded(one.text, instead(one, now)) for one in gone]


def proposed(
    facts: Sequence[Facts],
    kind: str,
    demands: OrderDemands,
    title: str | None = None,
    cause: str | None = None,
    said: Sequence[str] = (),
    *,
    again: bool = False,
) -> Words:
    """Return the words that a draft begins with: those given, where they hold, else proposed."""
    why = cause or cause_of(facts)
    made = ("再次" if again else "") + title_of(facts, why, PAPER_NAMES[kind])
    words = Words(title or made, why, tuple(said) or demands_of(why, demands))
    return true_again(words, facts, kind, demands, again=again)


def true_again(
    words: Words, facts: Sequence[Facts], kind: str, demands: OrderDemands, *, again: bool
) -> Words:
    """Return the words of a draft, those that claim what does not hold made anew.

    ``again``: it follows another order. Demands stay as they are unless they were those that the
    cause had brought along.
    """
    cause = words.cause if true_words(words.cause, facts) else cause_of(facts)
    title = words.title
    if not true_words(title, facts):
        title = ("再次" if again else "") + title_of(facts, cause, PAPER_NAMES[kind])
    brought = words.demands == demands_of(words.cause, demands)
    return Words(title, cause, demands_of(cause, demands) if brought else words.demands)
