"""A file on the import screen: looked at, tried, taken in; all of it away from the screen."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from console.frame import Session, exports_dir
from console.intake.learning import (
    SAMPLES,
    Knowledge,
    Shown,
    Trial,
    brought_in,
    keep,
    kept_back_row,
    knowledge_of,
    opened,
    rows_as_read,
    sample_shown,
    tried_out,
    unknown_in,
)
from models import bureau, intake
from rules.intake import LABELS, profile_text
from rules.text import harmless_line
from seed.channels import (
    Draft,
    Guess,
    Reading,
    SeveralSheets,
    UnknownHeader,
    UnknownUnit,
    UnknownWord,
    cell_text,
    drafted,
    profile_of,
)
from seed.exchange import keep_rejects

if TYPE_CHECKING:
    from models.intake import IntakeResult
    from rules.text import Masking


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file as the list shows it: what it is read as, how sure, and some cells.

    ``sure`` is None where nothing was guessed.
    """

    header: str
    field: str | None
    sure: float | None
    note: str
    samples: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was looked at.

    ``label`` names the profile that knows it; one that nobody knows has a ``draft`` instead.
    ``rows`` are the first ones as they would be read, ``words`` and ``units`` what nobody knows;
    ``refused`` are words whose rows shall be refused. ``notices`` is what else a person should
    know, ``counted`` what a dry run came to.
    """

    path: Path
    sheet: str | None
    label: str
    profile: str
    draft: Draft | None
    known: Knowledge
    columns: tuple[ColumnRow, ...]
    rows: tuple[tuple[Shown, ...], ...] = ()
    words: tuple[UnknownWord, ...] = ()
    units: tuple[UnknownUnit, ...] = ()
    notices: tuple[str, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()
    counted: IntakeResult | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be said before the file can be taken in."""
        return self.draft.missing if self.draft is not None else ()

    @property
    def unsure(self) -> list[UnknownWord]:
        """The words of which nobody has an idea and that were not left to be refused."""
        return [
            word
            for word in self.words
            if word.likely is None and (word.field, word.word) not in self.refused
        ]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A workbook of which one sheet must be named."""

    typed: str
    names: tuple[str, ...]


def look_at(
    session: Session, typed: str, sheet: str | None = None, *, learn: bool = False
) -> Arrival | Sheets:
    """Look at a file; with ``learn`` its columns are guessed even if some profile knows it.

    Raises ImportFileError where it cannot be read at all.
    """
    path = path_of(typed)
    store, masking = session.store, session.store.policy.privacy.on_screen
    known = knowledge_of(store)
    try:
        if not learn:
            reading = opened(store, path, known.own, sheet=sheet)
            return _recognised(reading, path, sheet, known, masking)
    except SeveralSheets as several:
        return Sheets(typed, several.sheets)
    except UnknownHeader:
        pass
    try:
        draft = drafted(path, sheet, known.is_unit)
    except SeveralSheets as several:
        return Sheets(typed, several.sheets)
    return redrafted(session, Arrival(path, sheet, "", draft.name, draft, known, ()))


def path_of(typed: str) -> Path:
    """Return the path that was typed, pasted or dropped, with or without quotes."""
    plain = typed.strip()
    try:
        words = shlex.split(plain)
    except ValueError:
        words = []
    whole = Path(plain).expanduser()
    return whole if len(words) != 1 or whole.exists() else Path(words[0]).expanduser()


def redrafted(session: Session, arrival: Arrival) -> Arrival:
    """Return an arrival as its draft, guessed or changed, now reads it."""
    draft, masking = arrival.draft, session.store.policy.privacy.on_screen
    assert draft is not None
    columns = tuple(
        _drafted_column(each, name, masking)
        for each, name in zip(draft.guesses, draft.fields, strict=True)
    )
    if draft.missing:
        return replace(arrival, columns=columns, rows=(), words=(), units=())
    trial = tried_out(session.store, arrival.path, draft, arrival.known, masking)
    return replace(
        arrival,
        draft=trial.draft,
        columns=columns,
        rows=tuple(map(tuple, trial.rows)),
        words=_words(arrival.words, trial),
        units=trial.units,
    )


def _words(before: Sequence[UnknownWord], trial: Trial) -> tuple[UnknownWord, ...]:
    """Return the words a person was told of, each as the draft has it now, then new ones."""
    draft = trial.draft
    new = {(word.field, word.word): word for word in trial.words}
    old = {
        (word.field, word.word): word
        for word in before
        if word.field in draft.fields and (word.field, word.word) not in new
    }
    return tuple(
        replace(word, likely=draft.words.get(word.field, {}).get(word.word))
        for word in (*old.values(), *new.values())
    )


def _drafted_column(each: Guess, name: str | None, masking: Masking) -> ColumnRow:
    shown = replace(each, field=name)
    samples = "｜".join(sample_shown(shown, text, masking) for text in each.samples)
    if name != each.field:
        return ColumnRow(harmless_line(each.header), name, None, "改过", samples)
    sure = each.sure if name else None
    return ColumnRow(harmless_line(each.header), name, sure, each.doubt or each.why, samples)


def _recognised(
    reading: Reading, path: Path, sheet: str | None, known: Knowledge, masking: Masking
) -> Arrival:
    words, units = unknown_in(reading, known)
    profile = reading.layout.profile
    return Arrival(
        path,
        sheet,
        profile.label,
        profile.name,
        None,
        known,
        tuple(_read_columns(reading, masking)),
        tuple(map(tuple, rows_as_read(reading, masking))),
        words,
        units,
        (*known.faults, *reading.notices),
    )


def _read_columns(reading: Reading, masking: Masking) -> list[ColumnRow]:
    """Return the columns of a file that a profile knows."""
    layout = reading.layout
    fields: dict[int, list[str]] = {}
    for each, header in layout.fields.items():
        for place in layout.several.get(each, (layout.places[header],)):
            fields.setdefault(place, []).append(each)
    pairs = zip(layout.rows(), reading, strict=True)
    top = [record for record, row in islice(pairs, _LOOKED_AT) if not kept_back_row(row)][:SAMPLES]
    rows = []
    for place, header in enumerate(layout.columns):
        first, *others = fields.get(place, [""])
        name: str | None = first or None
        seen = Guess(header, name, 1.0, "", "", ())
        cells = (record.cells[place] for record in top if place < len(record.cells))
        samples = "｜".join(sample_shown(seen, cell_text(cell), masking) for cell in cells)
        told = "、".join(LABELS.get(other, other) for other in others)
        rows.append(
            ColumnRow(harmless_line(header), name, None, f"又作{told}" if told else "", samples)
        )
    return rows


_LOOKED_AT = 50  # rows among which some are looked for that may be shown


class Stopped(Exception):
    """A person stopped what was under way; finished batches stay."""


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over the rows of a file: how far it is is told, and it can be stopped."""

    moved: Callable[[Run, int, int], None]
    stop: Event = field(default_factory=Event)

    def progress(self, total: int) -> Callable[[int], None]:
        """Return what is told the rows read so far; raises Stopped where it is to stop."""

        def told(read: int) -> None:
            self.moved(self, read, total)
            if self.stop.is_set():
                raise Stopped

        return told


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person agreed to beside the file: the name of its profile, units by other words."""

    name: str | None = None
    aliases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file; ``rejects`` is where its refused rows were written."""

    result: IntakeResult
    stopped: bool = False
    rejects: Path | None = None


