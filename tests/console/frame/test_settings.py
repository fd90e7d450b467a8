"""Global options may stand before or after the verb."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.frame.settings import Settings, WrongUsage, calling, demo_store, own_store, read

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_options_before_and_after_the_verb_mean_the_same() -> None:
    before = read(["--store", "demo", "--json", "queue", "--colour", "red"], {})
    after = read(["queue", "--colour", "red", "--json", "--store=demo"], {})
    assert before == after == (Settings(store="demo", json=True), ["queue", "--colour", "red"])


def test_every_global_option_is_taken_out() -> None:
    where = ["--store", "a.db", "--policy", "p.toml", "--now", "2026-11-20T15:20"]
    settings, rest = read([*where, "--as", "王督办", "--read-only", "info"], {})
    assert rest == ["info"]
    assert settings == Settings(
        store="a.db",
        policy=Path("p.toml"),
        now=datetime(2026, 11, 20, 15, 20),
        operator="王督办",
        read_only=True,
    )


def test_the_option_wins_over_the_environment() -> None:
    environ = {"DUBAN_STORE": "other.db"}
    assert read(["queue"], environ)[0].store == "other.db"
    assert read(["queue", "--store", "mine.db"], environ)[0].store == "mine.db"


def test_what_follows_a_double_dash_is_left_alone() -> None:
    settings, rest = read(["trail", "--", "--json"], {})
    assert not settings.json
    assert rest == ["trail", "--", "--json"]


@pytest.mark.parametrize("argv", [["--store"], ["--now", "--json"], ["--as="], ["--now", "昨天"]])
def test_an_option_without_a_usable_value_is_wrong_usage(argv: list[str]) -> None:
    with pytest.raises(WrongUsage):
        read(argv, {})


def test_a_naive_now_is_in_the_bureaus_zone() -> None:
    typed = read(["--now", "2026-11-20T15:20"], {})[0]
    assert typed.instant(SHANGHAI) == datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


def test_a_now_with_an_offset_keeps_it() -> None:
    typed = read(["--now", "2026-11-20T07:20Z"], {})[0]
    assert typed.instant(SHANGHAI) == datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


def test_a_now_in_words_counts_from_the_present_of_the_bureau() -> None:
    typed = read(["--now", "昨天15:00"], {})[0]
    assert typed.now == "昨天15:00"
    now = typed.instant(SHANGHAI)
    assert now is not None
    local, today = now.astimezone(SHANGHAI), datetime.now(SHANGHAI).date()
    assert (local.hour, local.minute) == (15, 0)
    assert today - local.date() in (timedelta(days=1), timedelta(days=2))  # run over a midnight


def test_a_now_that_clocks_skipped_is_wrong_usage() -> None:
    typed = read(["--now", "2026-03-08T02:30"], {})[0]
    with pytest.raises(WrongUsage, match="拨快"):
        typed.instant(ZoneInfo("America/New_York"))


def test_a_now_too_far_off_is_wrong_usage() -> None:
    for words in ("500年前", "500年后", "1949-01-01", "1949年1月1日 9点"):
        with pytest.raises(WrongUsage, match="1950—2150"):
            read(["--now", words], {})


def test_a_command_names_the_store_it_works_on_unless_it_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DUBAN_STORE", raising=False)
    secret = "postgresql+psycopg://li:geheim@db/duban"
    assert calling(str(own_store())) == "duban"
    assert calling(str(demo_store())) == "duban --store demo"
    assert calling("/data/武汉 库.db") == "duban --store '/data/武汉 库.db'"
    assert "geheim" not in calling(secret)
    monkeypatch.setenv("DUBAN_STORE", secret)
    assert calling(secret) == "duban"
