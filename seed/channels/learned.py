"""A profile file made into the Profile by which rows are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial

from rules.intake import AS_WRITTEN, INSTANTS, LABELS, LONG_TEXTS, ProfileError, SourceProfile
from seed.channels.profile import Profile, Row, Values, normal
from seed.channels.table import Cell
from seed.channels.words import (
    category,
    confidential,
    guessed_nature,
    lead_unit,
    nature,
    outcome,
    path,
    places,
    rating,
    units,
    urgency,
)

Step = Callable[[Values, Row], None]
"""One thing to be done to the values of a row."""

LISTED: Mapping[str, Callable[[str], object]] = {
    "nature": nature,
    "urgency": urgency,
    "outcome": outcome,
    "result_rating": rating,
    "work_rating": rating,
    "confidential": confidential,
    "category": category,
    "co_units": units,
    "attachments": places,
}
"""How the fields are read whose words come from a list."""

_IDENTIFYING = ("number", "external_id", "received_at", "title", "content")

_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2})?")


def profile_of(file: SourceProfile, *, own: bool = False) -> Profile:
    """Return the profile of a file; ``own`` marks one that the bureau keeps in its store.

    ProfileError where two of its headers are the same one.
    """
    columns = _compared({header: names[0] for header, names in file.columns.items()}, file)
    joined = {name: tuple(map(normal, headers)) for name, headers in file.joined.items()}
    known = frozenset(map(normal, (*file.used, *file.ignored)))
    return Profile(
        name=file.name,
        label=file.label,
        columns=columns,
        needs=(_needed(file, columns),),
        complete=_Completion((*_steps(file), *([_lead] if own else ()))),
        derived=dict(_derived(file)),
        known=known,
        zone=file.zone,
        epoch=file.epoch,
        day_first=file.day_first,
        headers=file.headers,
        fits=partial(_fits, file.headers, _instant_places(file)) if file.headers else None,
        gathers=file.gathers,
        words={name: translator(pairs) for name, pairs in file.words.items()},
        moments={name: headers for name, headers in joined.items() if name in INSTANTS},
        copies=file.copies,
        analysis=file.analysis,
        own=own,
    )


class _Completion:
    """What a profile file has done to each row."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    def __call__(self, values: Values, row: Row) -> None:
        for step in self._steps:
            step(values, row)


def _compared(columns: Mapping[str, str], file: SourceProfile) -> Mapping[str, str]:
    """Return columns by header in normal form."""
    compared: dict[str, str] = {}
    for header, name in columns.items():
        if compared.setdefault(normal(header), name) != name:
            raise ProfileError(f"来源格式 {file.label} 里“{header}”写了两次，请只留一处")
    return compared


def _needed(file: SourceProfile, columns: Mapping[str, str]) -> frozenset[str]:
    """Return the headers and fields by which a file is known."""
    needs = file.needs or tuple(name for name in _IDENTIFYING if name in file.filled)
    names = {label: name for name, label in LABELS.items()}
    return frozenset(
        normal(word) if word in file.used else names.get(word, word)
        for word in needs
        if word not in file.copies
    )


