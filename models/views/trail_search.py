"""The trail as it is searched: by whom, where, what, of which matter, on which days, newest first.

A list of it is an array of numbers of events. Each condition with an index gives its events in the
order of their numbers, so that the first rows of any of them are read at once. No ORM is imported.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice, product
from typing import Any

from models.store import Query, Reader, StoreError, like
from models.views.filtering import unit_ids
from models.views.record import A_MINUTE
from rules.casework import VERB_NAMES, verbs_named


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Every condition is optional; all that are given must hold.

    ``words`` are looked for in reasons and payloads, but for one that is just the name of a verb,
    an operator or a unit. ``unit`` and ``operator`` are part of a name or its initials, ``verb``
    is as :func:`rules.casework.verbs_named` takes it, ``number`` a ticket's or a paper's.
    ``since`` up to ``until`` is when it was recorded, aware UTC.
    """

    words: tuple[str, ...] = ()
    unit: str = ""
    operator: str = ""
    verb: str = ""
    number: str = ""
    since: datetime | None = None
    until: datetime | None = None


def trail_snapshot(
    reader: Reader, filter: TrailFilter, *, through: int | None = None, limit: int | None = None
) -> array[int]:
    """Return the numbers of the events a filter leaves, the newest first, at most ``limit``.

    ``through`` leaves out what was recorded after that event, where a beginning is shown already.
    """
    newest = trail_length(reader)
    asked = _asked(reader, filter, newest if through is None else through)
    if asked is None:
        return array("q")
    if asked == _Asked(last=asked.last) and asked.last:  # every event: numbers have no gap
        first = 1 if limit is None else max(1, asked.last - limit + 1)
        return array("q", range(asked.last, first - 1, -1))
    if limit is None:
        return array("q", _read(reader, asked, asked.together()))
    parts = [_read(reader, asked, part, limit) for part in asked.apart(reader)]
    return array("q", islice(merge(*parts, reverse=True), limit))


