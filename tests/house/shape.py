"""Shape and words: how long, how small, what things are called, what comments may say."""

from __future__ import annotations

import ast
import re
from collections import Counter

from tests.house.tree import Function, Tree

LONGEST_FILE = 350
SHORTEST_FILE = 30
LONGEST_FUNCTION = 50
MOST_UNFORMATTED = 12

SHARED_NAMES = ("__init__.py", "screen.py", "columns.py")
"""What every screen has; its look (``.tcss``) as well."""

SMALL: dict[str, str] = {
    "models/tables/naming.py": "read for its effect, before any table is made",
}
"""Files that may be small though one file alone imports them: path, why."""

_VAGUE = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "handle_data"}

_IGNORED = re.compile(r"# type: ignore(?!\[[\w, -]+\]  # \S)")

_UNFORMATTED = re.compile(r"# fmt: (skip|off)")

_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


_UNCLEAR = re.compile("[\u2026\u2160-\u217f]")
"""… and Roman numerals: of ambiguous width, and missing in common fonts."""


def shared_basenames(tree: Tree, floor: str) -> list[str]:
    """Return the files of a floor that are called as another one is."""
    named: dict[str, list[str]] = {}
    for path in sorted((tree.root / floor).rglob("*.*")):
        if "__pycache__" not in path.parts and path.suffix not in (".tcss", ".pyc"):
            named.setdefault(path.name, []).append(str(path.relative_to(tree.root)))
    return [
        f"{paths[0]}:1: called as {', '.join(paths[1:])}"
        for name, paths in named.items()
        if len(paths) > 1 and name not in SHARED_NAMES
    ]


def long_files(tree: Tree) -> list[str]:
    """Return the files over 350 lines: a second thing has moved in."""
    return [
        f"{source.at(LONGEST_FILE + 1)}: {source.length} lines"
        for source in tree.sources
        if source.length > LONGEST_FILE
    ]


def small_files(tree: Tree) -> list[str]:
    """Return the files under 30 lines that one file alone imports: they belong beside it."""
    broken = []
    for source in tree.sources:
        stem = source.path.rpartition("/")[2]
        if stem in ("__init__.py", "__main__.py") or "/migrations/" in source.path:
            continue
        users = tree.importers(source)
        if source.length < SHORTEST_FILE and len(users) == 1 and source.path not in SMALL:
            broken.append(f"{source.at(1)}: {source.length} lines, one user ({', '.join(users)})")
    broken += [
        f"{s.at(1)}: excused as small, and is not"
        for s in tree.sources
        if s.path in SMALL and not (s.length < SHORTEST_FILE and len(tree.importers(s)) == 1)
    ]
    return broken


def unclear_signs(tree: Tree) -> list[str]:
    """Return the texts that write a Roman numeral or … where 红2 and .. are meant."""
    return [
        f"{source.at(line)}: {text.strip()[:60]}"
        for source in tree.sources
        for line, text in source.texts()
        if _UNCLEAR.search(text)
    ]


def long_functions(tree: Tree) -> list[str]:
    """Return the functions over 50 lines: they cannot be seen whole."""
    return [
        f"{source.at(node.lineno)}: {node.name} has {length} lines"
        for source in tree.sources
        for node in source.nodes
        if isinstance(node, Function)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def unformatted(tree: Tree, most: int = MOST_UNFORMATTED) -> list[str]:
    """Return, where there are too many, the files that keep the formatter away, and how often."""
    found = [
        (source, line)
        for source in tree.sources
        if _UNFORMATTED.search(source.text)
        for line, text in source.comments()
        if _UNFORMATTED.search(text)
    ]
    if len(found) <= most:
        return []
    count = Counter(source.path for source, _ in found)
    first = {source.path: line for source, line in reversed(found)}
    return [f"{path}:{first[path]}: {n} times" for path, n in count.most_common()]


def bare_ignores(tree: Tree) -> list[str]:
    """Return every ``type: ignore`` that does not say which error, and why it is none."""
    return _comments(tree, _IGNORED)


def later(tree: Tree) -> list[str]:
    """Return every note of something left undone."""
    return _comments(tree, _LATER)


def vague_names(tree: Tree) -> list[str]:
    """Return the files, classes and functions whose name says nothing of what they are."""
    broken = []
    for source in tree.sources:
        stem = source.module.rpartition(".")[2]
        if _words(stem) & _VAGUE:
            broken.append(f"{source.at(1)}: {stem}")
        for node in source.nodes:
            if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("test_"):
                continue
            if _words(node.name) & _VAGUE:
                broken.append(f"{source.at(node.lineno)}: {node.name}")
    return broken


def _comments(tree: Tree, pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{source.at(line)}: {text}"
        for source in tree.sources
        if pattern.search(source.text)
        for line, text in source.comments()
        if pattern.search(text)
    ]


def _words(name: str) -> set[str]:
    """Return the words of a name, in small letters, and the whole."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return {spaced, *spaced.split("_")}
