"""A second row of an appeal we know: only what changed in the file is applied (DESIGN §6, Again).

Applied means through the verbs, each with its event. What an operator has set since is neither
overwritten nor lost: the difference is kept as a conflict for the desk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.intake.newcomers import Lookups
from models.intake.remembered import (
    PERSONAL,
    RowValues,
    packed,
    row_values,
    says_nothing_new,
    told_of_erased,
)
from models.intake.renewal import Renewal
from models.store import Query, Work
from models.tables import ImportRow
from rules.casework import Appeal
from rules.text import is_masked, masked_form

ERASED = "此件的个人信息已到期清除，来件不再补入：如有新的诉求，请用新的编号登记"

FOREIGN = "此编号是一件仅供分析的来件（由来源方办理）：本中心自办的请换一个工单编号"

CLASH = "与库中同编号的另一件诉求不符（受理时间和内容都不同）：请核对编号，或用 --source 另指来源"


@dataclass(frozen=True, slots=True)
class Known:
    """The last row of an identity; ``id`` is ``None`` where only its ticket is known."""

    key: str
    id: int | None
    version: int
    ticket_id: int
    digest: str
    values_json: str
    updated_at: datetime | None
    batch_id: int
    erased: bool = False
    analysis: bool = False


_REMEMBERED = Query(
    Known,
    """
SELECT i.key, i.id, i.version, i.ticket_id, i.digest, i.values_json, i.updated_at, i.batch_id,
       t.erased_at IS NOT NULL AS erased, t.state = 'analysis' AS analysis
FROM import_row i JOIN ticket t ON t.id = i.ticket_id
WHERE i.source = :source AND i.key IN (:keys)
""",
)
_VERSION = "SELECT version FROM import_row WHERE id = :id"


_NUMBERED = Query(
    Known,
    """
SELECT 'n:' || number AS key, NULL AS id, 1 AS version, id AS ticket_id, '' AS digest,
       '{}' AS values_json, NULL AS updated_at, 0 AS batch_id, erased_at IS NOT NULL AS erased,
       state = 'analysis' AS analysis
FROM ticket WHERE number IN (:numbers)
""",
)
"""Tickets that are known by number, though not from this source."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: updated, unchanged, conflicts, or refused for a reason.

    ``waiting``: a unit reports a time in it that the centre must look at.
    """

    kind: str
    reason: str | None = None


@dataclass
class Again:
    """The known identities of one batch."""

    work: Work
    lookups: Lookups
    source: str
    batch_id: int
    since: int | None
    known: dict[str, Known]
    _seen_later: list[tuple[int, datetime]] = field(default_factory=list)

    @classmethod
    def read(
        cls,
        work: Work,
        lookups: Lookups,
        source: str,
        keys: Sequence[str],
        *,
        batch_id: int,
        since: int | None,
    ) -> Again:
        """Look up which identities of a batch the store knows.

        ``since`` is the first batch that took this very file: what came after it is newer.
        """
        remembered = work.read(_REMEMBERED, source=source, keys=list(keys)) if keys else []
        known = {one.key: one for one in remembered}
        numbers = [key[2:] for key in keys if key.startswith("n:") and key not in known]
        if numbers:
            known.update({one.key: one for one in work.read(_NUMBERED, numbers=numbers)})
        return cls(work, lookups, source, batch_id, since, known)

    def knows(self, key: str) -> bool:
        """Return whether the store knows this identity."""
        return key in self.known

    def remembers(self, key: str) -> bool:
        """Return whether this source has spoken of this identity before."""
        known = self.known.get(key)
        return known is not None and known.id is not None

    def take(self, key: str, appeal: Appeal) -> Outcome:
        """Apply what is new in a row, and say what became of it."""
        known = self.known[key]
        new = row_values(appeal, self.lookups.digester)
        if self._older(known, appeal):
            return Outcome("unchanged")
        if known.erased:
            return _of_erased(known, new)
        if known.analysis and known.id is None:
            return Outcome("rejected", FOREIGN)
        old: RowValues = json.loads(known.values_json)
        if packed(new)[0] == known.digest or not (
            changed := self._changed(old, new, appeal, known.ticket_id)
        ):
            if known.id is not None:
                self._note_later(known, appeal)
                return Outcome("unchanged")
            changed = {}
        renewal = Renewal(self.work, self.lookups, self.batch_id, known.ticket_id, old, new, appeal)
        if renewal.clashes():
            return Outcome("rejected", CLASH)
        kind = renewal.apply(changed)
        self._remember(key, known, {**old, **changed}, appeal)
        return Outcome(kind)

    def finish(self) -> None:
        """Remember that newer files said the same as older ones."""
        for id, updated_at in self._seen_later:
            version = self.work.value(_VERSION, id=id)
            self.work.update(ImportRow, id, version, updated_at=updated_at)

    def _older(self, known: Known, appeal: Appeal) -> bool:
        if appeal.updated_at is not None and known.updated_at is not None:
            return appeal.updated_at < known.updated_at
        return self.since is not None and known.batch_id > self.since

    def _note_later(self, known: Known, appeal: Appeal) -> None:
        later = appeal.updated_at
        if later is not None and (known.updated_at is None or later > known.updated_at):
            assert known.id is not None
            self._seen_later.append((known.id, later))

    def _changed(self, old: RowValues, new: RowValues, appeal: Appeal, ticket_id: int) -> RowValues:
        """Return the columns that say something new."""
        return {
            column: value
            for column, value in new.items()
            if not says_nothing_new(column, old.get(column), value)
            and not _only_masked(column, old.get(column), appeal)
            and not self._ours_masked(column, appeal, ticket_id)
        }

    def _ours_masked(self, column: str, appeal: Appeal, ticket_id: int) -> bool:
        """Return whether a text is merely ours as it went out, masked; a file may bring it back."""
        theirs = getattr(appeal, column) if column in TEXTS else None
        if not theirs or not any(sign in theirs for sign in MASKS):
            return False
        ours = self.work.first(_OURS, id=ticket_id)
        kept = getattr(ours, column) if ours is not None else None
        return kept is not None and masked_form(theirs, kept)

    def _remember(self, key: str, known: Known, values: RowValues, appeal: Appeal) -> None:
        digest, text = packed(values)
        changes = {
            "digest": digest,
            "values_json": text,
            "batch_id": self.batch_id,
            "updated_at": appeal.updated_at or known.updated_at,
        }
        if known.id is None:
            self.work.insert(
                ImportRow, source=self.source, key=key, ticket_id=known.ticket_id, **changes
            )
        else:
            self.work.update(ImportRow, known.id, known.version, **changes)


TEXTS = ("title", "content", "object", "grid", "reply")

MASKS = ("*", "某某", "保密）")
"""What stands in a text that went out masked."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a ticket as the store holds them."""

    title: str
    content: str
    object: str | None
    grid: str | None
    reply: str | None


_OURS = Query(
    _Texts,
    """
SELECT t.title, t.content, t.object, t.grid, r.reply FROM ticket t
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds WHERE t.id = :id
""",
)


def _of_erased(known: Known, new: RowValues) -> Outcome:
    """Say what becomes of a row of an erased appeal: it is never applied, not even in part."""
    if packed(told_of_erased(new))[0] == known.digest:
        return Outcome("unchanged")
    return Outcome("rejected", ERASED)


def _only_masked(column: str, old: str | None, appeal: Appeal) -> bool:
    """Return whether a personal value is merely the masked form of one we have."""
    return column in PERSONAL and old is not None and is_masked(getattr(appeal, column))
