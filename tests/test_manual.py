"""The manual and the README say only what runs: commands, options, keys, error lines, settings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.__main__ import main
from console.command.verbs import VERBS, program
from console.frame.bound import shown
from console.frame.config import parse_config
from console.frame.keys import SCOPES
from console.frame.settings import read
from models.views.decisions import QUEUES
from rules.bureau.policy import Policy, read_policy
from rules.clocks.moments import typed_moment

HOUSE = Path(__file__).parents[1]

MANUAL = (HOUSE / "docs" / "manual.zh.md").read_text(encoding="utf-8")

README = (HOUSE / "README.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)

_SPAN = re.compile(r"`([^`\n]+)`")

_KEYS = re.compile(r"<!-- keys: ([\w ]+) -->\n\| 键 \|.*\n\|[-|]+\|\n((?:\|.*\n)+)")

_DUBAN = re.compile(r"(?:^|&& |[\w/.]*/)duban(?= |$)")


def blocks(text: str, language: str) -> Iterator[str]:
    """Yield the fenced blocks of a language."""
    return (body for name, body in _FENCE.findall(text) if name == language)


def typed(text: str) -> list[str]:
    """Return every whole command line that a reader is shown, as what follows ``duban``."""
    lines = (line for block in blocks(text, "sh") for line in block.splitlines())
    found = []
    for line in lines:
        command = line.partition(" #")[0].partition(" > ")[0].strip()
        if (match := _DUBAN.search(command)) is not None:
            found.append(command[match.end() :].strip())
    return found


def mentioned(text: str) -> list[str]:
    """Return every command named in passing, which may lack what it needs."""
    spans = _SPAN.findall(_FENCE.sub("", text))
    named = [(span, _DUBAN.match(span)) for span in spans]
    return [span[match.end() :].strip() for span, match in named if match]


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words name and the words left over; fails where there is none."""
    command: Any = program()
    while words and words[0] != "--help" and hasattr(command, "get_command"):
        below = command.get_command(None, words[0])
        assert below is not None, f"there is no duban … {words[0]}"
        command, words = below, words[1:]
    return command, words


@pytest.mark.parametrize("line", [*typed(MANUAL), *typed(README)])
def test_a_command_line_shown_can_be_typed(line: str) -> None:
    settings, words = read(shlex.split(line), {})
    if not words:
        return
    assert settings is not None
    command, rest = command_of(words)
    assert not hasattr(command, "get_command"), f"duban {line} lacks its verb"
    command.make_context("duban", rest)  # the command line's own parser; nothing is run


@pytest.mark.parametrize("line", sorted({*mentioned(MANUAL), *mentioned(README)}))
def test_a_command_named_in_passing_exists_with_its_options(line: str) -> None:
    _, words = read(shlex.split(line), {})
    command, rest = command_of(words)
    known = {name for param in command.params for name in param.opts} | {"--help", "--version"}
    assert {word for word in rest if word.startswith("--")} <= known


def test_every_verb_stands_in_the_manuals_table() -> None:
    table = MANUAL.rpartition("命令总表")[2]
    assert [verb for verb in VERBS if f"| `duban {verb}` |" not in table] == []


def test_every_long_option_named_in_the_manual_is_one_of_the_command_lines() -> None:
    options = {
        "--help",
        "--version",
        "--store",
        "--policy",
        "--now",
        "--json",
        "--as",
        "--read-only",
    }
    waiting: list[Any] = [program()]
    while waiting:
        command = waiting.pop()
        options |= {name for param in command.params for name in param.opts}
        if hasattr(command, "list_commands"):
            waiting += [command.get_command(None, name) for name in command.list_commands(None)]
    spans = " ".join(_SPAN.findall(MANUAL))
    assert set(re.findall(r"--[a-z][\w-]*", spans)) <= options


def rows() -> list[tuple[str, str]]:
    """Return (scopes, key) for every key of the manual's key tables."""
    found = []
    for scopes, body in _KEYS.findall(MANUAL):
        for row in body.splitlines():
            found += [(scopes, key) for key in _SPAN.findall(row.split(" | ")[0])]
    return found


