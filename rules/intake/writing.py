"""A profile written as the file it is kept and passed on as."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.intake.exchange import LABELS
from rules.intake.profile import SourceProfile

_ABOUT = "# 来源格式：由督办台写出，可以修改后用 duban profile load 装入，或交给别的单位使用。"


def profile_text(file: SourceProfile) -> str:
    """Return a profile as TOML, fields by their Chinese names; reading it gives it back."""
    return "\n".join([_ABOUT, *_lines(file), ""])


def _lines(file: SourceProfile) -> Iterator[str]:
    yield from ("", f"name = {_text(file.name)}", f"label = {_text(file.label)}")
    if file.zone is not None:
        yield f"zone = {_text(file.zone)}"
    if file.epoch:
        yield "epoch = true"
    if file.analysis:
        yield "analysis = true"
    if file.day_first is not None:
        yield f"day_first = {'true' if file.day_first else 'false'}"
    for key, headers in (("needs", file.needs), ("headers", file.headers)):
        if headers:
            yield f"{key} = {_list(headers)}"
    if file.ignored:
        yield f"ignored = {_list(file.ignored)}"
    if file.gathers:
        yield f"gathers = {_text(LABELS[file.gathers])}"
    yield from _table("columns", {header: _fields(names) for header, names in file.columns.items()})
    yield from _table("joined", {LABELS[name]: _list(each) for name, each in file.joined.items()})
    for header, column in file.split.items():
        into = _list(LABELS[name] for name in column.into)
        yield from _table(f"split.{_text(header)}", {"mark": _text(column.mark), "into": into})
    yield from _table(
        "constants", {LABELS[name]: _text(value) for name, value in file.constants.items()}
    )
    yield from _table(
        "copies", {LABELS[name]: _text(LABELS[of]) for name, of in file.copies.items()}
    )
    for name, pairs in file.words.items():
        told = {theirs: _text(ours) for theirs, ours in pairs.items()}
        yield from _table(f"words.{_text(LABELS[name])}", told)
    yield from _table("replies", {word: _text(found) for word, found in file.replies.items()})
    if file.finished:
        yield from _table("finished", {"from": _text(file.finished.header)})
        ended = {word: _text(outcome) for word, outcome in file.finished.words.items()}
        yield from _table("finished.words", ended)
    if file.nature:
        told = {"from": _list(file.nature.headers), "otherwise": _text(file.nature.otherwise)}
        yield from _table("nature", told)


def _table(name: str, rows: Mapping[str, str]) -> Iterator[str]:
    if rows:
        yield from ("", f"[{name}]", *(f"{_key(key)} = {value}" for key, value in rows.items()))


def _fields(names: Sequence[str]) -> str:
    labels = [LABELS[name] for name in names]
    return _text(labels[0]) if len(labels) == 1 else _list(labels)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _key(word: str) -> str:
    return word if word in ("mark", "into", "from", "otherwise") else _text(word)


def _text(text: str) -> str:
    """Return a text between quotes; TOML escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
