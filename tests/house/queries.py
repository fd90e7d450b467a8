"""Every text of SQL that is a ``Query``, and what an engine says when it is made ready to run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import psycopg

from models.store.reader import PostgresReader
from models.store.rows import Query
from models.store.store import Store
from tests.house.tree import Function, Tree

_NAME = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(frozen=True)
class Kept:
    """A query that a module keeps, and where."""

    place: str
    name: str
    query: Query[Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """A value for each parameter: nothing, or a list of it where the text wants a list."""
        sql = self.query.sql
        return {
            name: [None] if re.search(rf"\(\s*:{name}\s*\)", sql) else None
            for name in _NAME.findall(sql)
        }


def kept(tree: Tree, floor: str = "models") -> Iterator[Kept]:
    """Yield every query that a module of the floor defines, found by importing the module."""
    for source in tree.sources:
        if source.floor != floor or "migrations" in source.path:
            continue
        for name, value in vars(import_module(source.module)).items():
            if name in source.defined:
                for query in _inside(value):
                    yield Kept(source.at(source.defined[name]), name, query)


def hidden(tree: Tree) -> list[str]:
    """Return every query made inside a function, where nobody who looks for queries finds it."""
    return [
        f"{source.at(call.lineno)}: a Query is made inside {node.name}"
        for source in tree.sources
        if source.module != Query.__module__
        for node in source.nodes
        if isinstance(node, Function)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _made(call)
    ]


def faults(store: Store, queries: list[Kept]) -> list[str]:
    """Return what the engine, or the row to be filled, has against each query."""
    return [
        f"{one.place}: {one.name} on {store.kind}: {fault}"
        for one in queries
        if (fault := _fault(store, one))
    ]


def _fault(store: Store, one: Kept) -> str | None:
    try:
        with store.reading() as reader:
            if isinstance(reader, PostgresReader):
                # NULL is written into the text: a parameter without a value has no type
                reader._raw.cursor_factory = psycopg.ClientCursor
            reader.read(one.query, **one.parameters)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return None


def _inside(value: Any) -> Iterator[Query[Any]]:
    if isinstance(value, Query):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _inside(one)


def _made(call: ast.Call) -> bool:
    func = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    return isinstance(func, ast.Name) and func.id == "Query"