def _derived(file: SourceProfile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields worked out of columns, each with the headers any of which gives it."""
    for header, names in file.columns.items():
        yield from ((name, (normal(header),)) for name in names[1:])
    for name, headers in file.joined.items():
        yield name, tuple(map(normal, headers))
    if file.finished:
        yield "outcome", (normal(file.finished.header),)
    for header, column in file.split.items():
        yield from ((name, (normal(header),)) for name in column.into)


def _steps(file: SourceProfile) -> Iterator[Step]:
    """Yield what is to be done to each row, in order."""
    for header, names in file.columns.items():
        for name in names[1:]:
            yield partial(_also, normal(header), name)
    for header, column in file.split.items():
        yield partial(_split, normal(header), column.mark, column.into)
    for name, headers in file.joined.items():
        if name not in INSTANTS:
            yield partial(_join, name, [(normal(header), header) for header in headers])
    for name, pairs in file.words.items():
        yield partial(_reword, name, translator(pairs))
    for name in sorted(file.filled & LISTED.keys()):
        if name == "category" and name in file.joined:
            continue
        yield partial(_listed, name, LISTED[name])
    if file.nature:
        signs = [normal(header) for header in file.nature.headers]
        yield partial(_judge_nature, signs, file.nature.otherwise)
    if file.constants:
        yield partial(_fill, {**file.constants})
    for name, origin in file.copies.items():
        yield partial(_copy, name, origin)
    if file.finished:
        yield partial(
            _end, normal(file.finished.header), translator({**file.finished.words, "*": ""})
        )
    if file.replies:
        sign = re.compile("|".join(map(_sign, file.replies)))
        yield partial(_judge_outcome, sign, file.replies)


def _lead(values: Values, row: Row) -> None:
    """Part several units in one cell; a source that is not the bureau's own keeps its text."""
    lead_unit(values)


def _also(header: str, name: str, values: Values, row: Row) -> None:
    """Read a further field from a column."""
    if text := row.word(header):
        values[name] = text


def _split(header: str, mark: str, names: Sequence[str], values: Values, row: Row) -> None:
    """Read several fields from one column; the last takes what is left."""
    parts = row.word(header).split(mark, len(names) - 1)
    for name, part in zip(names, map(str.strip, parts), strict=False):
        if part and values.get(name):
            values[name] = _next_to(name, str(values[name]), part)
        elif part:
            values[name] = part


def _join(name: str, headers: Sequence[tuple[str, str]], values: Values, row: Row) -> None:
    """Read one field from several columns."""
    if name in LONG_TEXTS:
        texts = [(shown, text) for header, shown in headers if (text := row.text(header))]
        alone = len(texts) == 1
        joint = "\n".join(text if alone else f"{shown}：{text}" for shown, text in texts)
    elif name == "category":
        joint = path(*(row.word(header) for header, _ in headers))
    else:
        joint = ""
        for header, _ in headers:
            part = row.word(header)
            joint = _next_to(name, joint, part) if joint and part else joint or part
    if joint:
        values[name] = joint


def _next_to(name: str, first: str, second: str) -> str:
    """Put two parts of one field together."""
    if name == "co_units":
        return f"{first}、{second}"
    if name == "category":
        return f"{first}/{second}"
    apart = first[-1].isascii() and second[0].isascii()
    return f"{first} {second}" if apart else first + second


def translator(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """Return what turns a source's word into ours, one that is not listed into itself.

    Whole words come first, then forms with ``*`` in their order.
    """
    plain = {word.strip().casefold(): ours for word, ours in pairs.items()}
    forms = [
        (re.compile(".*".join(map(re.escape, word.split("*"))), re.DOTALL), ours)
        for word, ours in plain.items()
        if "*" in word
    ]

    @lru_cache(_REMEMBERED)
    def ours_for(word: str) -> str:
        said = word.casefold()
        ours = plain.get(said) if "*" not in said else None
        if ours is None:
            ours = next((ours for form, ours in forms if form.fullmatch(said)), AS_WRITTEN)
        return word if ours == AS_WRITTEN else ours

    return ours_for


_REMEMBERED = 4096  # words met of late


def _reword(name: str, ours_for: Callable[[str], str], values: Values, row: Row) -> None:
    """Put our word for the source's; "" leaves the field empty."""
    if text := values.get(name):
        values[name] = ours_for(text) or ("" if name in ("title", "content") else None)


def _listed(name: str, read: Callable[[str], object], values: Values, row: Row) -> None:
    """Read a field whose words come from a list."""
    if isinstance(text := values.get(name), str) and text:
        values[name] = read(text)


def _judge_nature(headers: Sequence[str], otherwise: str, values: Values, row: Row) -> None:
    """Tell the nature by words, where the row does not state it."""
    if values.get("nature") is None:
        found = guessed_nature(" ".join(row.word(header) for header in headers))
        values["nature"] = otherwise if found == "其他" else found


def _fill(constants: Mapping[str, str], values: Values, row: Row) -> None:
    """Say what the rows do not say."""
    for name, value in constants.items():
        if not values.get(name):
            values[name] = LISTED[name](value) if name in LISTED else value


def _copy(name: str, origin: str, values: Values, row: Row) -> None:
    """Take one instant for another; when a reply was given only where there is one."""
    if values.get(name) is None and (name != "replied_at" or values.get("reply")):
        values[name] = values.get(origin)


def _end(header: str, outcome_for: Callable[[str], str], values: Values, row: Row) -> None:
    """Read how a matter was closed by the word of its state; one not closed has no such time."""
    values["outcome"] = outcome_for(row.word(header)) or None
    if values["outcome"] is None:
        values["closed_at"] = values["replied_at"] = None


def _sign(word: str) -> str:
    """Return the form that finds a word; one of Latin letters only where it stands alone."""
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def _judge_outcome(
    sign: re.Pattern[str], outcomes: Mapping[str, str], values: Values, row: Row
) -> None:
    """Tell the outcome of a closed matter by a word of its reply."""
    if values.get("outcome") and (reply := values.get("reply")) and (found := sign.search(reply)):
        values["outcome"] = outcomes[found[0]]


def _instant_places(file: SourceProfile) -> Sequence[int]:
    """Return which columns of a file without header hold instants."""
    instants = [h for h, names in file.columns.items() if INSTANTS & set(names)]
    return [place for place, header in enumerate(file.headers) if header in instants]


def _fits(headers: Sequence[str], instants: Sequence[int], cells: Sequence[Cell]) -> bool:
    """Whether a row without header is of this source: as many cells, its instants in place."""
    return len(cells) == len(headers) and all(_is_moment(cells[place]) for place in instants)


def _is_moment(cell: Cell) -> bool:
    """Whether a cell is a date with a time of day."""
    if isinstance(cell, str):
        return bool(_STAMP.fullmatch(cell.strip()))
    return isinstance(cell, datetime)
