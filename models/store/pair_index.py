"""The index of character pairs and of the ends of numbers, as it is made in a new store.

SQLite keeps the pairs of neighbouring characters in a table of FTS5 without the text itself; rows
that come in are told to it by whoever inserts them, what changes later by triggers. PostgreSQL
keeps everything by itself in an index over an expression. Nothing in it is not in the tickets.
"""

from __future__ import annotations


def pairs_on_server(ticket: str) -> str:
    """Return the pairs of a row as PostgreSQL makes them: from odd places, then from even ones."""
    whole = f"{ticket}title || chr(10) || coalesce({ticket}object, '') || chr(10)"
    chunks = "regexp_replace({}, '(..)', '\\1' || chr(31), 'g')"
    both = f"{chunks.format(whole)} || chr(31) || {chunks.format(f'substr({whole}, 2)')}"
    return f"string_to_array({both}, chr(31))"


def pairs_in_file(ticket: str) -> str:
    """Return the pairs of a row as SQLite makes them, one behind the other."""
    whole = f"{ticket}.title || char(10) || coalesce({ticket}.object, '') || char(10)"
    return (
        f"(WITH RECURSIVE place (n, whole) AS (SELECT 1, {whole} "
        "UNION ALL SELECT n + 1, whole FROM place WHERE n < length(whole) - 1) "
        "SELECT group_concat(substr(whole, n, 2), ' ') FROM place)"
    )


def _told(pairs: str) -> str:
    """Return the statement of a trigger that tells the index something."""
    return f"INSERT INTO ticket_pair {pairs};"


_GONE = "(ticket_pair, rowid, pairs) VALUES ('delete', old.id, " + pairs_in_file("old") + ")"
_COME = "(rowid, pairs) VALUES (new.id, " + pairs_in_file("new") + ")"

IN_FILE = (
    "CREATE VIRTUAL TABLE ticket_pair USING fts5"
    "(pairs, content='', columnsize=0, detail=none, tokenize='ascii')",
    "CREATE TRIGGER ticket_reworded AFTER UPDATE OF title, object ON ticket "
    f"BEGIN {_told(_GONE)} {_told(_COME)} END",
    f"CREATE TRIGGER ticket_gone AFTER DELETE ON ticket BEGIN {_told(_GONE)} END",
    "CREATE INDEX ix_ticket_tail ON ticket (substr(number, -5))",
)

ON_SERVER = (
    f"CREATE INDEX ix_ticket_pairs ON ticket USING gin (({pairs_on_server('')}))",
    'CREATE INDEX ix_ticket_tail ON ticket ("right"(number, 5))',
)

AGAIN = "DROP TABLE IF EXISTS ticket_pair"
