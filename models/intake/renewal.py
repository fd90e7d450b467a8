"""One known ticket brought up to date with a newer row, by the verbs, in the order of its acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.casework import (
    amend,
    correct,
    finish,
    help_with,
    kept_out,
    rate,
    suspect,
    tell_by_file,
)
from models.clocks import settle
from models.intake.conflicts import put_off
from models.intake.held import Held, held_of
from models.intake.newcomers import Lookups
from models.intake.remembered import DIGESTED, PERSONAL, RowValues, says_nothing_new
from models.matter import Matter
from models.store import Work
from rules.casework import Appeal
from rules.errors import Refused

AMENDED = (
    "received_at",
    "external_id",
    "channel",
    "nature",
    "category",
    "urgency",
    "title",
    "content",
    "object",
    "grid",
    "confidential",
    "reporter",
    "phone",
    "address",
    "handler",
)

DEFAULTS = {"nature": "其他", "urgency": "一般"}


@dataclass
class Renewal:
    """One ticket and what its rows said: ``old`` the last one, ``new`` the one at hand."""

    work: Work
    lookups: Lookups
    batch_id: int
    ticket_id: int
    old: RowValues
    new: RowValues
    appeal: Appeal
    stand: Held = field(init=False)
    conflicts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stand = held_of(self.work, self.ticket_id, self.lookups.digester)

    def clashes(self) -> bool:
        """Return whether this is another appeal under the same identity."""
        before = self.old or self.stand.values
        then, now = before.get("received_at"), self.new["received_at"]
        alike = says_nothing_new("received_at", then, now) or says_nothing_new(
            "received_at", now, then
        )
        text = ("title", "content")
        return not alike and any(self.new.get(c) and self.new.get(c) != before.get(c) for c in text)

    def apply(self, changed: RowValues) -> str:
        """Apply the changed columns; return updated, unchanged or conflicts."""
        if not changed and not self.old:
            changed = self.new  # a ticket known by its number alone: all is compared
        free = [c for c in changed if self._free(c, changed[c])]
        if self.stand.matter.for_analysis:
            return self._learn(free)
        before = self.work.writes
        matter = self._amend(self.stand.matter, [c for c in free if c in AMENDED])
        matter = self._suspect(matter, free)
        matter = self._fix_due(matter, "due_at" in free)
        matter = self._join(matter, "co_units" in free)
        matter = self._hand_on(matter, free)
        for verb in (self._acknowledge, self._contact, self._reply, self._close):
            matter = verb(matter, free)
        matter = self._rate(matter, free)
        if self.work.writes != before:
            finish(self.work, self.stand.matter, matter)
        if self.conflicts:
            return "conflicts"
        return "updated" if free else "unchanged"

    def _learn(self, free: list[str]) -> str:
        """Keep what a newer row says of a matter that others answer; no step of ours follows."""
        before = self.work.writes
        matter = self._amend(self.stand.matter, [c for c in free if c in AMENDED])
        matter = self._suspect(matter, free)
        told: dict[str, Any] = {
            c: getattr(self.appeal, c) for c in ("reply", "outcome") if c in free
        }
        unit = {"unit_text": self.appeal.unit} if "unit" in free else {}
        if told or unit:
            matter = amend(self.work, matter, ticket=unit, round_=told)
        if self.work.writes != before:
            finish(self.work, self.stand.matter, matter)
        return "updated" if free else "unchanged"

    def _free(self, column: str, value: str) -> bool:
        """Return whether a column may be applied; keep a conflict if an operator was there."""
        mine = self.stand.values.get(column)
        if column == "unit":
            return self._unit_free(value)
        last = self.old.get(column) or DEFAULTS.get(column)
        if says_nothing_new(column, mine, value):
            return False
        if mine is None or says_nothing_new(column, mine, last):
            return True
        if column == "confidential" and "confidential" not in self.old:
            return True
        self._conflict(column, mine)
        return False

    def _unit_free(self, word: str) -> bool:
        day = self.stand.matter.received_at.date()
        wanted = self.lookups.units.find(word, day)
        mine = self.stand.matter.unit_id
        if wanted == mine and (wanted is not None or self.stand.unit_text == word):
            return False
        last = self.old.get("unit")
        then = self.lookups.units.find(last, day) if last else None
        if mine is None or mine == then:
            return True
        self._conflict("unit", self.lookups.units.names[mine])
        return False

    def _amend(self, matter: Matter, columns: list[str]) -> Matter:
        values = {c: getattr(self.appeal, c) for c in columns}
        person = {c: values.pop(c) for c in PERSONAL & values.keys()}
        round_ = {"first_handler": values.pop("handler")} if "handler" in values else {}
        if "received_at" in values and matter.n == 1:
            round_["opened_at"] = values["received_at"]
        if "grid" in values:
            values["area"] = self.lookups.grids.area(values["grid"])
        if person:
            reporter = person.get("reporter", self.stand.reporter)
            phone = person.get("phone", self.stand.phone)
            person["reporter_key"] = self.lookups.digester.person(reporter, phone)
        if not (values or round_ or person):
            return matter
        return amend(self.work, matter, ticket=values, round_=round_, person=person)

    def _suspect(self, matter: Matter, free: list[str]) -> Matter:
        """Look again at whom a changed text is against."""
        if not {"nature", "title", "content"} & set(free):
            return matter
        return suspect(self.work, matter, self.lookups.pointed(self.appeal, self.work.now))

    def _fix_due(self, matter: Matter, wanted: bool) -> Matter:
        if not wanted:
            return matter
        return amend(self.work, matter, ticket={"due_fixed_at": self.appeal.due_at})

    def _join(self, matter: Matter, wanted: bool) -> Matter:
        """Let further units help; one that helps already is never taken off by a file.

        Their clocks start now, or with the dispatch where it is still to come. A unit that nobody
        knows, or that the matter is against, does not help: the difference waits on the desk.
        """
        if not wanted:
            return matter
        day = matter.received_at.date()
        found = [self.lookups.units.find(word, day) for word in self.appeal.co_units]
        since = None if matter.state == "waiting" else self.work.at
        units = {id for id in found if id is not None}
        barred = kept_out(self.work, [self.ticket_id]).get(self.ticket_id, {}).keys() & units
        if barred or None in found:
            self._conflict("co_units", None)
        joined = help_with(self.work, matter, sorted(units - barred), since)
        return settle(self.work, matter) if joined else matter

    def _hand_on(self, matter: Matter, free: list[str]) -> Matter:
        """Dispatch, hand on, or correct the time of the dispatch."""
        word, told = self.appeal.unit, self.appeal.dispatched_at
        if "unit" in free and word is not None:
            unit_id = self.lookups.units.find(word, matter.received_at.date())
            if unit_id is None:
                return self._unknown_unit(matter, word)
            at = told or (matter.received_at if matter.state == "waiting" else self.work.at)
            assumed = told is None and matter.state == "waiting"
            return self._try("unit", matter, "dispatch", at, unit_id=unit_id, assumed=assumed)
        if "dispatched_at" in free and matter.unit_id is not None and told is not None:
            return correct(self.work, matter, dispatched_at=told)
        return matter

    def _unknown_unit(self, matter: Matter, word: str) -> Matter:
        if matter.unit_id is None:
            return amend(self.work, matter, ticket={"unit_text": word})
        self._conflict("unit", self.lookups.units.names[matter.unit_id])
        return matter

    def _acknowledge(self, matter: Matter, free: list[str]) -> Matter:
        at = self.appeal.acknowledged_at
        if "acknowledged_at" not in free or at is None:
            return matter
        if matter.state != "dispatched":
            return self._correct("acknowledged_at", matter, at)
        return self._try("acknowledged_at", matter, "acknowledge", at)

    def _contact(self, matter: Matter, free: list[str]) -> Matter:
        at = self.appeal.contacted_at
        if "contacted_at" not in free or at is None:
            return matter
        if matter.contacted_at is not None or matter.state not in ("dispatched", "acknowledged"):
            return self._correct("contacted_at", matter, at)
        return self._try("contacted_at", matter, "contact", at)

    def _reply(self, matter: Matter, free: list[str]) -> Matter:
        if not {"reply", "replied_at"} & set(free):
            return matter
        text, at = self.appeal.reply, self.appeal.replied_at
        if at is not None and matter.replied_at is None and matter.state != "closed":
            return self._try("replied_at", matter, "reply", at, text=text)
        if "reply" in free:
            matter = amend(self.work, matter, round_={"reply": text})
        return self._correct("replied_at", matter, at) if "replied_at" in free else matter

    def _close(self, matter: Matter, free: list[str]) -> Matter:
        at, outcome = self.appeal.closed_at, self.appeal.outcome
        if "closed_at" in free and at is not None:
            answered = matter.replied_at
            if "replied_at" in self.conflicts and answered is not None and at < answered:
                self._conflict("closed_at", None)  # it ended another reply than the one we have
                return matter
            if matter.closed_at is None:
                return self._try("closed_at", matter, "close", at, outcome=outcome, silent=True)
            matter = self._correct("closed_at", matter, at)
        if "outcome" in free:
            matter = amend(self.work, matter, round_={"outcome": outcome})
        return matter

    def _rate(self, matter: Matter, free: list[str]) -> Matter:
        if not {"result_rating", "work_rating"} & set(free):
            return matter
        at = self.appeal.rated_at or matter.closed_at or matter.replied_at
        result = self.appeal.result_rating if "result_rating" in free else None
        how = self.appeal.work_rating if "work_rating" in free else None
        try:
            return rate(self.work, matter, result=result, work_rating=how, at=at, means="import")
        except Refused:  # at that very moment the citizen is said to have said another thing
            for column, word in (("result_rating", result), ("work_rating", how)):
                if word:
                    self._conflict(column, self.stand.values.get(column))
            return matter

    def _correct(self, column: str, matter: Matter, at: datetime | None) -> Matter:
        return matter if at is None else correct(self.work, matter, **{column: at})

    def _try(self, column: str, matter: Matter, verb: str, at: datetime, **said: Any) -> Matter:
        """Take a step of the file's; one the rules refuse becomes a conflict."""
        try:
            return tell_by_file(self.work, matter, verb, at, **said)
        except Refused:
            self._conflict(column, self.stand.values.get(column))
            return matter

    def _conflict(self, column: str, mine: str | None) -> None:
        """Keep the difference for the desk; a later file renews the one that waits."""
        self.conflicts.append(column)
        ours = None if column in DIGESTED else mine
        theirs = self._shown(column)
        put_off(self.work, self.ticket_id, self.batch_id, column, ours, theirs)

    def _shown(self, column: str) -> str | None:
        value = getattr(self.appeal, column)
        if column in PERSONAL:
            return None  # the trail and the desk name the column; the file holds the value
        return self.new.get(column) if not isinstance(value, str) else value