def rehearsed(session: Session, arrival: Arrival, run: Run) -> Done:
    """Count what would become of the rows; nothing is written."""
    return _pass(session, arrival, _reading(session, arrival), run, dry_run=True)


def taken_in(session: Session, arrival: Arrival, agreed: Agreed, run: Run) -> Done:
    """Keep what was agreed, take the rows in, and write the refused ones into a file."""
    store = session.store
    if arrival.draft is not None and agreed.name is not None:
        draft = arrival.draft
        if agreed.name != draft.name:
            draft = replace(draft, name=agreed.name, label=agreed.name)
        keep(store, profile_text(draft.file()))
        arrival = replace(arrival, draft=draft)
    for word, unit_id in agreed.aliases.items():
        bureau.add_alias(store, word, unit_id, f"导入 {arrival.path.name} 时确认")
    reading = _reading(session, arrival)
    done = _pass(session, arrival, reading, run, dry_run=False)
    session.settle()
    if not done.result.rejects:
        return done
    folder = exports_dir()
    folder.mkdir(parents=True, exist_ok=True)
    rejects = keep_rejects(arrival.path, reading, done.result.rejects, folder)
    return replace(done, rejects=rejects)


def _reading(session: Session, arrival: Arrival) -> Reading:
    if arrival.draft is None:
        own, profile = arrival.known.own, arrival.profile
    else:
        made = profile_of(arrival.draft.file(), own=True)
        own, profile = (made,), made.name
    return opened(session.store, arrival.path, own, profile=profile, sheet=arrival.sheet)


def _pass(session: Session, arrival: Arrival, reading: Reading, run: Run, *, dry_run: bool) -> Done:
    last = intake.IntakeResult()
    try:
        last = brought_in(
            session.store,
            arrival.path,
            reading,
            dry_run=dry_run,
            progress=run.progress(reading.total),
        )
    except Stopped:
        return Done(last, stopped=True)
    return Done(last)
