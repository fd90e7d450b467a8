"""A small town in a store, for the screens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store.opening import open_store
from models.store.store import Store
from seed.reference.first import first_content
from tests.conftest import Clock
from tests.console.town import settle_town


@pytest.fixture(scope="session")
def town_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store file with the town in it, which tests copy."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copyfile(sqlite_template, path)
    store = open_store(str(path), now=Clock(), first=first_content, login="tester")
    settle_town(store)
    store.close()
    return path


@pytest.fixture
def town(town_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """Yield a store with the town in it."""
    path = tmp_path / "town.db"
    shutil.copyfile(town_template, path)
    store = open_store(str(path), now=clock, first=first_content, login="tester")
    yield store
    store.close()
