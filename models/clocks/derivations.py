"""时限核算单 of stored deadlines: each told by the rules it was made under, with what moved it.

Reads the deadline with its pauses and extensions; imports no ORM. A pause or extension that was
asked for and not granted moves nothing and is not told here; the trail has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.clocks.handovers import HandOver, hand_overs, moves_during
from models.store import Query, Source
from rules.clocks import (
    ACTS,
    KEY_NAMES,
    About,
    Basis,
    Derivation,
    Grant,
    Halt,
    Limit,
    Tags,
    Timekeeper,
    answered_by,
    gaining,
    long_instant,
    share_words,
)
from rules.errors import DubanError
from rules.text import Masking

KeeperOf = Callable[[int, int], Timekeeper]
"""The rules of time of a policy version and a calendar version, such as ``store.timekeeper``."""


@dataclass(frozen=True, slots=True)
class StoredDerivation:
    """The derivation of one stored deadline, beside the due instant that is stored (aware UTC).

    ``number`` is that of its ticket or order (empty for a draft's), ``round`` 0 where it has none;
    ``stopped_at`` is when its act was done. ``sooner`` says that it is due with what is merged into
    its ticket (并单), empty where it is due by itself.
    """

    deadline_id: int
    number: str
    round: int
    derived: Derivation
    due_at: datetime
    stopped_at: datetime | None
    sooner: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the derivation gives the very instant that is stored, or it is due sooner."""
        return bool(self.sooner) or self.derived.clock.due_at == self.due_at

    def shown(self, masking: Masking) -> StoredDerivation:
        """Return it as a reader sees it: reasons are typed by people and may name a citizen."""
        rows = tuple(replace(row, detail=masking.text(row.detail)) for row in self.derived.rows)
        return replace(self, derived=replace(self.derived, rows=rows))

    @property
    def lines(self) -> tuple[str, ...]:
        """The derivation as text; it says so where the store holds another instant."""
        if self.sooner:
            return *self.derived.lines, self.sooner
        if self.agrees:
            return self.derived.lines
        return *self.derived.lines, "与库中所存的到期时间不符：请运行 duban audit verify 核对留痕"


def deadline_derivation(source: Source, keeper_of: KeeperOf, deadline_id: int) -> StoredDerivation:
    """Return the derivation of a deadline."""
    found = source.first(_STORED.also("WHERE d.id = :id"), id=deadline_id)
    if found is None:
        raise DubanError(f"没有编号为 {deadline_id} 的时限：请刷新后再看")
    return _derived(source, keeper_of, found, _handed(source, found))


def ticket_derivations(
    source: Source, keeper_of: KeeperOf, ticket_id: int
) -> tuple[StoredDerivation, ...]:
    """Return the derivations of a ticket's own deadlines: what runs first, then by due instant."""
    found = source.read(_OF_TICKET, id=ticket_id)
    handed = hand_overs(source, ticket_id)
    return tuple(_derived(source, keeper_of, one, handed) for one in found)


def order_derivations(
    source: Source, keeper_of: KeeperOf, order_id: int, numbers: Sequence[str]
) -> tuple[StoredDerivation, ...]:
    """Return the derivations of the close deadlines that an order holds a unit to, in its order.

    Only those of the appeals of these ``numbers``.
    """
    found = source.read(_OF_ORDER, id=order_id, numbers=list(numbers))
    return tuple(_derived(source, keeper_of, one, _handed(source, one)) for one in found)


@dataclass(frozen=True, slots=True)
class _Stored:
    """One stored deadline with what it was made from; ``lead_…`` of a co-unit's."""

    id: int
    number: str | None
    order_number: str | None
    n: int | None
    step: str
    limit_text: str
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None
    policy: int
    calendar: int
    source_fixed: bool
    due_fixed_at: datetime | None
    nature: str | None
    urgency: str | None
    category: str | None
    channel: str | None
    unit: str | None
    grid: str | None
    campaign: str | None
    made_for: str | None
    changed_at: datetime | None
    lead_id: int | None
    lead_due_at: datetime | None
    lead_limit: str | None
    shared: bool
    ticket_id: int | None
    opened_at: datetime | None
    holder: str | None
    begun: str | None


def _handed(source: Source, one: _Stored) -> tuple[HandOver, ...]:
    return hand_overs(source, one.ticket_id) if one.ticket_id is not None else ()


def _derived(
    source: Source, keeper_of: KeeperOf, one: _Stored, handed: Sequence[HandOver]
) -> StoredDerivation:
    halts = source.read(_PAUSES, id=one.lead_id or one.id)
    grants = source.read(_EXTENSIONS, id=one.lead_id or one.id)
    halts = [halt for halt in halts if _lasts(halt, one.started_at)]
    grants = [g for g in grants if g.decided_at is None or g.decided_at >= one.started_at]
    if one.lead_id is not None:  # a co-unit's clock follows what was granted since it joined
        halts = [_since(halt, one.started_at) for halt in halts]
    if one.changed_at is not None:
        halts = [halt for halt in halts if _lasts(halt, one.started_at)]
        grants = [g for g in grants if g.decided_at and g.decided_at > one.changed_at]
    due = None
    if one.source_fixed:
        due = (one.due_fixed_at if one.step == "close" else None) or one.original_due_at
    keeper = keeper_of(one.policy, one.calendar)
    if one.lead_id is not None and due is None:
        halts = _gaining(keeper, one, halts, grants)
    derived = keeper.derivation(
        one.step,
        one.limit_text if one.nature is None else _tags(one),
        one.started_at,
        limit_text=one.limit_text,
        due=due,
        pauses=halts if due is None or one.lead_id is None else (),
        extensions=grants if due is None or one.lead_id is None else (),
        basis=Basis(one.policy, one.calendar),
        cap=_cap(keeper, one),
        about=_about(keeper, one, handed),
    )
    told = one.number or one.order_number or ""
    sooner = ""
    if one.shared and one.due_at < derived.clock.due_at:
        sooner = f"并单：按最早到期的一件，{long_instant(keeper.local(one.due_at), ends=True)} 到期"
    return StoredDerivation(one.id, told, one.n or 0, derived, one.due_at, one.stopped_at, sooner)


def _gaining(
    keeper: Timekeeper, one: _Stored, halts: Sequence[Halt], grants: Sequence[Grant]
) -> list[Halt]:
    """Leave out of its lead's pauses those that a co-unit was late for already."""
    clock = keeper.timed(one.step, one.limit_text, one.started_at, _tags(one))
    ended = [(halt.from_at, halt.to_at) for halt in halts if halt.to_at is not None]
    granted = [(g.limit_text, g.decided_at) for g in grants if g.decided_at is not None]
    gained = gaining(keeper, clock, _tags(one), ended, granted)
    return [halt for halt in halts if halt.to_at is None or (halt.from_at, halt.to_at) in gained]


def _about(keeper: Timekeeper, one: _Stored, handed: Sequence[HandOver]) -> About:
    """Return whose clock it is; an order's clocks and a co-unit's see no hand-over."""
    kind, number = ("督办单", one.order_number) if one.order_number else ("工单", one.number)
    told = About(
        kind,
        number or "",
        one.n or 0,
        one.holder or "",
        anew=one.changed_at == one.started_at,
        begun=ACTS[one.begun] if one.begun else "",
        kept=_kept(one),
    )
    if one.lead_limit is not None:
        share = share_words(keeper.share(_tags(one)))
        return replace(told, lead=Limit.parse(one.lead_limit).label, share=share)
    if one.opened_at is None or one.step == "dispatch":
        return told
    during = moves_during(handed, one.opened_at, one.started_at, one.stopped_at)
    return replace(told, moves=during)


def _kept(one: _Stored) -> tuple[tuple[str, str, str], ...]:
    """Return the tags of its matter that have changed since and left it as it was."""
    if one.made_for is None:
        return ()
    made = Tags.of(one.made_for)
    told = ((key, getattr(made, key), getattr(one, key)) for key in _SHOWN)
    changed = (each for each in told if each[1] != each[2])
    return tuple((KEY_NAMES[key], was or "无", now or "无") for key, was, now in changed)


_SHOWN = ("nature", "urgency", "category", "channel")


def _tags(one: _Stored) -> Tags:
    if one.made_for is not None:
        return Tags.of(one.made_for)
    assert one.nature is not None and one.urgency is not None and one.channel is not None
    return Tags(
        one.nature,
        one.urgency,
        one.category,
        one.channel,
        one.unit,
        one.grid,
        one.n or 1,
        one.campaign,
    )


def _cap(keeper: Timekeeper, one: _Stored) -> datetime | None:
    """Return when a co-unit that joined before its lead's clock was due has to have answered."""
    lead, start = one.lead_due_at, one.started_at
    if lead is None or lead <= start:
        return None
    tags = None if one.nature is None else _tags(one)
    return answered_by(keeper, one.limit_text, keeper.share(tags), lead, start)


def _lasts(halt: Halt, start: datetime) -> bool:
    return halt.to_at is None or halt.to_at > start


def _since(halt: Halt, start: datetime) -> Halt:
    return replace(halt, from_at=max(halt.from_at, start))


_STORED = Query(
    _Stored,
    """
SELECT d.id, t.number, o.number AS order_number, r.n, d.step, d.limit_text, d.started_at, d.due_at,
       d.original_due_at, d.stopped_at, d.policy, d.calendar, d.source_fixed,
       t.due_fixed_at, t.nature, t.urgency, t.category, t.channel,
       u.code AS unit, d.grid, g.name AS campaign, d.made_for, d.changed_at,
       l.id AS lead_id, l.due_at AS lead_due_at, l.limit_text AS lead_limit,
       EXISTS (SELECT 1 FROM merged m WHERE m.lead_id = d.ticket_id) AS shared,
       d.ticket_id, r.opened_at, h.name AS holder,
       CASE WHEN r.course IS NULL OR d.step NOT IN ('accept', 'contact', 'progress', 'close')
                 OR d.started_at = r.dispatched_at THEN NULL
            WHEN d.started_at = r.supplemented_at THEN 'supplemented'
            WHEN d.started_at = r.accepted_at THEN 'accepted'
            WHEN d.started_at = r.opened_at THEN 'received'
            WHEN EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = d.ticket_id
                         AND i.given_at = d.started_at) THEN 'instructed' END AS begun
FROM deadline d LEFT JOIN ticket t ON t.id = d.ticket_id LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN campaign g ON g.id = t.campaign_id
LEFT JOIN unit h ON h.id = d.unit_id
LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id
LEFT JOIN deadline l ON d.step = 'assist' AND l.round_id = d.round_id AND l.step = 'close'
""",
)
_OF_TICKET = _STORED.also(
    "WHERE d.ticket_id = :id AND d.subject_kind <> 'order' "
    "ORDER BY (d.stopped_at IS NOT NULL), d.due_at, d.id"
)
_OF_ORDER = _STORED.also(
    "JOIN order_ticket k ON k.round_id = d.round_id "
    "WHERE d.id IN (SELECT c.id FROM order_ticket o CROSS JOIN deadline c "
    "WHERE o.order_id = :id AND c.round_id = o.round_id AND c.step = 'close') "
    "AND k.order_id = :id AND t.number IN (:numbers) "
    "ORDER BY k.position, k.id, d.id"
)
_PAUSES = Query(
    Halt,
    """
SELECT from_at, to_at, reason, coalesce(approval, '') AS approval FROM pause
WHERE deadline_id = :id AND granted ORDER BY from_at, id
""",
)
_EXTENSIONS = Query(
    Grant,
    """
SELECT limit_text, reason, asked_at, decided_at FROM extension
WHERE deadline_id = :id AND granted ORDER BY decided_at, id
""",
)
