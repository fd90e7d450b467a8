"""Who speaks SQL, who ends a transaction, who writes the tables of the clocks."""

from __future__ import annotations

import ast
import re

from tests.house.tree import Tree

_SQL = re.compile(
    r"^\s*SELECT\b|\bSELECT\b.+\bFROM\b|\b(INSERT INTO|DELETE FROM)\b|\bUPDATE \w+ SET\b|^PRAGMA \w"
    r"|\b(CREATE|DROP|ALTER) (TABLE|INDEX|DATABASE|ROLE|VIEW)\b|\bFROM \w+ (\w+ )?(WHERE|JOIN)\b"
    r"|\bORDER BY \w|\bGROUP BY \w|\bEXPLAIN \w|^\s*(LEFT )?JOIN \w+ |\bWHERE \w+(\.\w+)? (=|IN)",
    re.DOTALL,
)

_ENDING = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|START TRANSACTION)\b")

_ENDS = ("commit", "rollback", "begin_nested")

CLOCK_TABLES = {"Deadline": "deadline", "Pause": "pause", "Crossing": "crossing"}

_CLOCK_SQL = re.compile(
    rf"\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO) ({'|'.join(CLOCK_TABLES.values())})\b"
)


def sql_above(tree: Tree) -> list[str]:
    """Return every text of SQL in seed and console."""
    return [
        f"{source.at(line)}: {' '.join(text.split())[:60]}"
        for source in tree.sources
        if source.floor in ("seed", "console")
        for line, text in source.texts()
        if _SQL.search(text)
    ]


def ends_elsewhere(tree: Tree, store: str = "models.store") -> list[str]:
    """Return where a transaction begins or ends outside the store."""
    broken = []
    for source in tree.sources:
        if source.room == store:
            continue
        for call in source.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr in _ENDS:
                broken.append(f"{source.at(call.lineno)}: .{call.func.attr}()")
        broken += [
            f"{source.at(line)}: {text.strip()[:60]}"
            for line, text in source.texts()
            if _ENDING.match(text)
        ]
    return broken


def clocks_written_elsewhere(tree: Tree, clocks: str = "models.clocks") -> list[str]:
    """Return where a clock's tables are handed to a call, made or named in SQL that writes."""
    broken = []
    for source in tree.sources:
        if source.room in (clocks, "models.tables", "models.migrations"):
            continue
        tables = {
            found.name
            for found in source.imports
            if found.module.startswith("models.tables") and found.name in CLOCK_TABLES
        }
        for call in source.calls():
            for node in (call.func, *call.args, *(k.value for k in call.keywords)):
                if isinstance(node, ast.Name) and node.id in tables:
                    broken.append(f"{source.at(call.lineno)}: {ast.unparse(call.func)}: {node.id}")
        broken += [
            f"{source.at(line)}: {match[0]}"
            for line, text in source.texts()
            if (match := _CLOCK_SQL.search(text))
        ]
    return broken
