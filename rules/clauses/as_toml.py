"""A draft written as a policy file: each value under the clause it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from rules.clauses.drafted import Draft
from rules.clauses.reading import Finding, Remark
from rules.paper import RANK_NAMES

_HEAD = """\
# {title}
# 由原文草拟，未经核对。逐条对照原文改好，删去下面 draft 一行，先核对再装入：
#   duban policy check 文件    duban policy load 文件
draft = true
"""


def draft_toml(draft: Draft) -> str:
    """Return the TOML of a draft, in Chinese; it cannot be loaded while ``draft`` stands in it."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield _HEAD.format(title=draft.title)
    if draft.office:
        yield "[office]"
        yield from _values(draft.office)
        yield ""
    for asked, values in draft.entries:
        yield "[[limits]]"
        for key, words in asked:
            yield f"{key} = {_toml(_one_or_all(words))}"
        yield from _values(values)
        yield ""
    for rank in dict.fromkeys(each.value for each in draft.found if each.key == "extension_by"):
        yield from ("[[leaders]]", f'name = "请填{RANK_NAMES[rank]}姓名"', f'rank = "{rank}"', "")
    yield from _remarks("不能表达", draft.unsaid)
    yield from _remarks("不用另写", draft.needless)


def _values(values: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a section, a clause once above all that it sets.

    Where something starts is one table, told with the first of its values.
    """
    starts: dict[str, list[str]] = {}
    for start in sorted(filter(_is_start, values), key=lambda each: each.key.startswith("again.")):
        starts.setdefault(start.key.partition(".")[2], []).append(start.value)
    for quoted, found in groupby(values, lambda each: each.clause.quoted):
        yield f"# {quoted}"
        for each in found:
            if not _is_start(each):
                yield f"{each.key.rpartition('.')[2]} = {_toml(each.value)}"
            elif starts:
                told = {step: _one_or_all(acts) for step, acts in starts.items()}
                yield f"starts = {_toml(told)}"
                starts = {}


def _is_start(found: Finding) -> bool:
    return found.key.startswith(("starts.", "again."))


def _one_or_all(words: Sequence[str | int]) -> str | int | list[str | int]:
    """Return a single word as itself, several as a list."""
    return words[0] if len(words) == 1 else list(words)


def _remarks(head: str, remarks: Iterable[Remark]) -> Iterator[str]:
    told = [f"# {each.clause.quoted}\n#   → {each.why}" for each in remarks]
    if told:
        yield f"# ---- {head} " + "-" * 60
        yield from told
        yield ""


def _toml(value: Any) -> str:
    """Return a value as TOML writes it; a text as JSON does, which TOML reads alike."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {_toml(each)}" for key, each in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
