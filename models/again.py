"""A second row of an appeal we know: only what changed in the file is applied (DESIGN §6, Again).

Applied means through the verbs, each with its event. What an operator has set since is neither
overwritten nor lost: the difference is kept as a conflict for the desk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models import acts
from models.importrow import DIGESTED, INSTANTS, PERSONAL, WHOLE_DAY, Values, packed, row_values
from models.lookups import Rows
from models.matter import Matter, load
from models.registration import Books
from models.standing import Standing, standing
from models.tables import Conflict, ImportRow, RoundUnit
from models.work import Work
from rules.appeal import Appeal
from rules.errors import Refused
from rules.masking import is_masked

AMENDED = ("received_at", "external_id", "channel", "nature", "category", "urgency", "title",
           "content", "object", "grid", "confidential", "reporter", "phone", "address",
           "handler")  # fmt: skip
DEFAULTS = {"nature": "其他", "urgency": "一般"}
CLASH = "与库中同编号的另一件诉求不符（受理时间和内容都不同）：请核对编号，或用 --source 另指来源"


@dataclass(frozen=True, slots=True)
class Known:
    """The last row of an identity; ``id`` is ``None`` where only its ticket is known."""

    id: int | None
    version: int
    ticket_id: int
    digest: str
    values_json: str
    updated_at: datetime | None
    batch_id: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: updated, unchanged, conflicts, or refused for a reason."""

    kind: str
    reason: str | None = None


@dataclass
class Again:
    """The known identities of one batch."""

    work: Work
    books: Books
    source: str
    batch_id: int
    since: int | None
    known: dict[str, Known]
    _seen_later: list[tuple[int, datetime]] = field(default_factory=list)

    @classmethod
    def read(
        cls, work: Work, books: Books, source: str, keys: Sequence[str], *, batch_id: int,
        since: int | None,
    ) -> Again:  # fmt: skip
        """Look up which identities of a batch the store knows.

        ``since`` is the first batch that took this very file: what came after it is newer.
        """
        known = dict(_remembered(work.rows, source, keys))
        numbers = [key[2:] for key in keys if key.startswith("n:") and key not in known]
        known.update(_numbered(work.rows, numbers))
        return cls(work, books, source, batch_id, since, known)

    def knows(self, key: str) -> bool:
        """Return whether the store knows this identity."""
        return key in self.known

    def take(self, key: str, appeal: Appeal) -> Outcome:
        """Apply what is new in a row, and say what became of it."""
        known = self.known[key]
        new = row_values(appeal, self.books.digester)
        if self._older(known, appeal):
            return Outcome("unchanged")
        old: Values = json.loads(known.values_json)
        if packed(new)[0] == known.digest or not (changed := self._changed(old, new, appeal)):
            if known.id is not None:
                self._note_later(known, appeal)
                return Outcome("unchanged")
            changed = {}
        update = _Update(self, known, old, new, appeal)
        if update.clashes():
            return Outcome("rejected", CLASH)
        outcome = update.apply(changed)
        self._remember(key, known, {**old, **changed}, appeal)
        return outcome

    def finish(self) -> None:
        """Remember that newer files said the same as older ones."""
        for id, updated_at in self._seen_later:
            version = self.work.rows("SELECT version FROM import_row WHERE id = :id", id=id)[0][0]
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

    def _changed(self, old: Values, new: Values, appeal: Appeal) -> Values:
        """Return the columns that say something new."""
        return {
            column: value
            for column, value in new.items()
            if not _same(column, old.get(column), value)
            and not _only_masked(column, old.get(column), appeal)
        }

    def _remember(self, key: str, known: Known, values: Values, appeal: Appeal) -> None:
        digest, text = packed(values)
        changes = {"digest": digest, "values_json": text, "batch_id": self.batch_id,
                   "updated_at": appeal.updated_at or known.updated_at}  # fmt: skip
        if known.id is None:
            self.work.insert(
                ImportRow, source=self.source, key=key, ticket_id=known.ticket_id, **changes
            )
        else:
            self.work.update(ImportRow, known.id, known.version, **changes)


