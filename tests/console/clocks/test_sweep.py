"""Sweeping again and again, as cron does."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban

NOW = ("--now", "2026-11-20T15:20")


def test_a_unit_gets_no_second_draft_while_one_waits_for_its_signature(
    duban: Duban, tmp_path: Path
) -> None:
    policy, file = tmp_path / "p.toml", tmp_path / "late.csv"
    policy.write_text('[orders]\ndraft_at = "red1"\npaper_cap = 1\n')
    rows = "".join(f"L{i},微信,灯坏{i},2026-09-0{i} 09:00,洪山区\n" for i in range(1, 4))
    file.write_text(f"工单编号,来源渠道,标题,受理时间,承办单位\n{rows}", encoding="utf-8")
    store = ("--store", tmp_path / "s.db", *NOW, "--json")
    assert duban("import", file, "--policy", policy, *store).value["new"] == 3
    assert [duban("sweep", *store).value["drafts"] for _ in range(3)] == [1, 0, 0]
    assert len(duban("order", "list", *store).value) == 1
    duban("order", "void", "1", "--reason", "误拟", *store)
    assert duban("sweep", *store).value["drafts"] == 1
