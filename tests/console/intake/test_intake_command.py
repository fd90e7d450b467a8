"""Files come in, again and again, and what is refused is named."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import APPEALS, NOW, Duban


def test_an_import_counts_what_became_of_the_rows(duban: Duban, tmp_path: Path) -> None:
    file, now = tmp_path / "appeals.csv", ("--now", NOW)
    file.write_text(APPEALS + ",微信,无名单位,内容,火星区,一般,,2026-11-20 09:00,,,,,,\n")
    first = duban("import", file, *now, "--json")
    assert first.code == 0
    rejects = Path(first.value.pop("rejects_file"))
    counts = {k: v for k, v in first.value.items() if k != "rejects_file"}
    assert counts == {
        "read": 6,
        "new": 5,
        "updated": 0,
        "unchanged": 0,
        "conflicts": 0,
        "analysis": 0,
        "withheld": 0,
        "rejected": 1,
        "places": [],
    }
    assert "火星区" in rejects.read_text(encoding="utf-8-sig")
    assert duban("import", file, *now, "--json").value["unchanged"] == 5


def test_a_dry_run_writes_nothing(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "appeals.csv"
    file.write_text(APPEALS)
    assert duban("import", file, "--dry-run", "--now", NOW, "--json").value["new"] == 5
    assert duban("info", "--json").value["store"]["tickets"] == 0


def test_a_missing_file_is_named(duban: Duban) -> None:
    answer = duban("import", "gone.csv")
    assert answer.code == 1
    assert "gone.csv" in answer.err and answer.err.count("\n") == 1


def test_a_policy_file_becomes_the_rules_of_a_new_store_only(duban: Duban, tmp_path: Path) -> None:
    file, policy = tmp_path / "appeals.csv", tmp_path / "p.toml"
    file.write_text(APPEALS)
    policy.write_text('[bureau]\nname = "测试部"\n[[limits]]\nclose = "9wd"\n')
    duban("import", file, "--policy", policy, "--now", NOW)
    assert "测试部" in duban("policy", "show").out
    policy.write_text('[bureau]\nname = "另一部"\n[[limits]]\nclose = "9wd"\n')
    again = duban("import", file, "--policy", policy, "--now", NOW)
    assert "只用于试算" in again.err
    assert "测试部" in duban("policy", "show").out


def test_the_template_and_the_export_can_be_imported(shell: Duban, tmp_path: Path) -> None:
    assert shell("template", tmp_path / "empty.csv").code == 0
    assert shell("import", tmp_path / "empty.csv", "--json").value["read"] == 0
    assert shell("export", tmp_path / "out.csv", "--json").value["tickets"] == 5
    assert shell("import", tmp_path / "out.csv", "--json").value["rejected"] == 0


def test_an_export_is_masked_filtered_and_on_record(shell: Duban, tmp_path: Path) -> None:
    before = shell("audit", "verify", "--json").value["events"]
    answer = shell("export", tmp_path / "out.csv", "--unit", "洪山区", "--state", "未结", "--json")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert answer.value["tickets"] == 2
    assert "138****4567" in text and "13871234567" not in text
    assert shell("audit", "verify", "--json").value["events"] == before + 1


def test_a_misspelt_header_is_named_and_the_rest_is_read(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "appeals.csv"
    file.write_text("标题,受理时间,承办单伟,来访形式\n小区停水,2026-11-20 09:00,洪山区,x\n")
    answer = duban("import", file, "--now", NOW, "--json")
    assert answer.value["new"] == 1
    assert "承办单伟、来访形式" in answer.err


def test_an_export_from_and_until_times_in_words(shell: Duban, tmp_path: Path) -> None:
    since = shell("export", tmp_path / "a.csv", "--since", "本周一", "--json").value["tickets"]
    until = shell("export", tmp_path / "b.csv", "--until", "本周一", "--json").value["tickets"]
    assert (since, until) == (3, 2)
