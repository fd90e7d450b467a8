"""The index of character pairs: any part of a title or object is found without reading them all.

A text of two characters or more lies in a title only if every pair of neighbours in it does. Both
engines keep the pairs in an index of their own, SQLite in a table of FTS5 that holds no text,
PostgreSQL in a GIN index over the tickets themselves; what the pairs leave is compared in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.store.pair_index import pairs_on_server
from models.store.reader import Reader, SqliteReader, like, literal
from models.store.rows import Source

TICKETS = "ticket"
"""The table whose titles and objects are indexed."""

PAIR_INDEX = "ticket_pair"
"""What the tables of the index on SQLite begin with."""

PAIRS = "ticket_pair (rowid, pairs) VALUES (?, ?)"
"""Where the pairs of a ticket go, behind INSERT INTO."""

FORGET_PAIRS = f"INSERT INTO {PAIR_INDEX} ({PAIR_INDEX}) VALUES (" + "'optimize')"
"""Writes the index on SQLite anew, without the pairs of titles that are gone."""

AT_ONCE = 2000
"""Tickets told to the index together."""

_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'ticket_pair'"


def pairs_of(title: str, object: str | None) -> str:
    """Return the pairs of a ticket as its triggers on SQLite make them, one behind the other."""
    whole = f"{title}\n{object or ''}\n"
    return " ".join([whole[i : i + 2] for i in range(len(whole) - 1)])


def indexed(
    raw: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """Pass on new rows of tickets on their way into a file, their pairs told to its index.

    ``raw`` is the driver's connection. A store of an older schema has no such index.
    """
    if raw.execute(_THERE).fetchone() is None:
        yield from rows
        return
    id, title = columns.index("id"), columns.index("title")
    object = columns.index("object") if "object" in columns else None
    found: list[tuple[int, str]] = []
    for row in rows:
        found.append((row[id], pairs_of(row[title], None if object is None else row[object])))
        if len(found) == AT_ONCE:
            raw.executemany(f"INSERT INTO {PAIRS}", found)
            found.clear()
        yield row
    raw.executemany(f"INSERT INTO {PAIRS}", found)


@dataclass(frozen=True, slots=True)
class Matching:
    """A SELECT of the ids of tickets that hold some words, with its parameters.

    ``by`` is what it can be sorted by, each id being told once.
    """

    sql: str
    by: str
    params: dict[str, Any] = field(default_factory=dict)


def matching(reader: Source, *words: str) -> Matching:
    """Return what finds the tickets with every one of some words in title or object.

    What the pairs leave is compared in full, except where a word is a pair itself. Words that have
    no pair are looked for in every ticket.
    """
    sqlite = isinstance(reader, SqliteReader) or getattr(reader, "sqlite", False)
    plain = [literal(word) for word in words]
    asked = [_asked(word, sqlite=sqlite) for word in plain]
    params: dict[str, Any] = {}
    compared = []
    for n, (word, pairs) in enumerate(zip(plain, asked, strict=True)):
        if not (sqlite and pairs and len(word) <= 2):
            params[f"word{n}"] = like(word)
            compared.append(f"(m.title LIKE :word{n} OR m.object LIKE :word{n})")
    if any(asked):
        params["pairs"] = (" " if sqlite else SIGN).join(filter(None, asked))
        compared.insert(0, "ticket_pair MATCH :pairs" if sqlite else _ON_SERVER)
    where = " AND ".join(compared)
    if not (sqlite and any(asked)):
        return Matching(f"SELECT m.id FROM ticket m WHERE {where}", "m.id", params)
    tables = "ticket_pair"
    if len(compared) > 1:
        tables += " CROSS JOIN ticket m ON m.id = ticket_pair.rowid"
    by = "ticket_pair.rowid"
    return Matching(f"SELECT {by} FROM {tables} WHERE {where}", by, params)


SIGN = "\x1f"
"""What parts pairs on PostgreSQL."""

_ON_SERVER = f"{pairs_on_server('m.')} @> string_to_array(CAST(:pairs AS text), chr({ord(SIGN)}))"


def unindexed(reader: Reader) -> list[tuple[int, str]]:
    """Return id and number of tickets that the index on SQLite does not know, of a few looked at.

    Those are the newest, and some from all over; PostgreSQL keeps its own index right.
    """
    if not isinstance(reader, SqliteReader):
        return []
    (last,) = reader.rows(_LAST)[0]
    step = max(1, (last or 0) // LOOKED_AT)
    ids = {
        *range(1, (last or 0) + 1, step),
        *range(max(1, (last or 0) - LOOKED_AT), (last or 0) + 1),
    }
    found = []
    for id, number, title, object in reader.rows(_SAMPLE, ids=sorted(ids)):
        words = f"{title}\n{object or ''}"
        asked = " ".join(filter(None, (_asked(part, sqlite=True) for part in words.split())))
        if asked and not reader.rows(_KNOWN, pairs=asked, id=id):
            found.append((id, number))
    return found


LOOKED_AT = 200

_LAST = "SELECT max(id) FROM ticket"
_SAMPLE = "SELECT id, number, title, object FROM ticket WHERE id IN (:ids)"
_KNOWN = "SELECT 1 FROM ticket_pair WHERE ticket_pair MATCH :pairs AND rowid = :id"


def tail_of(reader: Reader, number: str) -> str:
    """Return the last five signs of a number as the index of them has it."""
    sqlite = isinstance(reader, SqliteReader)
    return f"substr({number}, -5)" if sqlite else f'"right"({number}, 5)'


def _asked(part: str, *, sqlite: bool) -> str:
    """Return what is asked of the index for a text, empty where it has no pair to ask for.

    FTS5 parts its tokens at ASCII signs, and finds one character as the beginning of a pair.
    """
    pairs = list(dict.fromkeys(part[i : i + 2] for i in range(len(part) - 1)))
    if not sqlite:
        return SIGN.join(pairs)
    if len(part) == 1 and _word(part):
        return f'"{part}"*'
    return " ".join(f'"{pair}"' for pair in pairs if all(map(_word, pair)))


def _word(sign: str) -> bool:
    return not sign.isascii() or sign.isalnum()
