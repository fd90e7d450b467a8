"""撤回: the last party that somebody wrote down, taken out while nobody has gone on with it.

Its meeting goes. A matter that was registered for it keeps its number, which is never given again,
without words, citizen, unit and clocks: it counts nowhere any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.clocks import forget_clocks, recall_worst
from models.store import WITHIN, Query, Work, retried
from models.tables import Accused, LineUse, Meeting, Person, Round, Ticket
from rules.casework import ANALYSIS
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store

STRUCK = "（接访登记已撤回）"
"""What stands where the words of a citizen stood."""


@dataclass(frozen=True, slots=True)
class Struck:
    """A party that was taken out; ``number`` is that of the matter it was."""

    serial: int
    number: str
    linked: bool


@dataclass(frozen=True, slots=True)
class _Last:
    """The last party that an operator wrote down, with its matter as it is now."""

    id: int
    version: int
    reception_id: int
    serial: int
    recorded_at: datetime
    linked: bool
    closed_at: datetime | None
    ticket_id: int
    number: str
    ticket_version: int
    round_id: int
    round_version: int
    promised: int


_LAST = Query(
    _Last,
    """
SELECT m.id, m.version, m.reception_id, m.serial, m.recorded_at, m.known_before AS linked,
       c.closed_at, t.id AS ticket_id, t.number, t.version AS ticket_version, r.id AS round_id,
       r.version AS round_version,
       (SELECT count(*) FROM pledge w WHERE w.meeting_id = m.id AND w.void_at IS NULL) AS promised
FROM meeting m JOIN reception c ON c.id = m.reception_id JOIN ticket t ON t.id = m.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE m.operator_id = :operator ORDER BY m.id DESC LIMIT 1
""",
)


@retried
def strike_last(store: Store, reception_id: int | None = None) -> Struck:
    """Take out the last party that the operator wrote down; ``Refused`` says why it cannot be.

    ``reception_id``: it must be one of that place.
    """
    with store.writing() as work:
        work.require(verb="reception.strike")
        last = work.first(_LAST, operator=work.operator.id)
        if last is None or work.now - last.recorded_at > WITHIN:
            raise Refused("没有可撤回的登记：只能撤回自己24小时内最近登记的一批")
        if reception_id is not None and last.reception_id != reception_id:
            raise Refused("最近登记的一批不在这个接访点：请到那个接访点撤回")
        if last.closed_at is not None:
            raise Refused("这个接访点已结束登记，不能撤回")
        if last.promised:
            raise Refused(f"第{last.serial}批已立承诺：先作废承诺，再撤回登记")
        work.delete(Meeting, last.id, last.version)
        if not last.linked:
            _empty(work, last)
        told = {"serial": last.serial, "number": last.number}
        work.event("reception.strike", "reception", last.reception_id, payload=told)
        return Struck(last.serial, last.number, last.linked)


def _empty(work: Work, last: _Last) -> None:
    """Leave of a matter nothing but its number."""
    if (last.ticket_version, last.round_version) != (1, 1):
        raise Refused(f"{last.number} 登记后又办理过，不能撤回：请在诉求里继续办理")
    work.belongs("round", last.round_id, "ticket", last.ticket_id)
    forget_clocks(work, [last.round_id])
    for model in (Accused, LineUse, Person):
        work.delete_where(model, "ticket_id = :id", id=last.ticket_id)
    work.update(
        Round,
        last.round_id,
        1,
        state=ANALYSIS,
        lead_unit_id=None,
        first_handler=None,
        dispatched_at=None,
        routed_by=None,
        contacted_at=None,
        reply=None,
        replied_at=None,
        closed_at=None,
        outcome=None,
    )
    work.update(
        Ticket,
        last.ticket_id,
        1,
        state=ANALYSIS,
        title=STRUCK,
        content="",
        object=None,
        grid=None,
        area=None,
        category=None,
        nature="其他",
        confidential=False,
        reception_id=None,
    )
    recall_worst(work, [last.ticket_id])
    work.event("ticket.strike", "ticket", last.ticket_id)
