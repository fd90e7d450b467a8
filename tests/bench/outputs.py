"""Everything that Duban shows or writes of a store: commands, files, papers, screens, the log."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Container, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

from console.__main__ import main
from console.command.verbs import program
from console.frame.settings import log_file
from models.store.store import Store
from tests.bench.planted import UNITS
from tests.console.stage import Stage, play

CHANGES = frozenset(
    (
        *(
            "demo",
            "import",
            "handout",
            "backup",
            "restore",
            "sweep",
            "rate",
            "store upgrade",
            "store clock",
        ),
        *("callback phone", "ticket phone", "audit anchor", "audit verify", "selftest"),
        *("review verdict", "review open", "callback plan", "objection raise", "objection rule"),
        *("policy load", "policy check", "policy rehearse", "calendar load", "calendar rehearse"),
        *("calendar undo", "units load", "units rehearse", "units alias", "units attach"),
        *("profile show", "profile export", "profile load", "profile drop", "profile guess"),
    )
)
"""What changes a store or shows none of it; ``ticket phone`` and its like are recorded looks."""

READS = ("show", "suggest", "list", "next", "export", "examples")
"""The verbs below ticket, order, operator and privacy that only read."""

FOLDERS = ("ticket", "order", "operator", "privacy")

MOST = ("--limit", "1000")

OF_A_UNIT = ("review signs",)

SUFFIXES = {
    "export": (".csv", ".tsv", ".xlsx", ".jsonl"),
    "template": (".csv", ".xlsx"),
    "units export": (".csv",),
    "audit export": ("",),
}
"""What the commands that write a file are asked for."""

OF_A_MATTER = ("ticket show", "ticket suggest", "trail", "find")

KINDS = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".xlsx": "workbook",
    ".docx": "paper",
    ".md": "paper",
    ".json": "JSON",
    ".jsonl": "JSON",
    ".txt": "paper",
    ".log": "log",
}
"""Kinds of output by the suffix of a file."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing shown or written: its kind, what made it, and its words."""

    kind: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are called: on a store, at a moment, their files in a folder."""

    store: str
    now: str
    folder: Path

    def call(self, *words: object) -> Output:
        """Run one command and return all that it said."""
        said = StringIO()
        told = [str(word) for word in words]
        with redirect_stdout(said), redirect_stderr(said):
            main([*told, "--store", self.store, "--now", self.now])
        return Output("JSON" if "--json" in told else "text", " ".join(told), said.getvalue())


def reading_commands() -> list[tuple[str, Any]]:
    """Return every command that only reads, with its name, from the tree of commands."""
    return [(path, command) for path, command in _commands(program(), ()) if _reads(path)]


def _reads(path: str) -> bool:
    folder, _, verb = path.partition(" ")
    return path not in CHANGES and (folder not in FOLDERS or verb in READS)


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in group.list_commands(None):
        below = group.get_command(None, name)
        if hasattr(below, "list_commands"):
            yield from _commands(below, (*path, name))
        else:
            yield " ".join((*path, name)), below


def said_by_commands(
    desk: Desk, numbers: Iterable[str], chosen: Container[str] | None = None
) -> Iterator[Output]:
    """Yield what every reading command says, in words and as JSON, of matters for each number.

    Only those ``chosen``, where some are.
    """
    numbers = list(numbers)
    for path, command in reading_commands():
        if chosen is not None and path not in chosen:
            continue
        words = path.split()
        if path in OF_A_MATTER:
            calls = [[*words, number] for number in numbers]
        elif path in OF_A_UNIT:
            calls = [[*words, "--unit", unit] for unit in UNITS if unit]
        elif path in SUFFIXES:
            calls = [[*words, str(desk.folder / f"{'-'.join(words)}{s}")] for s in SUFFIXES[path]]
        elif path == "order export":
            continue
        else:
            asked = [param.metavar for param in command.params if param.required]
            assert not asked, f"{path} asks for {asked}: say how the scan calls it"
            calls = [[*words, *_most(command)]]
        for call in calls:
            yield desk.call(*call)
            if path not in SUFFIXES:
                yield desk.call(*call, "--json")
    yield desk.call("trail", *MOST)
    yield desk.call("trail", "--json", *MOST)


def _most(command: Any) -> list[str]:
    """Return how a list is asked for all its rows."""
    many = any("--limit" in param.opts for param in command.params)
    return [*MOST] if many else []


def said_by_papers(desk: Desk, numbers: list[str]) -> Iterator[Output]:
    """Yield what is said while papers, reminders and workbooks are made of some matters."""
    papers = desk.folder / "papers"
    yield desk.call("sweep")
    yield desk.call("review", "open", "--since", "2026-10-01")
    yield desk.call("ticket", "urge", *numbers, "--out", papers)
    yield desk.call("order", "draft", "--tickets", ",".join(numbers))
    listed = [str(id) for id in _ids(desk)]
    for id in listed:
        yield desk.call("order", "sign", id)
    yield desk.call("order", "export", *listed, "--out", papers / "orders", "--ledger",
                    papers / "ledger.xlsx")  # fmt: skip
    yield desk.call("order", "export", *listed, "--out", papers / "copies", "--copy")
    yield desk.call("handout", "--all", "--out", papers / "handouts")
    yield desk.call("rank", "--draft", papers / "draft.xlsx")
    for suffix in (".xlsx", ".csv", ".docx", ".md", ".json"):
        yield desk.call("rank", "--out", papers / f"rank{suffix}")
    for edition in ("leader", "circular", "public"):
        bulletin = papers / f"bulletin-{edition}.docx"
        yield desk.call("rank", "--edition", edition, "--out", bulletin)


def _ids(desk: Desk) -> list[int]:
    told = json.loads(desk.call("order", "list", "--json").text)
    return [one["id"] for one in told if one["status"] in ("draft", "signed")][:40]


def files_in(folder: Path) -> Iterator[Output]:
    """Yield the words of every file that was written, and of the log."""
    for path in (*sorted(folder.rglob("*")), log_file()):
        if path.is_file() and not path.name.startswith("."):
            kind = "audit export" if "audit-export" in str(path) else KINDS[path.suffix]
            yield Output(kind, path.name, _words(path))


def _words(path: Path) -> str:
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_text("utf-8-sig" if path.suffix != ".tsv" else "utf-8", errors="replace")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(part for raw in parts for part in (raw, unescape(re.sub("<[^>]+>", "", raw))))


def frames_of(
    store: Store, numbers: Iterable[str], places: Iterable[tuple[str, ...]]
) -> Iterator[Output]:
    """Yield the frames of the console: some places by their keys, then matters by their number."""
    seen: list[Output] = []

    def look(stage: Stage, where: str) -> None:
        seen.append(Output("screen", where, stage.frame()))

    async def journey(stage: Stage) -> None:
        look(stage, "first")
        for keys in places:
            await stage.press(*keys)
            look(stage, " ".join(keys))
        for number in numbers:
            await stage.press("f2", "colon", *number)
            look(stage, f"palette {number}")
            await stage.press("enter")
            look(stage, f"ticket {number}")
            await stage.press("m")
            look(stage, f"ticket zoomed {number}")
            await stage.press("m")

    play(store, journey, size=(160, 48))
    yield from seen


PLACES: tuple[tuple[str, ...], ...] = (
    ("f1",), ("escape",), ("7",), ("pagedown",), ("8",), ("enter",), ("escape",), ("9",),
    ("enter",), ("escape",), ("0",), ("end",), ("enter",), ("e",), ("escape",), ("escape",),
    ("f3",), ("2",), ("f",), ("escape",), ("i",), ("escape",), ("c",), ("escape",),
    ("f4",), ("down",), ("t",), ("escape",), ("f5",), ("0",), ("0",), ("l",), ("escape",),
    ("f7",), ("enter",), ("escape",), ("f8",), ("pagedown",), ("enter",), ("escape",),
    ("f9",), *[("=",)] * 12,
    ("f12",), ("escape",), ("f2", "9", "o"), ("f2", "0", "o"), ("f8", "o"), ("f2",),
)  # fmt: skip
"""The tour: help, the states of the queue, tickets, ranking, orders, review, units, trail, desk."""
