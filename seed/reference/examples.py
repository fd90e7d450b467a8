"""Policies of other places, shipped as examples to read, rehearse and adapt."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from seed.reference.content import ContentError


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
