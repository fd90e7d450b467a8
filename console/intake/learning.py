"""A file on its way in: by which profile it is read, what of it nobody knows, what rows become."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from models import bureau, intake, problems
from models.store import plain_file
from rules.casework import Appeal, Reject, kept_back
from rules.errors import Refused
from rules.intake import LABELS, LISTS, ProfileError, read_profile
from rules.text import Masking, harmless_line
from seed.channels import (
    PROFILES,
    Draft,
    Guess,
    Profile,
    Reading,
    UnknownUnit,
    UnknownWord,
    profile_of,
    read_file,
    unknown_units,
    unknown_words,
)

if TYPE_CHECKING:
    from models.intake import IntakeResult
    from models.store import Store

SAMPLES = 3
"""Rows that are shown as they would be read."""


@dataclass(frozen=True)
class Knowledge:
    """What a bureau knows for reading files: its own profiles, and words for units.

    ``faults`` tell of kept profiles that no longer can be read. ``unit_id`` is the unit of a word,
    ``near`` gives the names of units for a word that is none's.
    """

    own: tuple[Profile, ...]
    faults: tuple[str, ...]
    unit_id: Callable[[str], int | None]
    near: Callable[[str], Sequence[str]]

    def is_unit(self, word: str) -> bool:
        """Whether a word means a unit."""
        return self.unit_id(word) is not None


def knowledge_of(store: Store) -> Knowledge:
    """Read what the bureau knows."""
    own, faults = [], []
    with store.reading() as reader:
        units = bureau.UnitDirectory(reader)
        for kept in intake.kept_profiles(reader):
            try:
                own.append(profile_of(read_profile(kept.text), own=True))
            except ProfileError as fault:
                faults.append(f"存下的来源格式 {kept.name} 读不了，没有用上：{fault}")
    today = store.now().astimezone(store.timekeeper().zone).date()
    return Knowledge(
        tuple(own),
        tuple(faults),
        lambda word: units.find(word, today),
        units.near,
    )


def opened(
    store: Store,
    path: Path,
    own: Sequence[Profile],
    *,
    profile: str = "auto",
    source: str | None = None,
    sheet: str | None = None,
) -> Reading:
    """Open a file as the bureau reads it; raises ImportFileError where that cannot be."""
    return read_file(
        path,
        profile=profile,
        own=own,
        source=source,
        sheet=sheet,
        zone=store.timekeeper().zone,
        now=store.now(),
    )


def brought_in(
    store: Store,
    path: Path,
    reading: Reading,
    *,
    dry_run: bool,
    analysis: bool = False,
    progress: Callable[[int], None] | None = None,
) -> IntakeResult:
    """Take a file's rows into the store, or only count what would become of them.

    ``analysis``: all of them for insight alone, as they are anyhow where the profile says so.
    What came in is linked to what it means the same as.
    """
    with plain_file(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    result = intake.take_in(
        store,
        reading,
        source=reading.source,
        profile=reading.profile,
        file_name=path.name,
        file_digest=digest,
        progress=progress,
        dry_run=dry_run,
        analysis=analysis or reading.analysis,
        folder=path.absolute().parent,
    )
    if not dry_run:
        problems.link_or_leave(store)
    return result


def unknown_in(
    reading: Reading, known: Knowledge
) -> tuple[tuple[UnknownWord, ...], tuple[UnknownUnit, ...]]:
    """Read a file through for the words and the units that nobody knows."""
    layout = reading.layout
    units = unknown_units(layout, known.is_unit, known.near)
    return tuple(unknown_words(layout)), tuple(units)


REFUSED = "拒收"
"""What stands instead of a field where a row is refused."""

Shown = tuple[str, str]
"""The name of a field, and what was read in it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft makes of its file.

    ``draft`` has our words for those of the file's that can be told; ``words`` and ``units`` are
    what nobody knows; ``rows`` are the first ones as they would be read.
    """

    draft: Draft
    words: tuple[UnknownWord, ...]
    units: tuple[UnknownUnit, ...]
    rows: list[list[Shown]]


def tried_out(store: Store, path: Path, draft: Draft, known: Knowledge, masking: Masking) -> Trial:
    """Read a file by a draft to which nothing is missing; nothing is written.

    Raises ``ProfileError``, ``ImportFileError``.
    """
    words, units = unknown_in(_drafted_reading(store, path, draft), known)
    for each in words:
        if each.likely is not None:
            draft = draft.with_word(each.field, each.word, each.likely)
    return Trial(draft, words, units, rows_as_read(_drafted_reading(store, path, draft), masking))


def _drafted_reading(store: Store, path: Path, draft: Draft) -> Reading:
    profile = profile_of(draft.file())
    return opened(store, path, [profile], profile=profile.name, sheet=draft.sheet or None)


def sample_shown(column: Guess, text: str, masking: Masking) -> str:
    """Return a cell of a column as a screen may show it."""
    text = harmless_line(text)
    if column.field == "phone":
        return masking.citizen(None, text, None, confidential=False).phone
    if column.field == "address":
        return masking.citizen(None, None, text, confidential=False).address
    if column.field == "reporter" or column.person:
        return masking.citizen(text, None, None, confidential=False).reporter
    return masking.text(text)


def rows_as_read(reading: Reading, masking: Masking) -> list[list[Shown]]:
    """Return the first rows as they would be read, masked; a refused one as its reason."""
    return [_as_read(row, masking, reading.zone) for row in islice(reading, SAMPLES)]


def _as_read(row: Appeal | Reject, masking: Masking, zone: tzinfo) -> list[Shown]:
    if isinstance(row, Reject):
        return [(REFUSED, masking.text(row.reason))]
    masking = masking.about(row)
    citizen = masking.citizen(
        row.reporter, row.phone, row.address, confidential=bool(row.confidential)
    )
    masked = {"reporter": citizen.reporter, "phone": citizen.phone, "address": citizen.address}
    if kept := kept_back_row(row):
        masked |= {name: kept for name in ("title", "content", "reply") if getattr(row, name)}
    shown = []
    for name, label in LABELS.items():
        text = masked.get(name) or _told(getattr(row, name), zone, name in row.date_only)
        if text:
            shown.append((label, masking.text(harmless_line(text))))
    return shown


def kept_back_row(row: Appeal | Reject) -> str:
    """Return what stands for a row of which no list tells, "" for any other."""
    return "" if isinstance(row, Reject) else kept_back(row.nature or "", row.confidential)


def _told(value: object, zone: tzinfo, date_only: bool) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local:%Y-%m-%d}" if date_only else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def word_told(word: UnknownWord) -> str:
    """Say of a word nobody knows how often it stands where, and what it may mean."""
    if word.likely is None:
        ours = f"不认识，会拒收：请指明是 {'、'.join(LISTS[word.field])} 之一"
    else:
        ours = f"当作{word.likely}" if word.likely else "当作没有说"
    return f"{LABELS[word.field]}“{harmless_line(word.word)}”（{word.rows}行）{ours}"


def unit_told(unit: UnknownUnit) -> str:
    """Say of a unit nobody knows how often it is named, and who may be meant."""
    near = f"，相近的有 {'、'.join(unit.near)}" if unit.near else ""
    return f"单位“{harmless_line(unit.word)}”（{unit.rows}行）不在名录中{near}"


def keep(store: Store, text: str, *, replace: bool = False) -> None:
    """Keep a profile under a name that is none of those Duban brings along."""
    name = read_profile(text).name
    if name in PROFILES:
        raise Refused(f"{name} 是督办台自带的来源格式：请换个名称再存")
    intake.save_profile(store, text, replace=replace)
