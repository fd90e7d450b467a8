"""接访登记簿: one reception day while parties are written down, and what each of them becomes.

An appeal of a reception is an ordinary one of its channel, with the clocks and the unit of any
other. What others answer gets no clock here: 涉法涉诉, what is transferred (移送), and a 信访事项
that is registered elsewhere, which keeps its number and the limits it has by law there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from models.casework import finish, take_within
from models.intake import Digester, Lookups, Newcomer, newcomer, register, set_aside
from models.matter import load_matter
from models.receptions.placed import Placed, Received
from models.receptions.pledge_making import promise
from models.receptions.reception import ReceptionView, receptions_on
from models.store import Query, Work
from models.tables import Meeting
from rules.casework import DOORS
from rules.errors import Refused
from rules.intake import first_sentence
from rules.receptions import Promise, require_promise, require_whole

if TYPE_CHECKING:
    from rules.receptions import Party

SOURCE = DOORS["reception"]
"""The source of what was registered at a table."""


@dataclass
class DayBook:
    """What is known of a day while parties are written down."""

    work: Work
    day: date
    lookups: Lookups
    digester: Digester
    places: dict[str, ReceptionView]
    keys: set[tuple[int, str]]
    today: dict[str, str]
    lines: dict[str, int]
    serials: dict[int, int]

    @classmethod
    def read(cls, work: Work, day: date, lines: dict[str, int] | None = None) -> DayBook:
        """Read the day; nobody else gives numbers to new appeals meanwhile."""
        work.require(verb="reception.receive")
        work.next_number("import")
        lookups = Lookups.read(work)
        places = {one.place: one for one in receptions_on(work, day)}
        known = work.read(_KNOWN, day=day)
        serials: dict[int, int] = {}
        for one in known:
            serials[one.reception_id] = max(serials.get(one.reception_id, 0), one.serial)
        return cls(
            work,
            day,
            lookups,
            lookups.digester,
            places,
            {(one.reception_id, one.external_id) for one in known if one.external_id},
            {one.person: f"{one.place}第{one.serial}批" for one in known if one.person},
            lines or {},
            serials,
        )

    def named(self, place: str) -> ReceptionView:
        """Return the place of a line."""
        if not self.places:
            raise Refused(f"{self.day} 没有安排接访：先用 duban reception plan 排好，再收一次")
        if not place and len(self.places) == 1:
            return next(iter(self.places.values()))
        if place not in self.places:
            raise Refused(
                f"{self.day} 没有接访点“{place}”：请核对，或先用 duban reception plan 补排"
            )
        return self.places[place]

    def knows(self, party: Party) -> bool:
        """Return whether a line was written down before."""
        found = self.places.get(party.place)
        return found is not None and (found.id, self._key(party)) in self.keys

    def place(self, party: Party, reception: ReceptionView) -> Placed:
        """Return a party with what it becomes; ``Refused`` where it cannot be written down."""
        if reception.closed_at is not None:
            raise Refused(f"{reception.day} {reception.place} 已结束登记：请管理员核对")
        require_whole(party)
        at = self._at(party, reception)
        self._once(party)
        linked = self._linked(party)
        fresh = None if linked is not None else self._newcomer(party, reception, at)
        unit_id = self._unit(party, fresh, linked)
        due = self._promised(party, reception, unit_id) if party.promise else None
        serial = self.serials[reception.id] = self.serials.get(reception.id, 0) + 1
        self.keys.add((reception.id, self._key(party)))
        return Placed(party, reception, serial, at, fresh, linked, unit_id, due)

    def _at(self, party: Party, reception: ReceptionView) -> datetime:
        """Return when a party was received: as told, else now on the day itself, else its start."""
        work = self.work
        told = party.appeal.received_at
        today = work.timekeeper().local(work.at).date()
        if reception.day > today:
            raise Refused(f"{reception.day} 还没到：接访当天再登记")
        at = told or (work.at if reception.day == today and not party.line else reception.held_at)
        if at > work.at:
            raise Refused("接访时间还没到：请核对时间，或到时再登记")
        return at

    def _once(self, party: Party) -> None:
        """Refuse a citizen who was received that day already, unless it is another matter."""
        person = self.digester.person(party.appeal.reporter, party.appeal.phone)
        if person is None:
            return
        if not party.another:
            again = "确是另一件事，在“另一件事”写 是 再登记；同一件事请不再登记"
            if person in self.lines:
                raise Refused(f"与第{self.lines[person]}行是同一位来访人：{again}")
            if person in self.today:
                raise Refused(f"这位来访人今天已在{self.today[person]}登记：{again}")
        if party.line:
            self.lines.setdefault(person, party.line)

    def _linked(self, party: Party) -> int | None:
        """Return the matter that is here already: by its number, or by that of its petition."""
        for number in (party.link, party.petition):
            found = self.work.value(_NUMBERED, number=number.strip()) if number else None
            if found is not None:
                return int(found)
        if party.link:
            raise Refused(f"没有工单 {party.link}：请核对关联的工单编号")
        return None

    def _newcomer(self, party: Party, reception: ReceptionView, at: datetime) -> Newcomer:
        """Return the appeal that a party becomes."""
        said = party.appeal
        appeal = replace(
            said,
            title=said.title or first_sentence(said.content),
            received_at=at,
            grid=said.grid or reception.grid,
        )
        if party.lawsuit or party.petition or party.outcome == "transferred":
            appeal = replace(appeal, external_id=party.petition or None)
            found = set_aside(self.lookups, "", appeal, self.work.now)
            return replace(found, reception_id=reception.id)
        if party.outcome == "solved":
            appeal = replace(
                appeal,
                contacted_at=at,
                replied_at=at,
                closed_at=at,
                reply=party.words,
                outcome="已解决",
            )
        if appeal.unit:
            appeal = replace(appeal, dispatched_at=at)
        found = newcomer(self.lookups, "", appeal, self.work.now)
        return replace(found, reception_id=reception.id)

    def _unit(self, party: Party, fresh: Newcomer | None, linked: int | None) -> int | None:
        """Return the unit that answers: the one named, else the matter's own.

        None where the matter is against the unit that was named.
        """
        if fresh is not None and fresh.withheld:
            return None
        word = party.appeal.unit
        named = self.lookups.units.find(word, self.day) if word else None
        if word and named is None:
            raise Refused(f"不认识的责任单位“{word}”：请改为单位名录中的名称或代码")
        if named is not None or linked is None:
            return named if named is not None or fresh is None else fresh.unit_id
        lead = self.work.value(_LEAD, id=linked)
        return None if lead is None else int(lead)

    def _promised(self, party: Party, reception: ReceptionView, unit_id: int | None) -> datetime:
        """Return when a promise is due, by the end of its day; ``Refused`` says what is missing."""
        due, keeper = party.promise_due, self.work.timekeeper()
        at = None
        if due is not None and keeper.calendar.is_working(due):
            at = keeper.calendar.closing(due).astimezone(UTC)
        elif due is not None:
            at = datetime.combine(due, time(23, 59, 59), keeper.zone).astimezone(UTC)
        said = Promise(party.promise, at, unit_id, reception.leader, party.person)
        return require_promise(said, self.work.at, party.appeal.reporter)

    def _key(self, party: Party) -> str:
        """Return by which a line is known again: its own number, else a digest of what it says."""
        if party.key or not party.line:
            return party.key
        appeal = party.appeal
        said = (appeal.reporter, appeal.phone, appeal.title, appeal.content, party.link)
        return "=" + self.digester.of("|".join(one or "" for one in said))

    def write(self, placed: Sequence[Placed]) -> list[Received]:
        """Register what is new, write the meetings down, and tell of each place once."""
        fresh = [one.fresh for one in placed if one.fresh is not None]
        given = iter(register(self.work, fresh, self.lookups, source=SOURCE, batch_id=None))
        tickets = [next(given) if one.ticket_id is None else one.ticket_id for one in placed]
        ids = self.work.allocate(Meeting, len(placed)) if placed else []
        rows = [
            one.row(id, ticket_id, self._key(one.party), self.work)
            for id, one, ticket_id in zip(ids, placed, tickets, strict=True)
        ]
        if rows:
            self.work.bulk(Meeting, tuple(rows[0]), [tuple(row.values()) for row in rows])
        for id, one, ticket_id in zip(ids, placed, tickets, strict=True):
            if one.ticket_id is not None:
                self._note(one, ticket_id)
            if one.promise_due is not None:
                self._promise(id, one, ticket_id)
        self._tell(placed)
        return self._received(placed, rows)

    def _note(self, one: Placed, ticket_id: int) -> None:
        """Let the trail of a matter that was there say that its citizen was received."""
        matter = load_matter(self.work, ticket_id)
        self.work.belongs("round", matter.round_id, "ticket", ticket_id)
        told = f"接访：{one.reception.day} {one.reception.place} {one.reception.leader}接待"
        words = f"，{one.party.words}" if one.party.words else ""
        finish(self.work, matter, take_within(self.work, matter, "note", text=told + words))

    def _promise(self, meeting_id: int, one: Placed, ticket_id: int) -> None:
        """Write down what was promised, with its clock."""
        promise(
            self.work,
            reception_id=one.reception.id,
            meeting_id=meeting_id,
            ticket_id=ticket_id,
            unit_id=one.unit_id,
            leader=one.reception.leader,
            text=one.party.promise,
            due_at=one.promise_due,
            person=one.party.person,
        )

    def _tell(self, placed: Sequence[Placed]) -> None:
        """Record what was written down, one event a place."""
        places: dict[int, list[Placed]] = {}
        for one in placed:
            places.setdefault(one.reception.id, []).append(one)
        for id, ones in places.items():
            told = {
                "place": ones[0].reception.place,
                "batches": len(ones),
                "people": sum(one.party.people for one in ones),
                "first": ones[0].serial,
                "last": ones[-1].serial,
            }
            self.work.event("reception.receive", "reception", id, payload=told)

    def _received(self, placed: Sequence[Placed], rows: Sequence[dict[str, Any]]) -> list[Received]:
        ids = [row["ticket_id"] for row in rows]
        numbers = {one.id: one.number for one in self.work.read(_NUMBERS, ids=ids)} if ids else {}
        names = self.lookups.units.names
        return [
            Received(
                row["id"],
                one.serial,
                row["ticket_id"],
                numbers[row["ticket_id"]],
                names.get(row["unit_id"], ""),
                one.party.outcome,
                one.ticket_id is not None,
                one.fresh is not None and one.fresh.analysis,
                one.fresh is not None and one.fresh.withheld,
            )
            for one, row in zip(placed, rows, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Known:
    """A party of the day, with the digest of who came."""

    reception_id: int
    place: str
    serial: int
    external_id: str | None
    person: str | None


_KNOWN = Query(
    _Known,
    """
SELECT m.reception_id, c.place, m.serial, m.external_id, p.reporter_key AS person
FROM meeting m JOIN reception c ON c.id = m.reception_id
LEFT JOIN citizen p ON p.ticket_id = m.ticket_id WHERE c.day = :day
""",
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A ticket by its number."""

    id: int
    number: str


_NUMBERS = Query(_Number, "SELECT id, number FROM ticket WHERE id IN (:ids)")

_NUMBERED = """
SELECT id FROM ticket WHERE number = :number
UNION ALL SELECT id FROM ticket WHERE external_id = :number AND number <> :number LIMIT 1
"""


_LEAD = """
SELECT r.lead_unit_id FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.id = :id
"""