@pytest.mark.parametrize(("scopes", "key"), rows())
def test_a_key_in_the_manual_is_bound(scopes: str, key: str) -> None:
    tables = [SCOPES[scope][1] for scope in scopes.split()]
    bound = {shown(name) for keys in tables for one in keys for name in one.keys.split(",") if name}
    assert key in bound


@pytest.mark.parametrize("scope", SCOPES)
def test_every_key_of_a_screen_stands_in_the_manual(scope: str) -> None:
    told = {key for scopes, key in rows() if scope in scopes.split()}
    _, keys = SCOPES[scope]
    read = {one.id: {shown(key) for key in one.keys.split(",")} for one in keys if one.keys}
    assert [id for id, names in read.items() if not names & told] == []


def times() -> list[str]:
    """Return every way of writing a time that the manual shows."""
    table = MANUAL.partition("<!-- times -->")[2].partition("\n\n")[0]
    return [span for row in table.splitlines()[3:] for span in _SPAN.findall(row)]


@pytest.mark.parametrize("text", times())
def test_a_time_written_as_the_manual_shows_is_understood(text: str) -> None:
    now = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)
    assert typed_moment(text, now, ZoneInfo("Asia/Shanghai")) <= now + timedelta(hours=1)


def test_the_manual_shows_every_kind_of_time() -> None:
    assert len(times()) > 20


def test_the_manual_says_of_which_year_a_month_and_day_are() -> None:
    assert "一月里写 `12-30`，是去年的" in MANUAL
    january = datetime(2027, 1, 5, tzinfo=UTC)
    assert typed_moment("12-30", january, ZoneInfo("Asia/Shanghai")).year == 2026


def test_every_step_of_an_appeal_is_told_with_its_command() -> None:
    steps: Any = program().get_command(None, "ticket")
    told = {
        command_of(shlex.split(line))[0].name
        for line in [*typed(MANUAL), *mentioned(MANUAL)]
        if line.startswith("ticket")
    }
    assert set(steps.list_commands(None)) - told == set()


def test_every_queue_of_the_desk_stands_in_the_manuals_table() -> None:
    table = MANUAL.partition("| 类别 | `1` | `2` | `3` |")[2].partition("\n\n")[0]
    assert [queue.name for queue in QUEUES.values() if f"| {queue.name} |" not in table] == []


def test_every_error_line_of_the_manual_is_one_the_program_says() -> None:
    table = MANUAL.partition("| 提示里有 | 怎么办 |")[2].partition("\n\n")[0]
    quoted = [_SPAN.findall(row)[0] for row in table.splitlines()[2:]]
    floors = ("rules", "models", "seed", "console")
    rooms = (room for floor in floors for room in (HOUSE / floor).rglob("*.py"))
    said = "".join(room.read_text(encoding="utf-8") for room in rooms)
    assert len(quoted) > 10
    assert [line for line in quoted if line not in said] == []


def test_the_rules_and_settings_shown_are_ones_the_program_reads() -> None:
    *rules, settings = blocks(MANUAL, "toml")
    config = parse_config(settings)
    assert config.ascii and config.keys
    policies = [read_policy(shown) for shown in rules]
    assert all(policy.limits for policy in policies) and policies[-1].routing


def test_every_section_of_the_policy_stands_in_the_manual() -> None:
    names = Policy.model_fields
    assert [name for name in names if not re.search(rf"\| `\[*{name}\]*` \|", MANUAL)] == []


def test_a_receipt_shown_is_the_one_the_calculator_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = (body for body in blocks(MANUAL, "") if body.startswith("办结时限核算单"))
    line = "due 2026-09-30T10:00 3wd --explain"
    assert line in typed(MANUAL)
    main([*shlex.split(line), "--store", str(tmp_path / "manual.db")])
    said, told = (
        [row.split() for row in text.splitlines() if not row.startswith("依据")]
        for text in (capsys.readouterr().out, shown)
    )
    assert told == said  # but for the versions it rests on


def test_the_chapters_of_the_contents_exist() -> None:
    headings = {line[3:] for line in MANUAL.splitlines() if line.startswith("## ")}
    listed = re.findall(r"\[([^\]]+)\]\(#", MANUAL)
    assert listed and set(listed) == headings
