"""Every named text of SQL, and what an engine says when it is made ready to run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from typing import Any

import psycopg

from models.store.rows import Query
from models.store.server import PostgresReader
from models.store.store import Store
from tests.house.tree import Function, Tree

_NAME = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT INTO|UPDATE|DELETE FROM)\s")

ONE_ENGINE = {
    "_SESSION_USER": "postgresql",
    "_VERSIONED": "postgresql",
    "_ADMINISTRATOR": "postgresql",
    "_ADD_MANY": "postgresql",
    "_INDEXES": "sqlite",
    "_KNOWN": "sqlite",
    "_THERE": "sqlite",
    "FORGET_PAIRS": "sqlite",
    "_IN_FILE": "sqlite",
    "_ON_SERVER": "postgresql",
}
"""Names of texts that only one engine is ever asked."""


@dataclass(frozen=True)
class Kept:
    """A query, or a text without a row of its own, that a module keeps, and where."""

    place: str
    name: str
    query: Query[Any] | str

    @property
    def sql(self) -> str:
        """Its text, with an id where a list of ids will be written into it."""
        text = self.query if isinstance(self.query, str) else self.query.sql
        return text.replace("{ids}", "0")

    @property
    def parameters(self) -> dict[str, Any]:
        """A value for each parameter: nothing, a list of it, or how many rows are wanted."""
        return {name: self._value(name) for name in _NAME.findall(self.sql)}

    def _value(self, name: str) -> Any:
        if re.search(rf"\(\s*:{name}\s*\)", self.sql):
            return [None]
        return 1 if re.search(rf"(LIMIT|OFFSET) :{name}\b", self.sql) else None


def kept(tree: Tree, floor: str = "models") -> Iterator[Kept]:
    """Yield every query and text that a module of the floor defines; it is imported for that."""
    for source in tree.sources:
        if source.floor != floor or "migrations" in source.path:
            continue
        for name, value in vars(import_module(source.module)).items():
            if name in source.defined:
                for query in _inside(value):
                    yield Kept(source.at(source.defined[name]), name, query)


def hidden(tree: Tree) -> list[str]:
    """Return every query or text inside a function, where nobody who looks for it finds it."""
    made = [
        f"{source.at(call.lineno)}: a Query is made inside {node.name}"
        for source in tree.sources
        if source.module != Query.__module__
        for node in source.nodes
        if isinstance(node, Function)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _made(call)
    ]
    written = [
        f"{source.at(text.lineno)}: a text of SQL stands inside {node.name}"
        for source in tree.sources
        if source.floor == "models" and "migrations" not in source.path
        for node in source.nodes
        if isinstance(node, Function)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _runs(call)
        for text in ast.walk(call)
        if isinstance(text, ast.Constant)
        and isinstance(text.value, str)
        and _STATEMENT.match(text.value)
    ]
    return made + written


def faults(store: Store, queries: list[Kept]) -> list[str]:
    """Return what the engine, or the row to be filled, has against each query."""
    return [
        f"{one.place}: {one.name} on {store.kind}: {fault}"
        for one in queries
        if ONE_ENGINE.get(one.name, store.kind) == store.kind
        if (fault := _fault(store, one))
    ]


def _fault(store: Store, one: Kept) -> str | None:
    try:
        with store.reading() as reader:
            if isinstance(reader, PostgresReader):
                # NULL is written into the text: a parameter without a value has no type
                reader._raw.cursor_factory = psycopg.ClientCursor
            if isinstance(one.query, str):
                reader.rows(f"EXPLAIN {one.sql}", **one.parameters)
            else:
                reader.read(one.query.of([0]), **one.parameters)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return None


def _inside(value: Any) -> Iterator[Query[Any] | str]:
    if isinstance(value, Query) or (isinstance(value, str) and _STATEMENT.match(value)):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name))
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _inside(one)


def _runs(call: ast.Call) -> bool:
    """Whether a call reads a text."""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in ("rows", "one", "value", "cells")


def _made(call: ast.Call) -> bool:
    func = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    return isinstance(func, ast.Name) and func.id == "Query"
