"""Help and wrong usage read Chinese, and no failure is a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from console.command.verbs import VERBS
from console.frame.settings import log_file
from tests.console.conftest import Duban

ENGLISH = re.compile(r"Usage|Options|Commands|Arguments|Error|Try |Show this|default|required")


def test_the_help_page_lists_every_verb_in_chinese(duban: Duban) -> None:
    page = duban("--help").out
    for verb in VERBS:
        assert re.search(rf"^\s*{verb}\s+\S*[\u4e00-\u9fff]", page, re.M), verb
    assert not ENGLISH.search(page)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verbs_help_reads_chinese(duban: Duban, verb: str) -> None:
    answer = duban(verb, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"用法 duban {verb}")
    assert not ENGLISH.search(answer.out)


@pytest.mark.parametrize(
    "words",
    [
        ["quee"],
        ["queue", "--color", "red"],
        ["queue", "--limit", "many"],
        ["queue", "--limit"],
        ["queue", "--limit", "-3"],
        ["queue", "--limit", "99999999999999999999"],
        ["queue", "--now", "9999-12-31"],
        ["queue", "--now", "0001-01-01"],
        ["backup"],
        ["order"],
        ["due", "2026-09-30", "5wd", "again"],
        ["queue", "--colour", "绿"],
        ["--store"],
        ["--json"],
    ],
)
def test_wrong_usage_is_one_chinese_line_and_code_2(duban: Duban, words: list[str]) -> None:
    answer = duban(*words)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r".*[\u4e00-\u9fff].*\n", answer.err)
    assert not ENGLISH.search(answer.err)


def test_without_a_terminal_the_console_is_refused_clearly(duban: Duban) -> None:
    answer = duban()
    assert answer.code == 1
    assert "没有终端" in answer.err


def test_a_dumb_terminal_is_refused_clearly(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    answer = duban()
    assert answer.code == 1
    assert "TERM=dumb" in answer.err


def test_a_missing_store_is_not_created_by_reading_it(duban: Duban, tmp_path: Path) -> None:
    answer = duban("queue", "--store", tmp_path / "typo.db")
    assert answer.code == 1
    assert "还不存在" in answer.err
    assert not (tmp_path / "typo.db").exists()


def test_a_file_that_is_no_store_is_refused(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("购物清单")
    answer = duban("queue", "--store", tmp_path / "notes.db")
    assert answer.code == 1
    assert "不是督办台的库" in answer.err


def test_acting_as_another_is_for_the_demo_only(duban: Duban) -> None:
    duban("queue")
    answer = duban("queue", "--as", "王督办")
    assert answer.code == 1 and "演示库" in answer.err


def test_a_reader_that_leaves_early_ends_a_command_quietly(tmp_path: Path) -> None:
    words = "import sys; from console.__main__ import main; sys.exit(main(['--help']))"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", words], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert done.stderr == b""


def test_an_interrupted_command_says_so(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("console.store.info._versions", interrupt)
    answer = duban("info")
    assert (answer.code, answer.out) == (1, "")
    assert "已中断" in answer.err


def test_an_unexpected_error_is_logged_without_its_words(
    duban: Duban, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("张三 13800138000")

    monkeypatch.setattr("console.command.verbs.program", fail)
    answer = duban("info")
    assert answer.code == 1
    assert "RuntimeError" in answer.err and "张三" not in answer.err
    log = log_file().read_text(encoding="utf-8")
    assert "RuntimeError" in log and "张三" not in log
