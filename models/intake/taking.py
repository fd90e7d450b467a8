"""Taking a file in: batches of rows, each one transaction with its trail, all or nothing.

A file is read once, row by row. Rows new to the store are registered together, the fastest way;
rows of an identity it knows go through :mod:`models.intake.again`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from models.casework import keep_new, measured
from models.intake.again import Again, Outcome
from models.intake.conflicts import put_off
from models.intake.halves import Halves
from models.intake.located import located
from models.intake.newcomers import Lookups, newcomer, set_aside, silent_steps
from models.intake.once import counted_once, stand_for
from models.intake.registering import register
from models.intake.remembered import cells_of
from models.intake.results import IntakeResult
from models.merging import Told, link_told
from models.store import canonical, retried
from models.tables import ImportBatch
from rules.casework import Appeal, HalfRow, Reject
from rules.intake import identity_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from models.casework import Measured
    from models.intake.newcomers import Newcomer
    from models.store import Store, Work


BATCH_ROWS = 2000

STRICT = "duban"  # the profile whose every unit must be known

TOLERANCE = timedelta(minutes=1)  # how far a close may lie before the receipt


_COUNTED = ("read", "new", "updated", "rejected", "unchanged", "conflicts")

Progress = Callable[[int], None]


def take_in(
    store: Store,
    appeals: Iterable[Appeal | Reject],
    *,
    source: str,
    profile: str,
    file_name: str,
    file_digest: str,
    progress: Progress | None = None,
    batch_rows: int = BATCH_ROWS,
    dry_run: bool = False,
    analysis: bool = False,
    folder: Path | None = None,
) -> IntakeResult:
    """Take appeals into the store and say what became of them.

    ``source`` names who an external id belongs to, ``profile`` how the file was read,
    ``file_digest`` its SHA-256: a file taken before is older than what came after it.
    ``progress`` is told the rows read so far after each batch. A ``dry_run`` writes nothing and
    gives the same answer. ``analysis``: all of it comes in for insight alone, whatever the policy
    says of its channels (``[intake] analysis_only``). ``folder`` is where attachments are that rows
    name by a relative path. Finished batches stay whatever happens later; taking the file again
    completes it. What is merged (并单) is told last. Raises ``StoreError``, ``NotAllowed``.
    """
    intake = _Intake(store, source, profile, file_name, file_digest, dry_run, analysis, folder)
    rows = iter(appeals)
    while batch := list(islice(rows, batch_rows)):
        intake.take_batch(batch)
        if progress is not None:
            progress(intake.result.read)
    intake.finish()
    return intake.result


_VERSION = "SELECT version FROM import_batch WHERE id = :id"
_FIRST = "SELECT min(id) FROM import_batch WHERE sha256 = :sha"


class _NothingKept(Exception):
    """Ends the transaction of a dry run."""


@dataclass
class _Intake:
    """One file on its way in."""

    store: Store
    source: str
    profile: str
    file_name: str
    file_digest: str
    dry_run: bool
    analysis: bool
    folder: Path | None
    result: IntakeResult = field(default_factory=IntakeResult)
    batch_id: int | None = None
    since: int | None = None
    silent: str | None = None
    lines: dict[str, int] = field(default_factory=dict)
    merged: dict[int, Told] = field(default_factory=dict)

    @retried
    def take_batch(self, rows: Sequence[Appeal | Reject]) -> None:
        """Take one batch in one transaction; nothing is remembered of one that failed."""
        places = [place for row in rows if isinstance(row, Appeal) for place in row.attachments]
        files = measured(places, self.folder)
        batch = _Batch(self, len(rows), files)
        told = next((row for row in rows if isinstance(row, Appeal)), None)
        if told is not None:
            self.silent = canonical(sorted(silent_steps(told.fields)))
        try:
            with self.store.writing() as work:
                batch_id = self._open(work)
                batch.take(work, rows, batch_id)
                if self.dry_run:
                    raise _NothingKept
            self.batch_id = batch_id
        except _NothingKept:
            pass
        self.lines.update(batch.lines)
        self.result = batch.result

    @retried
    def finish(self) -> None:
        """Write down how the file ended."""
        if self.dry_run:
            return
        with self.store.writing() as work:
            id = self._open(work)
            link_told(work, self.merged)
            version = work.value(_VERSION, id=id)
            counts = {name: getattr(self.result, name) for name in _COUNTED}
            work.update(ImportBatch, id, version, finished_at=work.now, counts=canonical(counts))
            work.event("import.finish", "import", id, payload=counts)

    def _open(self, work: Work) -> int:
        """Return the file's own row, written with the first batch that is kept.

        The counter's row lock lets only one import at a time write on PostgreSQL, so two
        imports of one file never race for an identity.
        """
        work.require(verb="import.start")
        work.next_number("import")
        self.since = self.since or work.value(_FIRST, sha=self.file_digest)
        id = self.batch_id
        if id is None:
            id = work.insert(
                ImportBatch,
                name=self.file_name,
                sha256=self.file_digest,
                profile=self.profile,
                source=self.source,
                started_at=work.now,
                silent=self.silent,
            )
            work.event(
                "import.start",
                "import",
                id,
                batch=f"import:{id}",
                payload={
                    "name": self.file_name,
                    "sha256": self.file_digest,
                    "profile": self.profile,
                    "source": self.source,
                },
            )
        work.batch = f"import:{id}"
        return id


@dataclass
class _Batch:
    """One batch on its way in; its counts and lines count once it is kept."""

    intake: _Intake
    size: int
    files: Mapping[str, Measured]
    lines: dict[str, int] = field(default_factory=dict)
    result: IntakeResult = field(init=False)

    def __post_init__(self) -> None:
        before = self.intake.result
        self.result = replace(before, read=before.read + self.size, rejects=[*before.rejects])

    def take(self, work: Work, rows: Sequence[Appeal | Reject], batch_id: int) -> None:
        """Sort rows into new, known and refused, and write what must be written."""
        intake = self.intake
        if any(isinstance(row, HalfRow) for row in rows):
            self._tell(work, rows)
            return
        rows, doubts = located(work, rows)
        self.result = replace(self.result, places=(*self.result.places, *doubts))
        lookups = Lookups.read(work)
        newcomers: list[Newcomer] = []
        aside: list[Newcomer] = []
        keyed = list(self._keyed(rows))
        again = Again.read(
            work,
            lookups,
            intake.source,
            [key for key, _ in keyed],
            batch_id=batch_id,
            since=intake.since,
        )
        for key, appeal in keyed:
            if self._repeats(key, appeal):
                self._second(key, appeal)
            elif self._for_analysis(work, appeal) and not again.remembers(key):
                found = set_aside(lookups, key, appeal, work.now)
                aside.append(replace(found, renumbered=again.knows(key)))
            elif again.knows(key):
                self._again(again, key, appeal)
            elif (newcomer := self._newcomer(work, lookups, key, appeal)) is not None:
                newcomers.append(newcomer)
        ours = register(work, newcomers, lookups, source=intake.source, batch_id=batch_id)
        stand_for(work, newcomers, ours, lookups.digester, intake.source)
        once = counted_once(work, aside, lookups.digester, intake.source)
        theirs = register(work, once, lookups, source=intake.source, batch_id=batch_id)
        for one, ticket_id in zip((*newcomers, *once), (*ours, *theirs), strict=True):
            self._attach(work, ticket_id, one.appeal)
        for one, ticket_id in zip(newcomers, ours, strict=True):
            if one.unit_id is not None and one.unknown is not None:
                named = ";".join(one.appeal.co_units)
                put_off(work, ticket_id, batch_id, "co_units", None, named)
        self._count(new=len(newcomers) + len(aside), analysis=len(aside))
        kept = (one.appeal.line for one in newcomers if one.withheld)
        self.result = replace(self.result, withheld=(*self.result.withheld, *kept))
        again.finish()

    def _tell(self, work: Work, rows: Sequence[Appeal | Reject]) -> None:
        """Take what is told of matters that the store knows."""
        halves = Halves.read(work, [row for row in rows if isinstance(row, HalfRow)])
        for row in rows:
            if isinstance(row, HalfRow):
                self._told(row, halves.take(row))
            elif isinstance(row, Reject):
                self._reject(row)
        halves.finish()

    def _keyed(self, rows: Sequence[Appeal | Reject]) -> Iterator[tuple[str, Appeal]]:
        for row in rows:
            if isinstance(row, Reject):
                self._reject(row)
            elif reason := _unusable(row, self.intake.store.now()):
                self._refuse(row, reason)
            else:
                yield identity_of(row, self.intake.source), row

    def _repeats(self, key: str, appeal: Appeal) -> bool:
        """Return whether the file has spoken of this appeal before; remember where it did."""
        if key in self.lines or key in self.intake.lines:
            return True
        self.lines[key] = appeal.line
        return False

    def _for_analysis(self, work: Work, appeal: Appeal) -> bool:
        """Return whether a row comes in for insight alone."""
        own = self.intake.analysis
        return own or work.policy.intake.for_analysis(appeal.channel, self.intake.source)

    def _again(self, again: Again, key: str, appeal: Appeal) -> None:
        outcome = again.take(key, appeal)
        known = again.known[key]
        told = outcome.reason is None and not known.erased
        if told and self._attach(again.work, known.ticket_id, appeal):
            kind = "updated" if outcome.kind == "unchanged" else outcome.kind
            outcome = replace(outcome, kind=kind)
        self._told(appeal, outcome)

    def _attach(self, work: Work, ticket_id: int, appeal: Appeal) -> int:
        """Keep what a row names as belonging to its ticket and is not kept; return how many."""
        if appeal.lead:
            self.intake.merged[ticket_id] = Told(appeal.lead, appeal.merge_kind, appeal.merged_at)
        found = [self.files[place] for place in appeal.attachments]
        return keep_new(work, ticket_id, found) if found else 0

    def _told(self, appeal: Appeal, outcome: Outcome) -> None:
        """Count what became of a row."""
        if outcome.reason is not None:
            self._refuse(appeal, outcome.reason)
        elif outcome.kind == "waiting":
            self._count(conflicts=1)
            self.result = replace(self.result, waiting=(*self.result.waiting, appeal.line))
        else:
            self._count(**{outcome.kind: 1})

    def _second(self, key: str, appeal: Appeal) -> None:
        """Refuse a second row of one identity, naming the first."""
        line = self.lines.get(key) or self.intake.lines[key]
        self._refuse(appeal, f"与本文件第{line}行是同一件：请只保留一行后再导入")

    def _newcomer(self, work: Work, lookups: Lookups, key: str, appeal: Appeal) -> Newcomer | None:
        found = newcomer(lookups, key, appeal, work.now)
        if self.intake.profile == STRICT and found.unknown is not None:
            self._refuse(appeal, f"不认识的承办单位“{found.unknown}”：请改为单位名录中的名称或代码")
            return None
        return found

    def _refuse(self, appeal: Appeal, reason: str) -> None:
        self._reject(Reject(appeal.line, reason, cells_of(appeal)))

    def _reject(self, reject: Reject) -> None:
        self.result.rejects.append(reject)
        self._count(rejected=1)

    def _count(self, **more: int) -> None:
        counts = {name: getattr(self.result, name) + n for name, n in more.items()}
        self.result = replace(self.result, **counts)


def _unusable(appeal: Appeal, now: datetime) -> str | None:
    """Return why a row cannot be a ticket, whoever read it; ``None`` if it can."""
    received = appeal.received_at
    if not appeal.title and not appeal.content:
        return "标题和内容都为空：请补上至少一项"
    if received is None:
        return "没有受理时间：请补上受理时间"
    if appeal.closed_at is not None and appeal.closed_at < received - TOLERANCE:
        return "办结时间早于受理时间：请核对两个时间"
    return None
