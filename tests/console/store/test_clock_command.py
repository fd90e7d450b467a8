"""The present from the command line: nothing is done ahead of time, and the clock is confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.frame import opening
from tests.console.conftest import Duban, system_now

AHEAD = ("--now", "2031-01-01T09:00")

WRITING = (
    ("sweep",),
    ("rank", "--week", "last", "--publish"),
    ("ticket", "acknowledge", "WH20261120-00001"),
    ("order", "draft", "--tickets", "WH20261120-00001"),
    ("operator", "add", "li"),
    ("audit", "export", "out"),
    ("export", "all.csv"),
    ("store", "clock", "--confirm"),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_verb_writes_in_the_future(shell: Duban, words: tuple[str, ...]) -> None:
    before = shell("audit", "verify", "--json").value["events"]
    answer = shell(*words, *AHEAD)
    assert answer.code == 1 and answer.err.count("\n") == 1
    assert "--now 在将来" in answer.err
    assert shell("audit", "verify", "--json").value["events"] == before


def test_looking_into_the_future_is_free(shell: Duban) -> None:
    assert shell("queue", *AHEAD).code == 0


def test_an_act_is_not_said_to_have_happened_later(shell: Duban) -> None:
    words = ("ticket", "acknowledge", "WH20261120-00001", "--at", "2031-01-01 09:00")
    answer = shell(*words)
    assert answer.code == 1 and "将来" in answer.err


def test_a_clock_set_back_is_confirmed_by_a_command(
    shell: Duban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_system_now", lambda: system_now() - timedelta(days=30))
    assert "时钟早于留痕" in shell("store", "clock").out
    refused = shell("sweep")
    assert refused.code == 1 and "duban store clock --confirm" in refused.err
    told = shell("store", "clock", "--confirm", "--reason", "主板电池换过", "--json").value
    assert (told["ok"], told["confirmed"]) == (True, True)
    assert told["system"] < told["newest_event"]
    assert "时钟正常" in shell("store", "clock").out
    assert shell("sweep").code == 0
