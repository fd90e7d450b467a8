"""Backup, rules, units, facts of a store; the demo."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban


def test_a_backup_restores_into_a_new_store_only(shell: Duban, tmp_path: Path) -> None:
    archive = tmp_path / "shell.zip"
    assert shell("backup", archive, "--json").value["tables"]["ticket"] == 5
    assert shell("restore", archive).code == 1


def test_a_restored_store_says_the_same(shell: Duban, duban: Duban, tmp_path: Path) -> None:
    archive, other = tmp_path / "shell.zip", tmp_path / "other.db"
    shell("backup", archive)
    assert duban("restore", archive, "--store", other).code == 0
    asked = ("queue", "--json", "--now", "2026-11-20T15:20")
    assert duban(*asked, "--store", other).value == shell(*asked).value


def test_a_policy_is_checked_and_the_nearest_key_named(duban: Duban, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('[bureau]\nname = "测试部"\n')
    bad.write_text('[bureau]\nnmae = "测试部"\n')
    assert duban("policy", "check", good, "--json").value["ok"] is True
    refused = duban("policy", "check", bad)
    assert refused.code == 1 and "nmae" in refused.err and "name" in refused.err


def test_a_hundred_and_seventeen_units_answer(duban: Duban) -> None:
    assert len(duban("units", "show", "--json").value) == 117
    assert "洪山区" in duban("units", "show", "--group", "中心城区").out


def test_info_tells_paths_without_making_a_store(duban: Duban, tmp_path: Path) -> None:
    value = duban("info", "--json").value
    assert value["store"] is None
    assert value["calendar"]["official_through"] is not None
    assert not list(tmp_path.rglob("*.db"))


def test_the_demo_is_built_once_and_opened_as_whom_one_likes(duban: Duban) -> None:
    words = ("demo", "--size", "300", "--no-open", "--json", "--now", "2026-11-20T15:20")
    built = duban(*words).value
    assert built["units"] == 117 and 200 < built["tickets"] < 500
    assert duban(*words).value == built
    acting = duban("info", "--store", "demo", "--as", "周立行", "--json").value["store"]
    assert acting["demo"] and acting["operator"] == "周立行"
    unknown = duban("info", "--store", "demo", "--as", "某人")
    assert unknown.code == 1 and "陈思远" in unknown.err


def test_the_demo_never_touches_another_store(shell: Duban) -> None:
    answer = shell("demo", "--no-open", "--size", "300")
    assert answer.code == 1 and "不是演示库" in answer.err
    assert shell("info", "--json").value["store"]["tickets"] == 5


def test_a_demo_that_is_not_there_is_not_opened(duban: Duban) -> None:
    answer = duban("queue", "--store", "demo")
    assert answer.code == 1 and "duban demo" in answer.err


def test_the_calendar_proves_its_own_cases(duban: Duban, tmp_path: Path) -> None:
    cases = tmp_path / "cases.json"
    cases.write_text(
        '[{"id": "a", "calendar": {"tz": "UTC", "hours": {"fri": [["09:00", "17:00"]]}},'
        ' "op": "add", "start": "2026-11-20T09:00:00+00:00", "seconds": 3600}]'
    )
    got = duban("selftest", "--cases", cases, "--json")
    assert got.value == [{"id": "a", "got": "2026-11-20T10:00:00+00:00"}]
    cases.write_text(cases.read_text().replace('"seconds"', '"expect": "never", "seconds"'))
    assert duban("selftest", "--cases", cases).code == 1


def test_the_password_of_a_database_is_in_no_output(duban: Duban, pg_target: str) -> None:
    secret = pg_target.replace("postgres:@", "postgres:s3cret@")
    assert "s3cret" in secret
    told = [
        duban("info", "--store", secret),
        duban("info", "--json", "--store", secret),
        duban("queue", "--store", "postgresql://zhang:s3cret@127.0.0.1:1/duban"),
        duban("queue", "--store", "postgresql://zhang:%zzs3cret@127.0.0.1:1/duban"),
        duban("restore", "no.zip", "--store", "postgresql://zhang:s3cret@127.0.0.1:1/duban"),
    ]
    assert [answer.code for answer in told] == [0, 0, 1, 1, 1]
    assert "postgres:***@" in told[0].out
    assert all("s3cret" not in answer.out + answer.err for answer in told)