@dataclass
class _Update:
    """One known ticket being brought up to date."""

    again: Again
    row: Known
    old: Values
    new: Values
    appeal: Appeal
    stand: Standing = field(init=False)
    conflicts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.work = self.again.work
        self.books = self.again.books
        self.stand = standing(self.work, self.row.ticket_id, self.books.digester)

    def clashes(self) -> bool:
        """Return whether this is another appeal under the same identity."""
        before = self.old or self.stand.values
        then, now = before.get("received_at"), self.new["received_at"]
        moved = not (_same("received_at", then, now) or _same("received_at", now, then))
        text = ("title", "content")
        return moved and any(self.new.get(c) and self.new.get(c) != before.get(c) for c in text)

    def apply(self, changed: Values) -> Outcome:
        """Apply the changed columns by the verbs, in the order in which they happen."""
        if not changed and not self.old:
            changed = self.new  # a ticket known by its number alone: all is compared
        free = [c for c in changed if self._free(c, changed[c])]
        matter = load(self.work.rows, self.row.ticket_id)
        matter = self._amend(matter, [c for c in free if c in AMENDED])
        matter = self._fix_due(matter, "due_at" in free)
        self._join(matter, "co_units" in free)
        matter = self._hand_on(matter, free)
        for verb in (self._acknowledge, self._contact, self._reply, self._close):
            matter = verb(matter, free)
        self._rate(matter, free)
        if self.conflicts:
            return Outcome("conflicts")
        return Outcome("updated" if free else "unchanged")

    def _free(self, column: str, value: str) -> bool:
        """Return whether a column may be applied; keep a conflict if an operator was there."""
        mine = self.stand.values.get(column)
        if column == "unit":
            return self._unit_free(value)
        last = self.old.get(column) or DEFAULTS.get(column)
        if _same(column, mine, value):
            return False
        if mine is None or _same(column, mine, last):
            return True
        if column == "confidential" and "confidential" not in self.old:
            return True
        self._conflict(column, mine)
        return False

    def _unit_free(self, word: str) -> bool:
        day = self.stand.matter.received_at.date()
        wanted = self.books.units.find(word, day)
        mine = self.stand.matter.unit_id
        if wanted == mine and (wanted is not None or self.stand.unit_text == word):
            return False
        last = self.old.get("unit")
        then = self.books.units.find(last, day) if last else None
        if mine is None or mine == then:
            return True
        self._conflict("unit", self.books.units.names[mine])
        return False

    def _amend(self, matter: Matter, columns: list[str]) -> Matter:
        values = {c: getattr(self.appeal, c) for c in columns}
        person = {c: values.pop(c) for c in PERSONAL & values.keys()}
        round_ = {"first_handler": values.pop("handler")} if "handler" in values else {}
        if "received_at" in values and matter.n == 1:
            round_["opened_at"] = values["received_at"]
        if "grid" in values:
            values["area"] = self.books.grids.area(values["grid"])
        if person:
            reporter = person.get("reporter", self.stand.reporter)
            phone = person.get("phone", self.stand.phone)
            person["reporter_key"] = self.books.digester.person(reporter, phone)
        if not (values or round_ or person):
            return matter
        return acts.amend(self.work, matter, ticket=values, round_=round_, person=person)

    def _fix_due(self, matter: Matter, wanted: bool) -> Matter:
        if not wanted:
            return matter
        return acts.amend(self.work, matter, ticket={"due_fixed_at": self.appeal.due_at})

    def _join(self, matter: Matter, wanted: bool) -> None:
        """Let further units help; one that helps already is never taken off by a file."""
        if not wanted:
            return
        day = matter.received_at.date()
        found = (self.books.units.find(word, day) for word in self.appeal.co_units)
        joined = self.work.rows(
            "SELECT unit_id FROM round_unit WHERE round_id = :r", r=matter.round_id
        )
        new = {id for id in found if id is not None} - {row[0] for row in joined}
        for id in sorted(new - {matter.unit_id}):
            self.work.insert(RoundUnit, round_id=matter.round_id, unit_id=id)
            self.work.event("ticket.join", "ticket", matter.ticket_id, unit_id=id)

    def _hand_on(self, matter: Matter, free: list[str]) -> Matter:
        """Dispatch, hand on, or correct the time of the dispatch."""
        word, told = self.appeal.unit, self.appeal.dispatched_at
        if "unit" in free and word is not None:
            unit_id = self.books.units.find(word, matter.received_at.date())
            if unit_id is None:
                return self._unknown_unit(matter, word)
            at = told or (matter.received_at if matter.state == "waiting" else self.work.at)
            assumed = told is None and matter.state == "waiting"
            return self._try("unit", matter, lambda: acts.dispatch(
                self.work, matter, unit_id, at=at, assumed=assumed
            ))  # fmt: skip
        if "dispatched_at" in free and matter.unit_id is not None and told is not None:
            return acts.correct(self.work, matter, dispatched_at=told)
        return matter

    def _unknown_unit(self, matter: Matter, word: str) -> Matter:
        if matter.unit_id is None:
            return acts.amend(self.work, matter, ticket={"unit_text": word})
        self._conflict("unit", self.books.units.names[matter.unit_id])
        return matter

    def _acknowledge(self, matter: Matter, free: list[str]) -> Matter:
        at = self.appeal.acknowledged_at
        if "acknowledged_at" not in free or at is None:
            return matter
        if matter.state != "dispatched":
            return self._correct("acknowledged_at", matter, at)
        return self._try(
            "acknowledged_at", matter, lambda: acts.acknowledge(self.work, matter, at=at)
        )

    def _contact(self, matter: Matter, free: list[str]) -> Matter:
        at = self.appeal.contacted_at
        if "contacted_at" not in free or at is None:
            return matter
        if matter.contacted_at is not None or matter.state not in ("dispatched", "acknowledged"):
            return self._correct("contacted_at", matter, at)
        return self._try("contacted_at", matter, lambda: acts.contact(self.work, matter, at=at))

    def _reply(self, matter: Matter, free: list[str]) -> Matter:
        if not {"reply", "replied_at"} & set(free):
            return matter
        text, at = self.appeal.reply, self.appeal.replied_at
        if at is not None and matter.replied_at is None and matter.state != "closed":
            return self._try("replied_at", matter, lambda: acts.reply(
                self.work, matter, text, at=at
            ))  # fmt: skip
        if "reply" in free:
            matter = acts.amend(self.work, matter, round_={"reply": text})
        return self._correct("replied_at", matter, at) if "replied_at" in free else matter

    def _close(self, matter: Matter, free: list[str]) -> Matter:
        at, outcome = self.appeal.closed_at, self.appeal.outcome
        if "closed_at" in free and at is not None:
            if matter.closed_at is None:
                return self._try("closed_at", matter, lambda: acts.close(
                    self.work, matter, outcome, at=at
                ))  # fmt: skip
            matter = self._correct("closed_at", matter, at)
        if "outcome" in free:
            matter = acts.amend(self.work, matter, round_={"outcome": outcome})
        return matter

    def _rate(self, matter: Matter, free: list[str]) -> Matter:
        if not {"result_rating", "work_rating"} & set(free):
            return matter
        at = self.appeal.rated_at or matter.closed_at or matter.replied_at
        result = self.appeal.result_rating if "result_rating" in free else None
        how = self.appeal.work_rating if "work_rating" in free else None
        return acts.rate(self.work, matter, result, how, at=at, means="import")

    def _correct(self, column: str, matter: Matter, at: datetime | None) -> Matter:
        if at is None:
            return matter
        return self._try(column, matter, lambda: acts.correct(self.work, matter, **{column: at}))

    def _try(self, column: str, matter: Matter, verb: Any) -> Matter:
        """Take a step of the file's; one the rules refuse becomes a conflict."""
        try:
            done: Matter = verb()
        except Refused:
            self._conflict(column, self.stand.values.get(column))
            return matter
        return done

    def _conflict(self, column: str, mine: str | None) -> None:
        """Keep the difference for the desk; a later file renews the one that waits."""
        self.conflicts.append(column)
        theirs = self._shown(column)
        ours = None if column in DIGESTED else mine
        waiting = self.work.one(
            'SELECT id, version FROM conflict WHERE ticket_id = :t AND "column" = :c '
            "AND decided_at IS NULL",
            t=self.row.ticket_id, c=column,
        )  # fmt: skip
        values = {"ours": ours, "theirs": theirs, "found_at": self.work.now,
                  "batch_id": self.again.batch_id}  # fmt: skip
        if waiting is None:
            self.work.insert(Conflict, ticket_id=self.row.ticket_id, column=column, **values)
        else:
            self.work.update(Conflict, waiting[0], waiting[1], **values)
        self.work.event("ticket.conflict", "ticket", self.row.ticket_id,
                        payload={"column": column})  # fmt: skip

    def _shown(self, column: str) -> str | None:
        value = getattr(self.appeal, column)
        if column in PERSONAL:
            return None  # the trail and the desk name the column; the file holds the value
        return self.new.get(column) if not isinstance(value, str) else value


