"""The tree as the house rules see it: files, what each imports and where, rooms and floors."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FLOORS = ("rules", "models", "seed", "console")
"""From the ground up: a floor imports itself and those before it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One name that a file imports; ``name`` is None for ``import module``.

    ``deferred`` is an import inside a function, or one made by calling ``import_module``.
    """

    source: Source
    line: int
    module: str
    name: str | None
    deferred: bool

    @property
    def imported(self) -> str:
        """What is imported, as one dotted path."""
        return self.module if self.name is None else f"{self.module}.{self.name}"

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line``."""
        return self.source.at(self.line)


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the root, its module and its text."""

    path: str
    module: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the parsed file, in the order of the lines."""
        return tuple(sorted(ast.walk(self.tree), key=lambda node: getattr(node, "lineno", 0)))

    @property
    def is_package(self) -> bool:
        """Whether this is the ``__init__`` of a package."""
        return self.path.endswith("__init__.py")

    @property
    def floor(self) -> str:
        """The first folder."""
        return self.module.partition(".")[0]

    @property
    def room(self) -> str:
        """The floor and the name below it: a folder, or a file that stands on the floor itself."""
        return room_of(self.module)

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    def at(self, line: int) -> str:
        """Return a place in it as ``file:line``."""
        return f"{self.path}:{line}"

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield every comment and its line."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield every text that is not a docstring, and its line; an f-string as its parts."""
        told = {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        for node in self.nodes:
            if not isinstance(node, ast.Constant) or id(node) in told:
                continue
            if isinstance(node.value, str):
                yield node.lineno, node.value

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call."""
        return (node for node in self.nodes if isinstance(node, ast.Call))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import of the file: at its top, for type checking only, or inside a function."""
        return tuple(self._imports(self.tree, False))

    def _imports(self, node: ast.AST, deferred: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(self, child.lineno, alias.name, None, deferred)
            elif isinstance(child, ast.ImportFrom):
                module = self._absolute(child)
                for alias in child.names:
                    yield Import(self, child.lineno, module, alias.name, deferred)
            elif isinstance(child, ast.Call) and _called(child) in ("import_module", "__import__"):
                first = child.args[0] if child.args else None
                told = first.value if isinstance(first, ast.Constant) else "<computed>"
                yield Import(self, child.lineno, str(told), None, True)
            inside = deferred or isinstance(child, Function | ast.Lambda)
            yield from self._imports(child, inside)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if node.level == 0:
            return node.module or ""
        parts = self.module.split(".")
        base = parts[: len(parts) - node.level + self.is_package]
        return ".".join([*base, node.module] if node.module else base)

    @cached_property
    def homes(self) -> dict[str, tuple[str, int]] | None:
        """What a lazy room gives: each name with its file and its line; None for another file."""
        for node in self.calls():
            if _called(node) == "lazily":
                table = node.args[1]
                assert isinstance(table, ast.Dict), self.at(node.lineno)
                found: dict[str, tuple[str, int]] = {}
                for key, value in zip(table.keys, table.values, strict=True):
                    assert key is not None
                    for name in ast.literal_eval(value):
                        found[name] = (str(ast.literal_eval(key)), key.lineno)
                return found
        return None

    @cached_property
    def defined(self) -> dict[str, int]:
        """Every name the file defines at its top, and as ``Class.name`` inside its classes."""
        return dict(_defined(self.tree.body, ""))


class Tree:
    """Every Python file below some folders."""

    def __init__(self, root: Path, floors: tuple[str, ...] = FLOORS) -> None:
        """Read the files of ``floors`` below ``root``."""
        self.root = root
        self.floors = floors
        self.sources = tuple(s for floor in floors for s in _read(root, floor))
        self.by_module = {source.module: source for source in self.sources}

    def target(self, found: Import) -> Source | None:
        """Return the file that an import reads as it is written; None for one outside the tree."""
        return self.by_module.get(found.imported) or self.by_module.get(found.module)

    def home(self, found: Import) -> Source | None:
        """Return the file that gives the imported thing, behind the lazy ``__init__`` if any."""
        target = self.target(found)
        if target is None or found.name is None or target.homes is None:
            return target
        file, _ = target.homes.get(found.name, ("", 0))
        return self.by_module.get(f"{target.module}.{file}", target)

    def importers(self, source: Source) -> set[str]:
        """Return the modules that import a file, directly or through its room."""
        return self._importers.get(source.module, set())

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for source in self.sources:
            if source.homes is None:
                for one in source.imports:
                    if (home := self.home(one)) is not None and home is not source:
                        found.setdefault(home.module, set()).add(source.module)
        return found


def room_of(module: str) -> str:
    """Return the floor and room of a module: ``models.clocks.stored`` stands in models.clocks."""
    return ".".join(module.split(".")[:2])


def held(rule: str, broken: list[str]) -> None:
    """Fail with every place where a rule does not hold."""
    if broken:
        pytest.fail("\n".join([f"{rule} ({len(broken)}):", *broken]), pytrace=False)


def _read(root: Path, floor: str) -> Iterator[Source]:
    for path in sorted((root / floor).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield Source(str(path.relative_to(root)), module, path.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    func = call.func
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _defined(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, int]]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef):
            yield prefix + node.name, node.lineno
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.If | ast.Try):
            yield from _defined(node.body, prefix)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        yield prefix + name.id, node.lineno


HOUSE = Tree(ROOT)
"""The floors of the tree these tests stand in."""

WHOLE = Tree(ROOT, (*FLOORS, "tests"))
"""The floors and their tests."""
