"""Each sentence of an order held against the trail: as it was signed, and as things stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.orders.asof import facts_of
from models.orders.order import Grounds, OrderView, held_tickets, orders_by_id
from models.orders.sentences import sentences_in, statements_of
from rules.orders import Facts, Words, instead, stands, true_again, true_words
from rules.paper import ORDER, Statement

if TYPE_CHECKING:
    from models.store import Reader, Store

TITLE = "title"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of an order, or its title.

    ``proven``: it follows from what was recorded when it was signed, ``true``: and from all that is
    recorded of that instant by now; both None of a draft. ``holds``: it holds now; where it does
    not, ``now`` is what is to be said instead, "" for nothing.
    """

    statement: Statement
    proven: bool | None
    true: bool | None
    holds: bool
    now: str


def check_order(store: Store, order_id: int) -> tuple[OrderView, tuple[Checked, ...]]:
    """Return an order with its sentences, each held against what the trail tells.

    Those of a draft are what it would say now, and of what it was last shown with that which holds
    no longer; those of a signed order are what was signed.
    """
    with store.reading() as reader:
        [view] = orders_by_id(reader, [order_id])
        now = _as_of(store, reader, view, store.now())
        then: tuple[_Told, ...] = ()
        if view.signed_at is not None:
            seq = reader.value(_SIGNED, id=order_id)
            known = _as_of(store, reader, view, view.signed_at, seq)
            then = (known, _as_of(store, reader, view, view.signed_at))
    shown = sentences_in(view.sentences) or ()
    if view.status == "draft":
        gone = [one for one in shown if not stands(one, now.statements)]
        shown = (*now.statements, *gone)
    elif not shown:
        shown = (then or (now,))[0].statements
    return view, (_title(store, view, now, then), *(_held(one, now, then) for one in shown))


_SIGNED = """
SELECT max(seq) FROM event
WHERE subject_kind = 'order' AND subject_id = :id AND verb = 'order.sign'
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """What held of the appeals of an order, and what is to be said of it."""

    facts: tuple[Facts, ...]
    statements: tuple[Statement, ...]


def _as_of(
    store: Store, reader: Reader, view: OrderView, at: datetime, recorded: int | None = None
) -> _Told:
    keeper = store.timekeeper()
    held = held_tickets(reader, view.id)
    facts = facts_of(reader, keeper, store.timekeeper, held, view.unit_id, at, recorded)
    grounds = Grounds.of(view)
    return _Told(facts, statements_of(reader, store.policy, keeper, grounds, facts, at))


def _held(one: Statement, now: _Told, then: Sequence[_Told]) -> Checked:
    holds = stands(one, now.statements)
    proven, true = (stands(one, told.statements) for told in then) if then else (None, None)
    return Checked(one, proven, true, holds, "" if holds else instead(one, now.statements))


def _title(store: Store, view: OrderView, now: _Told, then: Sequence[_Told]) -> Checked:
    """Return the title as a sentence: it claims what its words claim."""
    said = Statement(TITLE, view.title, "标题", tickets=view.tickets)
    holds = true_words(view.title, now.facts)
    proven, true = (true_words(view.title, told.facts) for told in then) if then else (None, None)
    words = Words(view.title, view.cause, view.demands)
    again = view.kind == ORDER and view.previous_id is not None
    anew = true_again(words, now.facts, view.kind, store.policy.orders.demands, again=again)
    return Checked(said, proven, true, holds, "" if holds else anew.title)
