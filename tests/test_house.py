"""The house stands: floors import only downward, the wheel runs, nothing of a machine is in it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


FLOORS = ("rules", "models", "seed", "console")


ALLOWED = {
    "rules": {"rules"},
    "models": {"rules", "models"},
    "seed": {"rules", "models", "seed"},
    "console": set(FLOORS),
}


HEAVY = ("sqlalchemy", "sqlmodel", "textual", "rich", "typer", "docx", "xlsxwriter", "alembic")


def _rooms(floor: str) -> list[Path]:
    return sorted((ROOT / floor).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_downward(floor: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in _rooms(floor)
        if (names := (_imported(path) & set(FLOORS)) - ALLOWED[floor])
    }
    assert wrong == {}


def _modules(floor: str) -> list[str]:
    names = []
    for path in _rooms(floor):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts and parts[-1] != "__main__":
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


@pytest.mark.parametrize(
    ("floor", "never"),
    [("rules", HEAVY), ("models", ("textual", "rich", "typer", "docx")), ("seed", ("textual",))],
)
def test_what_a_floor_must_never_load(floor: str, never: tuple[str, ...]) -> None:
    code = (
        "import importlib, sys\n"
        f"for name in {_modules(floor)!r}: importlib.import_module(name)\n"
        f"print([n for n in {never!r} if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_queue_is_read_without_the_orm() -> None:
    code = (
        "import sys, models.store.opening, models.views.queue; print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_the_first_frame_loads_only_textual() -> None:
    code = (
        "import sys, console.__main__, console.app\n"
        "print([n for n in ('sqlalchemy', 'sqlmodel', 'pydantic', 'typer', 'pendulum', 'docx')"
        " if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_built_wheel_runs_elsewhere(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    wheel = Path(next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path))))
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {*FLOORS, wheel.name.rpartition("-py3")[0] + ".dist-info"}
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DUBAN_STORE")}
    city = tmp_path / "city"
    store = str(city / "demo.db")
    build = ["demo", "--size", "300", "--no-open", "--path", str(city)]
    for arguments in (build, ["queue", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "console", "--store", store, *arguments],
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(site), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] > 0


def test_no_path_of_a_machine_and_no_index_address_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.split()
    assert not {"uv.lock", "poetry.lock"} & set(names)
    around = str(ROOT.parent) + "/"
    for name in names:
        path = ROOT / name
        if path.suffix in (".png", ".svg", ".docx", ".xlsx", ".gz", ".zip") or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        assert "index" + "-url" not in text, name
        assert around == "//" or around not in text, name
