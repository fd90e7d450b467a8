"""The house travels: its wheel runs elsewhere, and nothing of a machine is in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import FLOORS, ROOT


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


PACKED = (".png", ".svg", ".docx", ".xlsx", ".xls", ".ods", ".gz", ".db", ".zip")


def test_no_path_of_a_machine_and_no_index_address_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.split()
    assert not {"uv.lock", "poetry.lock"} & set(names)
    around = str(ROOT.parent) + "/"
    for name in names:
        path = ROOT / name
        if path.suffix in PACKED or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        assert "index" + "-url" not in text, name
        assert around == "//" or around not in text, name