def _remembered(rows: Rows, source: str, keys: Sequence[str]) -> Iterator[tuple[str, Known]]:
    if not keys:
        return
    sql = """SELECT key, id, version, ticket_id, digest, values_json, updated_at, batch_id
             FROM import_row WHERE source = :source AND key IN (:keys)"""
    for row in rows(sql, source=source, keys=list(keys)):
        yield row[0], Known(*row[1:])


def _numbered(rows: Rows, numbers: Sequence[str]) -> Iterator[tuple[str, Known]]:
    """Find tickets that are known by number, though not from this source."""
    if not numbers:
        return
    sql = "SELECT number, id FROM ticket WHERE number IN (:numbers)"
    for number, id in rows(sql, numbers=list(numbers)):
        yield f"n:{number}", Known(None, 1, id, "", "{}", None, 0)


def _same(column: str, old: str | None, new: str | None) -> bool:
    """Return whether a value says nothing new; a date is no news beside a time of that day."""
    if old == new:
        return True
    if column not in INSTANTS or old is None or new is None or not new.endswith(WHOLE_DAY):
        return False
    if old.endswith(WHOLE_DAY):
        return False
    day = datetime.fromisoformat(new.removesuffix(WHOLE_DAY))
    return day <= datetime.fromisoformat(old) < day + timedelta(days=1)


def _only_masked(column: str, old: str | None, appeal: Appeal) -> bool:
    """Return whether a personal value is merely the masked form of one we have."""
    return column in PERSONAL and old is not None and is_masked(getattr(appeal, column))
