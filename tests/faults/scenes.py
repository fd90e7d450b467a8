"""A store that something is done to, and whether it is whole afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from models.store.present import Steady
from models.store.store import Store
from models.store.verifying import verify_trail
from tests.conftest import Clock
from tests.faults.places import Place, opened
from tests.models.casework.walking import leading_is_right


@dataclass
class Scene:
    """A store that something is done to, the folder for its files, and its clock."""

    place: Place
    target: str
    folder: Path
    clock: Clock
    steady: Steady | None = None

    def store(self, login: str = "tester") -> Store:
        """Open the store; somebody else than its own operator needs no login of the database."""
        if login == "tester":
            return opened(self.target, self.clock, steady=self.steady)
        other = Store(self.target, now=self.clock)
        other.login = login
        return other

    def copied(self, folder: Path) -> Scene:
        """Return the same scene on a store of its own, with the files that lie beside."""
        shutil.copytree(self.folder, folder)
        there = self.place.exists(self.target)
        target = self.place.copy(self.target) if there else self.place.nowhere()
        return replace(self, target=target, folder=folder)


class Torn(AssertionError):
    """A store is neither as before nor as after: what a fault must never do."""


def contents(scene: Scene) -> str:
    """Return a store as text, every row of every table; ``Torn`` unless trail and keys hold."""
    if not scene.place.exists(scene.target):
        return "no store"
    store = scene.store()
    try:
        with store.reading() as reader:
            told = verify_trail(reader)
            if not told.ok:
                raise Torn(f"the trail does not hold: {told.first_bad} {told.broken}")
            if not leading_is_right(store):
                raise Torn("a matter has no leading clock, or two")
            if store.kind == "sqlite" and (loose := reader.rows("PRAGMA foreign_key_check")):
                raise Torn(f"rows point nowhere: {loose}")
            return "\n".join(f"{name} {rows}" for name, rows in _tables(reader))
    finally:
        store.close()


def _tables(reader: Any) -> Iterator[tuple[str, list[Any]]]:
    for table in SQLModel.metadata.sorted_tables:
        order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        yield table.name, reader.rows(f'SELECT * FROM "{table.name}" ORDER BY {order}')
