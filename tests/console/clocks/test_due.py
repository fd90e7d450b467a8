"""The deadline calculator."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from console.command import call as calling
from tests.console.conftest import Duban


def test_three_working_days_pass_over_the_national_holiday(duban: Duban) -> None:
    answer = duban("due", "2026-09-30T10:00", "3wd", "--json")
    assert answer.code == 0
    assert answer.value | {"steps": []} == {
        "due_at": "2026-10-10T17:30:00+08:00",
        "blue_at": "2026-09-30T10:00:00+08:00",
        "yellow_at": "2026-10-09T17:30:00+08:00",
        "red_at": "2026-10-10T17:30:00+08:00",
        "provisional": False,
        "winner": None,
        "losers": [],
        "steps": [],
    }
    assert any("国庆节" in line for line in answer.value["steps"])


def test_the_limit_may_be_left_to_the_policy(duban: Duban) -> None:
    urgent = duban("due", "2026-09-30T10:00", "--urgency", "特急", "--json")
    assert urgent.value["due_at"] == "2026-10-01T10:00:00+08:00"


def test_a_policy_file_is_tried_without_a_store(duban: Duban, tmp_path: Path) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text('[bureau]\ntimezone = "UTC"\n[office]\nhours = ["08:00-12:00"]\n')
    answer = duban("due", "2026-09-30T10:00", "1wd", "--policy", policy, "--json")
    assert answer.value["due_at"] == "2026-10-08T12:00:00+00:00"
    assert not list(tmp_path.rglob("*.db"))


GOOD = "2026-09-30T10:00,24h"

BAD = [
    ("never,5wd", "never"),
    ("9999-12-31T10:00,24h", "1900—2200年"),
    ("0001-01-01T00:00+14:00,1h", "1900—2200年"),
    ("2026-09-30T10:00,99999wd", "1900—2200年"),
    ("2026-09-30T10:00,3xx", "3xx"),
    ("2026-09-30T10:00,fixed", "fixed"),
    ("2026-09-30T10:00", "没有写全"),
    (",5wd", "没有写全"),
]


def test_bad_lines_of_a_batch_get_their_reasons_and_stop_none(duban: Duban, tmp_path: Path) -> None:
    batch = tmp_path / "batch.csv"
    lines = "".join(f"{line}\n" for line, _ in BAD)
    batch.write_text(f"start,limit\n{GOOD}\n\n{lines}2026-09-30T10:00,15m\n")
    answer = duban("due", "--batch", batch, "--json")
    first, *bad, last = map(json.loads, answer.out.splitlines())
    assert first["due_at"] == "2026-10-01T10:00:00+08:00"
    assert last["due_at"] == "2026-09-30T10:15:00+08:00"
    assert [told["line"] for told in bad] == [*range(4, 4 + len(BAD))]
    for told, (_, reason) in zip(bad, BAD, strict=True):
        assert reason in told["error"]
    assert answer.code == 1
    batch.write_text(f"start,limit\n{GOOD}\n\n{BAD[0][0]}\n")
    spoken = duban("due", "--batch", batch)
    assert spoken.code == 1 and "第4行：看不懂时间 never" in spoken.out.splitlines()[1]


def test_a_batch_without_a_bad_line_is_done(duban: Duban, tmp_path: Path) -> None:
    batch = tmp_path / "batch.csv"
    batch.write_bytes("时限,备注,起点\n3wd,国庆,2026-09-30T10:00\n".encode("gb18030"))
    answer = duban("due", "--batch", batch)
    assert answer.code == 0
    assert answer.out == "2026-09-30 周三 10:00  3wd  到期 2026-10-10 周六 17:30\n"


def test_a_batch_without_its_columns_or_that_is_not_there_is_refused(
    duban: Duban, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.csv"
    batch.write_text("from,limit\n2026-09-30T10:00,24h\n")
    for path, said in ((batch, "start"), (tmp_path / "none.csv", "找不到")):
        answer = duban("due", "--batch", path)
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.err and answer.err.count("\n") == 1


def test_hours_run_in_real_time_where_the_clocks_change(duban: Duban, tmp_path: Path) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text('[bureau]\ntimezone = "America/New_York"\n')
    answer = duban("due", "2026-10-31T12:00", "24h", "--policy", policy, "--json")
    assert answer.value["due_at"] == "2026-11-01T11:00:00-05:00"


def test_the_entry_that_applies_is_named_with_those_it_beat(duban: Duban) -> None:
    words = ("due", "2026-09-30T10:00", "--nature", "咨询", "--urgency", "特急")
    answer = duban(*words, "--json").value
    assert (answer["winner"], answer["losers"]) == ("紧急程度=特急", ["性质=咨询", "默认"])
    assert "先于 性质=咨询（2wd）、默认（5wd）" in duban(*words, "--explain").out


def test_explain_prints_the_receipt(duban: Duban) -> None:
    lines = duban("due", "2026-09-30T10:00", "3wd", "--explain").out.splitlines()
    assert lines[0] == "办结时限核算单"
    assert lines[-1].split() == ["到期", "2026-10-10", "周六", "17:30"]


def test_a_limit_that_cannot_be_read_is_refused_in_one_line(duban: Duban) -> None:
    answer = duban("due", "2026-09-30T10:00", "3xx")
    assert (answer.code, answer.out) == (1, "")
    assert "3xx" in answer.err and answer.err.count("\n") == 1


def test_a_store_tells_the_versions_of_its_rules(shell: Duban) -> None:
    told = shell("due", "2026-09-30T10:00", "3wd", "--explain").out
    assert "依据            规则第1版 日历第1版" in told


def test_a_start_in_words_counts_from_now(duban: Duban, tmp_path: Path) -> None:
    now = ("--now", "2026-11-20T15:20", "--json")
    assert duban("due", "今天9点", "24h", *now).value["due_at"] == "2026-11-21T09:00:00+08:00"
    batch = tmp_path / "batch.csv"
    batch.write_text("start,limit\n昨天15:00,24h\n11月19日 15时,24h\n", encoding="utf-8")
    answer = duban("due", "--batch", batch, *now)
    due = {json.loads(line)["due_at"] for line in answer.out.splitlines()}
    assert (answer.code, due) == (0, {"2026-11-20T15:00:00+08:00"})


def test_a_batch_reads_the_shipped_rules_and_calendar_once(
    duban: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    for name in ("read_policy", "builtin_calendar"):
        whole = getattr(calling, name)

        def counted(*told: str, name: str = name, whole: Callable[..., object] = whole) -> object:
            read.append(name)
            return whole(*told)

        monkeypatch.setattr(calling, name, counted)
    batch = tmp_path / "batch.csv"
    batch.write_text("start,limit\n" + f"{GOOD}\n" * 20)
    answer = duban("due", "--batch", batch, "--json")
    assert len(answer.out.splitlines()) == 20
    assert sorted(read) == ["builtin_calendar", "read_policy"]
