"""The files of this package as text and rows, read so that an installed wheel works too."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rules.errors import DubanError
from rules.text import harmless_line, unguarded


class ContentError(DubanError):
    """A reference file lacks a column or contradicts itself."""


def packaged(name: str) -> str:
    """Return the text of one of this package's files."""
    return resources.files("seed.reference").joinpath(name).read_text(encoding="utf-8")


def rows(text: str, columns: tuple[str, ...], file: str) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV with its header: (line, stripped cells); blank lines are skipped.

    ContentError names the first column of ``columns`` that the file lacks.
    """
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    found = []
    try:
        for column in columns:
            if column not in (reader.fieldnames or ()):
                raise ContentError(f"{file} 缺少“{column}”一列，请补上表头后再装入")
        for row in reader:
            cells = {k: _cell(text) for k, text in row.items() if isinstance(k, str)}
            if any(cells.values()):
                found.append((reader.line_num, cells))
    except csv.Error:
        line = reader.reader.line_num  # its own counts a line only once that could be read
        raise ContentError(
            f"{file} 第{line}行不是 CSV（一格过长或有不成对的引号），请改正后再装入"
        ) from None
    return found


def _cell(text: str | None) -> str:
    """Return what a cell says: harmless, without the apostrophe that keeps it from running."""
    return harmless_line(unguarded((text or "").strip()))


def shipped_policy() -> str:
    """Return the TOML of the policy that a new store begins with."""
    return packaged("policy.toml")


def shipped_cases() -> list[dict[str, Any]]:
    """Return the shipped cases in the form of ``rules.clocks.selftest``, each with its calendar.

    Worked out by hand from the notice of the State Council's office of 2025-11-04 and the
    conventions of the design; the file names each calendar once.
    """
    read = json.loads(packaged("selftest.json"))
    return [case | {"calendar": read["calendars"][case["calendar"]]} for case in read["cases"]]


@dataclass(frozen=True, slots=True)
class Example:
    """One example policy: its file's name, its Chinese name, what it sets, and its TOML."""

    name: str
    title: str
    summary: str
    text: str


def example_policies() -> tuple[Example, ...]:
    """Return the example policies by name; each file's first line is ``# title：summary``."""
    folder = resources.files("seed.reference").joinpath("policies")
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    return tuple(_example(name, texts[name]) for name in sorted(texts))


def example_policy(name: str) -> Example:
    """Return the example of a name or a Chinese name; ContentError names those there are."""
    examples = example_policies()
    for example in examples:
        if name in (example.name, example.title):
            return example
    known = "、".join(f"{each.title}（{each.name}）" for each in examples)
    raise ContentError(f"没有名为“{name}”的规则样例：可选 {known}")


def _example(file: str, text: str) -> Example:
    title, _, summary = text.partition("\n")[0].removeprefix("# ").partition("：")
    return Example(file.removesuffix(".toml"), title, summary, text)
