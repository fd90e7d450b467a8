"""Rankings and flags from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from docx import Document

from tests.console.conftest import COLUMNS, RATED, Duban

KEYS = {
    "group",
    "unit",
    "code",
    "place",
    "result_rate",
    "work_rate",
    "verified_rate",
    "verified_work_rate",
    "verified_rated",
    "verified_unsatisfied",
    "rerated",
    "excluded",
    "by_import",
    "by_callback",
    "by_operator",
    "by_default",
    "unsatisfied",
    "rated",
    "due",
    "on_time",
    "after_extension",
    "late",
    "open",
    "carried",
    "closed",
    "merged",
    "tickets",
    "ranked",
    "movement",
}


def test_the_last_complete_week_with_its_exact_fields(shell: Duban) -> None:
    value = shell("rank", "--week", "last", "--json").value
    assert (value["period"], value["published"], value["revision"]) == ("2026-W46", False, 0)
    assert value["from"] == "2026-11-09T00:00:00+08:00"
    assert value["to"] == "2026-11-16T00:00:00+08:00"
    assert len(value["rows"]) == 117
    assert all(set(row) == KEYS for row in value["rows"])
    rated = next(row for row in value["rows"] if row["rated"])
    assert (rated["unit"], rated["result_rate"], rated["ranked"]) == ("江岸区", 1.0, False)
    silent = next(row for row in value["rows"] if not row["rated"])
    assert silent["result_rate"] is None and silent["place"] is None


def test_a_published_ranking_is_frozen(shell: Duban) -> None:
    done = shell("rank", "--week", "2026-W46", "--publish", "--json").value
    assert (done["published"], done["revision"]) == (True, 1)
    assert shell("rank", "--week", "2026-W46", "--json").value["digest"] == done["digest"]
    assert shell("rank", "--week", "2026-W46", "--publish").code == 1
    revised = shell("rank", "--week", "2026-W46", "--publish", "--reason", "补录", "--json").value
    assert revised["revision"] == 2


def test_a_period_that_has_not_ended_cannot_be_published(shell: Duban) -> None:
    answer = shell("rank", "--week", "2026-W47", "--publish")
    assert answer.code == 1 and "尚未结束" in answer.err


def test_files_by_suffix(shell: Duban, tmp_path: Path) -> None:
    for suffix, head in ((".xlsx", b"PK"), (".docx", b"PK"), (".csv", b""), (".md", b"")):
        out = tmp_path / f"r{suffix}"
        assert shell("rank", "--out", out).code == 0
        assert out.read_bytes().startswith(head) and out.stat().st_size > 1000
    shell("rank", "--out", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text())["period"] == "2026-W46"
    assert ".pdf" in shell("rank", "--out", tmp_path / "r.pdf").err


def test_a_policy_is_tried_on_a_ranking_without_a_trace(shell: Duban, tmp_path: Path) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text("[ranking]\nmin_rated_week = 1\n")
    units = ("江汉区", "硚口区")
    rated = [f"WH20261102-0000{n},微信,物业,物业,{u},一般,,{RATED}" for n, u in enumerate(units, 6)]
    more = tmp_path / "more.csv"
    more.write_text("\n".join([",".join(COLUMNS), *rated]), encoding="utf-8")
    assert shell("import", more).code == 0
    tried = shell("rank", "--week", "last", "--policy", policy, "--json").value
    assert next(r for r in tried["rows"] if r["rated"])["place"] == 1
    assert shell("info", "--json").value["store"]["policy"] == 1


def test_week_or_month_but_not_both(shell: Duban) -> None:
    assert shell("rank", "--week", "last", "--month", "last").code == 2
    assert shell("rank", "--week", "2026-10").code == 2
    assert shell("rank", "--week", "one").code == 1


def test_flags_are_a_list(shell: Duban) -> None:
    assert shell("flags", "--month", "last", "--json").value == []


def test_a_bulletin_is_written_for_its_readers_with_what_was_typed_for_it(
    shell: Duban, tmp_path: Path
) -> None:
    note, out = tmp_path / "点评.txt", tmp_path / "通报.docx"
    note.write_text("江岸区要抓紧。\n", "utf-8")
    written = ("--edition", "leader", "--out", out)
    assert shell("rank", "--comment", note, "--publish", *written).code == 0
    assert "江岸区要抓紧。" in _text(out)
    assert shell("rank", "--edition", "public", "--out", out).code == 0
    assert "江岸区要抓紧" not in _text(out) and "公开版" in _text(out)
    for said, words in (
        (("--edition", "public", "--out", tmp_path / "r.xlsx"), "--edition 只用于通报"),
        (("--edition", "people", "--out", out), "没有 people 这一版：请用 leader（领导版）"),
        (("--comment", tmp_path / "没有.txt"), "没有.txt"),
    ):
        answer = shell("rank", *said)
        assert answer.code == 1 and words in answer.err


def _text(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
