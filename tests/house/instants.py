"""Where an instant that ends a limit is written as if midnight were the beginning of a day."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Source, Tree

ENDING = re.compile(r"(\w*_)?(due|until|deadline|window)(_at|_before|_after|_fixed_at)?")
"""Names of instants that end something."""

BARE = frozenset(("long_instant", "short_instant", "day_and_clock"))
"""They write midnight as 00:00 unless told ``ends=True``."""

BEGINNING = frozenset(("chinese_moment", "short_day", "chinese_date", "chinese_day", "strftime"))
"""They write midnight as the beginning of a day whatever they are told."""

NOT_INSTANTS = frozenset(("console/dispatch/directory.py", "models/entities/entity.py"))
"""Here ``until`` is a date."""


def written_raw(tree: Tree) -> list[str]:
    """Return the places that write a due instant without the 24:00 of the day it ends."""
    return [
        source.at(line)
        for source in tree.sources
        if source.path not in NOT_INSTANTS and not source.path.startswith("rules/clocks/wording")
        for line in sorted(_raw(source))
    ]


def _raw(source: Source) -> Iterator[int]:
    for node in source.nodes:
        match node:
            case ast.FormattedValue(value=value, format_spec=ast.JoinedStr() as spec):
                if re.search("%[Hd]", ast.unparse(spec)) and _ends(value):
                    yield node.lineno
            case ast.Call(func=ast.Name(id=name), args=[first, *_], keywords=told) if name in BARE:
                if _ends(first) and not any(each.arg == "ends" for each in told):
                    yield node.lineno
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in BEGINNING:
                if _ends(first):
                    yield node.lineno
            case ast.Call(func=ast.Attribute(attr="clock"), args=[first]) if _ends(first):
                yield node.lineno
            case ast.Call(func=ast.Attribute(value=value, attr="strftime")) if _ends(value):
                yield node.lineno


def _ends(expression: ast.AST) -> bool:
    """Whether an expression gives an instant that ends something, by the names in it."""
    match expression:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return ENDING.fullmatch(name) is not None
        case ast.Call(func=ast.Attribute(value=of), args=given):
            return any(map(_ends, (of, *given)))
        case ast.Call(args=given):
            return any(map(_ends, given))
        case _:
            return any(map(_ends, ast.iter_child_nodes(expression)))
