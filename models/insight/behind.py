"""What stands behind a finding: its units, channels, districts and key words, its problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import log

from models.store import Query, Source
from rules.problems import joined_words, told_openly
from rules.text import Masking

_CHUNK = 500

NAMES, WORDS = 3, 5
"""Names of places and firms, and words, that are told of a finding."""


@dataclass(frozen=True, slots=True)
class Share:
    """A unit, channel or district, and those of some appeals that are its."""

    name: str
    ticket_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProblemNow:
    """A problem as it stands; an act on it compares ``version``."""

    id: int
    version: int
    name: str
    state: str
    known_at: datetime | None


_PROBLEMS = Query(
    ProblemNow, "SELECT id, version, name, state, known_at FROM problem WHERE id IN (:ids)"
)


@dataclass(frozen=True, slots=True)
class _Answerer:
    ticket_id: int
    unit: str | None
    campaign: str | None


_ANSWERERS = Query(
    _Answerer,
    """
SELECT t.id AS ticket_id, u.short_name AS unit, c.name AS campaign FROM ticket t
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN campaign c ON c.id = t.campaign_id
WHERE t.id IN (:ids)
""",
)


@dataclass(frozen=True, slots=True)
class _Word:
    ticket_id: int
    kind: str
    text: str
    appeals: int


_WORDS = Query(
    _Word,
    """
SELECT k.ticket_id, l.kind, l.text, l.appeals FROM appeal_key k JOIN link_key l ON l.id = k.key_id
WHERE k.ticket_id IN (:ids) AND l.kind IN ('place', 'estate', 'street', 'firm', 'word')
""",
)


def problems_now(source: Source, ids: Sequence[int], masking: Masking) -> dict[int, ProblemNow]:
    """Return how problems stand, by id; their names are masked."""
    found = (one for some in _chunks(ids) for one in source.read(_PROBLEMS, ids=some))
    return {one.id: replace(one, name=masking.text(one.name)) for one in found}


class Backgrounds:
    """The units and key words of the appeals of many findings, read at once."""

    def __init__(self, source: Source, ticket_ids: Iterable[int], appeals: int) -> None:
        """``appeals``: how many there are that a word could stand in."""
        self._units: dict[int, str | None] = {}
        self._campaigns: dict[int, str | None] = {}
        self._words: dict[int, list[tuple[bool, str, float]]] = {}
        for some in _chunks(sorted(set(ticket_ids))):
            for one in source.read(_ANSWERERS, ids=some):
                self._units[one.ticket_id] = one.unit
                self._campaigns[one.ticket_id] = one.campaign
            for word in source.read(_WORDS, ids=some):
                rare = max(0.1, 1 + log((appeals + 1) / (word.appeals + 1)))
                is_name = word.kind != "word"
                if not word.text[0].isdigit() and (is_name or told_openly(word.text, word.appeals)):
                    told = self._words.setdefault(word.ticket_id, [])
                    told.append((is_name, word.text, rare))

    def units(self, ticket_ids: Iterable[int]) -> tuple[Share, ...]:
        """Return the lead units of some appeals, those with most first."""
        return shared((self._units.get(id), id) for id in ticket_ids)

    def campaigns(self, ticket_ids: Iterable[int]) -> tuple[Share, ...]:
        """Return the campaigns that some appeals are under, those with most first."""
        return shared((self._campaigns.get(id), id) for id in ticket_ids)

    def words(self, ticket_ids: Iterable[int]) -> tuple[str, ...]:
        """Return the names and words that most of some appeals share and few others have."""
        weights: dict[tuple[bool, str], float] = {}
        counts: Counter[str] = Counter()
        for id in ticket_ids:
            for is_name, text, rare in self._words.get(id, ()):
                weights[is_name, text] = weights.get((is_name, text), 0) + rare
                counts[text] += 1
        ranked = sorted(weights, key=lambda each: (-weights[each], each))
        names = [text for is_name, text in ranked if is_name][:NAMES]
        own = [text for is_name, text in ranked if not is_name][: 3 * WORDS]
        words = joined_words({text: counts[text] for text in own})
        return (*names, *list(words)[:WORDS])


def shared(pairs: Iterable[tuple[str | None, int]]) -> tuple[Share, ...]:
    """Return the names of appeals with their appeals, those with most first, equal by name."""
    found: dict[str, list[int]] = {}
    for name, id in pairs:
        if name:
            found.setdefault(name, []).append(id)
    shares = (Share(name, tuple(ids)) for name, ids in found.items())
    return tuple(sorted(shares, key=lambda share: (-len(share.ticket_ids), share.name)))


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal as a list of those of a finding tells it; ``unit`` is its lead's short name."""

    ticket_id: int
    number: str
    title: str
    channel: str
    unit: str | None
    received_at: datetime


_LINES = Query(
    AppealLine,
    """
SELECT t.id AS ticket_id, t.number, t.title, t.channel, t.received_at, u.short_name AS unit
FROM ticket t LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id WHERE t.id IN (:ids)
""",
)


def appeal_lines(
    source: Source, ticket_ids: Sequence[int], masking: Masking
) -> tuple[AppealLine, ...]:
    """Return some appeals as a list tells them, the newest first; titles are masked."""
    found = [one for some in _chunks(ticket_ids) for one in source.read(_LINES, ids=some)]
    found.sort(key=lambda one: (one.received_at, one.ticket_id), reverse=True)
    return tuple(replace(one, title=masking.text(one.title)) for one in found)


def _chunks(ids: Sequence[int]) -> Iterable[list[int]]:
    return (list(ids[at : at + _CHUNK]) for at in range(0, len(ids), _CHUNK))
