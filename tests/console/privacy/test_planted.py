"""Whose an appeal is stands in no list, export, log or screen; the bench looks at every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.scan import HOMES, scanned

COMMANDS = ("queue", "desk", "ticket show", "callback next", "export", "audit export")

PLACES = (("f9",), ("-",), ("f8",))


def test_none_of_what_was_planted_leaves_the_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / name))
    scan, _ = scanned(tmp_path, 0, 15, places=PLACES, pages=0, commands=COMMANDS)
    assert not scan.leaks, scan.leaks
    assert scan.outputs.keys() >= {"text", "JSON", "screen", "CSV", "workbook", "audit export"}
    assert len(scan.shown["CSV"]) == 15
