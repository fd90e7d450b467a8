"""One piece of news told once: what a nearer finding tells already is not told again."""

from __future__ import annotations

from collections.abc import Iterable

from rules.insight.judging import SIGNS, Finding
from rules.insight.series import KINDS

_NEAREST = {kind: place for place, kind in enumerate(KINDS)}

_FIRST = {sign: place for place, sign in enumerate(SIGNS)}


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of which nearer ones do not tell most: first what is new, what rises.

    A problem is nearer than its object, that than the place, and this than its category; a category
    is nearer than those above it. A finding goes where at least half of the appeals by which it
    stands out are those of one that stays.
    """
    kept: list[Finding] = []
    told: list[set[int]] = []
    for finding in sorted(findings, key=_order):
        own = set(finding.ticket_ids)
        if all(2 * len(own & other) < _outstanding(finding) for other in told):
            kept.append(finding)
            told.append(own)
    return sorted(kept, key=lambda one: (_FIRST[one.signs[0]], -len(one.ticket_ids), one.subject))


def _order(finding: Finding) -> tuple[int, int, int, str]:
    kind, text = finding.subject
    return _NEAREST[kind], -text.count("/"), -len(finding.ticket_ids), text


def _outstanding(finding: Finding) -> float:
    """Return how many of its appeals are more than usual; all of what is new or repeats."""
    usual = finding.level.mean if finding.signs[0] == "rises" else 0
    return len(finding.ticket_ids) - usual
