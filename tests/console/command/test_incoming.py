"""What is named to be read and is no plain file is refused at once, by every verb that reads."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.conftest import Duban

VERBS = (
    ("import", "{}"),
    ("restore", "{}"),
    ("policy", "check", "{}"),
    ("policy", "rehearse", "{}"),
    ("policy", "load", "{}", "--yes"),
    ("calendar", "rehearse", "{}"),
    ("calendar", "load", "{}", "--yes"),
    ("units", "rehearse", "{}"),
    ("units", "load", "{}", "--yes"),
    ("due", "--batch", "{}"),
    ("selftest", "--cases", "{}"),
    ("queue", "--policy", "{}"),
    ("queue", "--store", "{}"),
)


@pytest.fixture(params=["folder", "fifo", "socket", "/dev/zero"])
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return a path to what is no plain file; a verb that waits for it is stopped."""
    path = tmp_path / request.param
    server = socket.socket(socket.AF_UNIX)
    match request.param:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "socket":
            server.bind(str(path))
    signal.alarm(60)
    yield str(path) if path.exists() else request.param
    signal.alarm(0)
    server.close()


def test_no_verb_reads_what_is_no_file(shell: Duban, duban: Duban, odd: str) -> None:
    for words in VERBS:
        if "restore" in words:
            answer = duban(*(word.format(odd) for word in words), "--store", "new.db")
        elif "--store" in words:
            answer = duban(*(word.format(odd) for word in words))
        else:
            answer = shell(*(word.format(odd) for word in words))
        assert answer.code == 1, (words, answer)
        assert answer.err.count("\n") == 1 and "内部出错" not in answer.err, (words, answer.err)
    assert not Path("new.db").exists()


def test_a_text_without_end_is_refused(shell: Duban) -> None:
    with Path("a.toml").open("wb") as file:
        file.truncate(17 << 20)
    answer = shell("policy", "check", "a.toml")
    assert answer.code == 1 and "超过16 MB" in answer.err
