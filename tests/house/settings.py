"""Every setting of the policy, and where the code reads it besides checking it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from rules.bureau.policy import Policy
from tests.house.tree import FLOORS, Function, Source, Tree

CHECKS = ("field_validator", "model_validator")
"""Decorators of functions that only check a setting."""


@dataclass(frozen=True)
class Setting:
    """One setting: the class of its section, the key that section has in its own, its name."""

    section: str
    key: str
    name: str

    @property
    def place(self) -> str:
        """How a person finds it in the file."""
        return f"[{self.key}] {self.name}"


def settings(model: type[BaseModel] = Policy, key: str = "policy") -> Iterator[Setting]:
    """Yield every setting of a section and of those inside it; of a table of alike rows once."""
    rows = [list(_sections(field.annotation)) for field in model.model_fields.values()]
    if len(rows) > 1 and rows[0] and all(row == rows[0] for row in rows):
        yield from settings(rows[0][0], key)
        return
    for name, field in model.model_fields.items():
        inner = list(_sections(field.annotation))
        if not inner:
            yield Setting(model.__name__, key, name)
        for one in inner:
            yield from settings(one, name)


def unread(tree: Tree, wanted: list[Setting]) -> list[str]:
    """Return every setting that no code of the floors reads outside the checks of its section.

    A read is the name after a dot, in a file that knows the section: one that makes it, imports
    it, or reaches it by its key. ``getattr`` with a name found out at run time reads all of them.
    """
    files = [(source, _known(source), _read(source)) for source in tree.sources if _own(source)]
    return [
        setting.place
        for setting in wanted
        if not any(
            {setting.section, f".{setting.key}"} & known
            and read & {setting.name, f"*{setting.key}", f"*{setting.section}"}
            for _, known, read in files
        )
    ]


def _sections(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for inner in get_args(annotation):
        yield from _sections(inner)


def _own(source: Source) -> bool:
    return source.floor in FLOORS


def _known(source: Source) -> set[str]:
    """Return the sections a file makes or imports, and every name it reaches after a dot."""
    return {
        *source.defined,
        *(found.name for found in source.imports if found.name),
        *(f".{node.attr}" for node in source.nodes if isinstance(node, ast.Attribute)),
    }


def _read(source: Source) -> set[str]:
    """Return every name read after a dot, or by ``getattr``, outside the checks."""
    skipped = {
        id(inner)
        for node in source.nodes
        if isinstance(node, Function) and any(map(_checks, node.decorator_list))
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in source.nodes:
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            found.add(node.attr)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            what, name, *_ = node.args
            last = ast.unparse(what).rpartition(".")[2]
            owner = _class_around(source, node) if last == "self" else last
            found.add(str(name.value) if isinstance(name, ast.Constant) else f"*{owner}")
    return found


def _class_around(source: Source, call: ast.Call) -> str:
    """Return the class whose method makes a call."""
    return next(
        node.name
        for node in source.nodes
        if isinstance(node, ast.ClassDef) and any(inner is call for inner in ast.walk(node))
    )


def _checks(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Name) and call.id in CHECKS
