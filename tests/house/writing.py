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

_WRITES = ("write_text", "write_bytes", "touch", "mkfifo", "hardlink_to", "symlink_to")

_WRITING = re.compile("[wax][bt+]*|r[bt]*[+]b?")

_MOVES = ("copy", "copy2", "copyfile", "copytree", "move", "rename", "replace", "link", "mkstemp")

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


OPENED = {
    "console/__main__.py": "the log of errors, which holds no word of a citizen, and /dev/null",
}
"""Files that open something for writing on their own, and what it is."""


def files_written_elsewhere(tree: Tree, helper: str = "models/store/files.py") -> list[str]:
    """Return where a file is written that the one helper did not give.

    What the helper gives is called ``part``; what is written in memory is a ``BytesIO``.
    """
    broken = []
    for source in tree.sources:
        if source.path == helper or source.path in OPENED:
            continue
        memory = {
            ast.unparse(target)
            for node in source.nodes
            if isinstance(node, ast.Assign) and ast.unparse(node.value).endswith("BytesIO()")
            for target in node.targets
        }
        broken += [
            f"{source.at(call.lineno)}: {ast.unparse(call)[:60]}"
            for call in source.calls()
            if (written := _written(call)) is not None
            and written not in memory | {"part", "str(part)"}
        ]
    return broken


def _written(call: ast.Call) -> str | None:
    """Return what a call writes to, as it is written there; None where it writes nothing."""
    func, args = call.func, [*call.args, *(k.value for k in call.keywords if k.arg != "encoding")]
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    owner = ast.unparse(func.value) if isinstance(func, ast.Attribute) else ""
    first = ast.unparse(args[0]) if args else owner
    if name == "open" and owner not in ("os", "zipfile", "archive"):
        modes = [a.value for a in args[:2] if isinstance(a, ast.Constant)]
        writes = any(isinstance(mode, str) and _WRITING.fullmatch(mode) for mode in modes)
        return (owner or first) if writes else None
    if name == "open" and owner == "os":
        return first if "O_RDONLY" not in ast.unparse(call) else None
    if name in ("ZipFile", "Workbook"):
        reads = name == "ZipFile" and not any(
            isinstance(a, ast.Constant) and a.value in ("w", "a", "x") for a in args
        )
        return None if reads else first
    if name == "save" and call.args:
        return first
    if name in _WRITES:
        return owner
    if owner in ("os", "shutil", "tempfile") and name in (*_MOVES, "NamedTemporaryFile", "mkdtemp"):
        return ast.unparse(args[-1]) if args else name
    return None
