"""A small town in a store for the screens, and calling ``duban`` in process for the commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.__main__ import main
from console.frame import opening
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
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


@dataclass(frozen=True)
class Answer:
    """What one call said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        return json.loads(self.out)


Duban = Callable[..., Answer]

NOW = "2026-11-20T15:20"


def system_now() -> datetime:
    """Return what the system's clock shows to ``duban``: after every moment that tests write at."""
    return max(datetime.now(UTC), datetime(2027, 1, 4, tzinfo=UTC))


COLUMNS = (
    "工单编号",
    "来源渠道",
    "标题",
    "内容",
    "承办单位",
    "紧急程度",
    "联系电话",
    "受理时间",
    "答复时间",
    "办结时间",
    "办理结果",
    "群众满意",
    "工作满意",
    "评价时间",
)

RATED = "2026-11-02 09:00,2026-11-04 09:00,2026-11-05 09:00,已解决,满意,满意,2026-11-11 09:00"

APPEALS = f"""\
{",".join(COLUMNS)}
WH20261120-00001,12345电话,电梯困人,无人到场,洪山区,特急,13871234567,2026-11-20 14:50,,,,,,
WH20261112-00002,微信,[red]夜间施工[/red],凌晨施工,洪山区,一般,,2026-11-12 09:00,,,,,,
WH20261118-00003,12345电话,占道经营,占道经营,江岸区,一般,,2026-11-18 10:00,,,,,,
WH20261120-00004,12345电话,咨询落户,如何落户,,一般,,2026-11-20 15:00,,,,,,
WH20261102-00005,微信,物业费,物业费争议,江岸区,一般,,{RATED}
"""


@pytest.fixture
def duban(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Duban:
    """Return a call of ``duban`` with a home of its own; the store is made by the first write."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("DUBAN_STORE", raising=False)
    monkeypatch.setattr(opening, "_system_now", system_now)
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Answer:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture(scope="session")
def shell_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the first test that needs it leaves a store with five appeals."""
    return tmp_path_factory.mktemp("shell") / "town.db"


@pytest.fixture
def shell(duban: Duban, tmp_path: Path, shell_template: Path) -> Duban:
    """Return a call of ``duban`` on a store with five appeals, at a Friday afternoon."""
    file, store = tmp_path / "appeals.csv", ("--store", tmp_path / "town.db")
    file.write_text(APPEALS, encoding="utf-8")
    if not shell_template.exists():
        assert duban("import", file, "--store", shell_template, "--now", NOW).code == 0
    shutil.copy(shell_template, tmp_path / "town.db")

    def call(*words: object) -> Answer:
        return duban(*words, *store, *(() if "--now" in words else ("--now", NOW)))

    return call