def trail_length(reader: Reader) -> int:
    """Return how many events there are."""
    return int(reader.value(_COUNT) or 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filter as the store knows it: logins, ids of units, verbs, the numbers between."""

    first: int = 1
    last: int = 0
    logins: tuple[str, ...] | None = None
    units: tuple[int, ...] | None = None
    verbs: tuple[str, ...] | None = None
    subject: tuple[str, int] | None = None
    texts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def together(self) -> dict[str, Any]:
        """Return the conditions in one piece."""
        found = {
            "operator": self.logins,
            "unit_id": self.units,
            "verb": self.verbs,
            "subject_kind": self.subject and self.subject[:1],
            "subject_id": self.subject and self.subject[1:],
        }
        return {column: list(values) for column, values in found.items() if values is not None}

    def apart(self, reader: Reader) -> list[dict[str, Any]]:
        """Return the conditions in pieces of which an index gives each in the order of numbers."""
        whole = self.together()
        if self.subject is not None:
            keys = ["subject_kind", "subject_id"]
        elif self.units is not None:
            keys = ["unit_id"]
        elif self.verbs is not None:
            whole.setdefault("operator", _everybody(reader))
            keys = ["verb", "operator"]
        else:
            keys = ["operator"] if self.logins is not None else []
        rest = {column: values for column, values in whole.items() if column not in keys}
        chosen = product(*(whole[key] for key in keys))
        return [{**dict(zip(keys, one, strict=True)), **rest} for one in chosen]


def _asked(reader: Reader, filter: TrailFilter, last: int) -> _Asked | None:
    """Return a filter as the store knows it; None where nothing can be found."""
    logins, units, verbs = _named(reader, filter)
    texts = list[str]()
    for word in filter.words:
        if word in _NAMES and verbs is None:
            verbs = _NAMES[word]
        elif logins is None and (who := reader.rows(_WHO, name=word)):
            logins = tuple(login for (login,) in who)
        elif units is None and (where := reader.rows(_WHERE, name=word)):
            units = tuple(id for (id,) in where)
        else:
            texts.append(word)
    subject = None
    if filter.number:
        found = reader.one(_NUMBERED, number=filter.number.upper(), like=like(filter.number))
        if found is None:
            return None
        subject = (str(found[0]), int(found[1]))
    if any(values == () for values in (logins, units, verbs)):
        return None
    first, last = _between(reader, filter, last)
    return _Asked(
        first, last, logins, units, verbs, subject, tuple(texts), filter.since, filter.until
    )


def _named(
    reader: Reader, filter: TrailFilter
) -> tuple[tuple[str, ...] | None, tuple[int, ...] | None, tuple[str, ...] | None]:
    """Return who, where and what a filter names by its fields; None for one that names none."""
    logins = units = None
    if filter.operator:
        said = reader.rows(_OPERATORS, name=filter.operator, like=like(filter.operator))
        left = [login for login in _everybody(reader) if login == filter.operator]
        logins = tuple(sorted({*left, *(str(login) for (login,) in said)}))
    if filter.unit:
        units = tuple(sorted(unit_ids(reader, filter.unit)))
    return logins, units, verbs_named(filter.verb) if filter.verb else None


def _everybody(reader: Reader) -> list[str]:
    """Return every login that the trail knows, of those too who are called otherwise by now."""
    return [str(login) for (login,) in reader.rows(_LOGINS)]


def _between(reader: Reader, filter: TrailFilter, last: int) -> tuple[int, int]:
    """Return the numbers between which everything of some days lies.

    Events are recorded in their order, to a minute: two machines never agree to the second.
    """
    numbers, first = range(1, last + 1), 1

    def recorded(seq: int) -> datetime:
        found = reader.first(_RECORDED, seq=seq)
        if found is None:
            raise StoreError(f"留痕缺第{seq}条：请管理员运行 duban audit verify 核验")
        return found.recorded_at

    if filter.since is not None:
        first = 1 + bisect_left(numbers, filter.since - A_MINUTE, key=recorded)
    if filter.until is not None:
        last = bisect_left(numbers, filter.until + A_MINUTE, key=recorded)
    return first, last


def _read(
    reader: Reader, asked: _Asked, equal: dict[str, Any], limit: int | None = None
) -> list[int]:
    """Return the numbers of the events that meet conditions, the newest first."""
    texts = [f"(e.reason LIKE :w{n} OR e.payload LIKE :w{n})" for n in range(len(asked.texts))]
    params: dict[str, Any] = {f"w{n}": like(text) for n, text in enumerate(asked.texts)}
    for column, value in equal.items():
        many = isinstance(value, list)
        texts.append(f"e.{column} IN (:{column})" if many else f"e.{column} = :{column}")
        params[column] = value
    for instant, comparison in ((asked.since, ">= :since"), (asked.until, "< :until")):
        if instant is not None:
            texts.append(f"e.recorded_at {comparison}")
    sql = " AND ".join((_SEQS, *texts)) + " ORDER BY e.seq DESC"
    sql += f" LIMIT {int(limit)}" if limit is not None else ""
    params |= {"first": asked.first, "last": asked.last}
    params |= {"since": asked.since, "until": asked.until}
    return [int(seq) for (seq,) in reader.rows(sql, **params)]


_NAMES = {
    name: tuple(verb for verb, other in VERB_NAMES.items() if other == name)
    for name in VERB_NAMES.values()
}

_SEQS = "SELECT e.seq FROM event e WHERE e.seq BETWEEN :first AND :last"
_COUNT = "SELECT count FROM trail_head"
_LOGINS = """
WITH RECURSIVE known(login) AS (
    SELECT min(operator) FROM event
    UNION ALL
    SELECT (SELECT min(operator) FROM event WHERE operator > login) FROM known
    WHERE login IS NOT NULL
)
SELECT login FROM known WHERE login IS NOT NULL
"""
_WHO = "SELECT login FROM operator WHERE name = :name OR login = :name"
_OPERATORS = "SELECT login FROM operator WHERE login = :name OR name LIKE :like ORDER BY id"
_WHERE = "SELECT id FROM unit WHERE name = :name OR short_name = :name ORDER BY id"
_NUMBERED = """
SELECT 'ticket' AS kind, id FROM ticket WHERE number = :number
UNION ALL SELECT 'order', id FROM supervision_order WHERE number LIKE :like
"""


@dataclass(frozen=True, slots=True)
class _Recorded:
    """When an event was recorded."""

    recorded_at: datetime


_RECORDED = Query(_Recorded, "SELECT recorded_at FROM event WHERE seq = :seq")
