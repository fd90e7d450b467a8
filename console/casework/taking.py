"""Casework as the screens ask for it: an appeal, its lawful steps, taking one; each call blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.frame import Session
from models import casework, clocks, merging, review, views
from models.store import StoreError
from rules import casework as law
from rules.errors import Refused

if TYPE_CHECKING:
    from models.casework import Done
    from models.clocks import StoredDerivation
    from models.merging import Member
    from models.store import Reader, Store
    from models.views import TicketView
    from rules.casework import Position, Step


Said = Mapping[str, Any]
"""What a person said when they took a step, by the names of what the step asks."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An appeal an act will fall on; ``version`` is the one that was seen."""

    ticket_id: int
    version: int
    number: str
    unit: str


def parted(verb: str) -> tuple[str, str]:
    """Return kind and verb of a step: ``review.uphold`` is a review's, ``close`` a ticket's."""
    kind, _, own = verb.rpartition(".")
    return kind or "ticket", own


def chosen_of(view: TicketView) -> Chosen:
    """Return an appeal that was read as one that is chosen."""
    return Chosen(view.id, view.version, view.number, view.round.unit)


def chosen_rows(
    session: Session, deadline_ids: Sequence[int], shown: Mapping[int, int]
) -> list[Chosen]:
    """Return the appeals behind rows of the queue, each once; rows of orders have none.

    ``shown`` are the versions that were seen, by deadline, of the rows that were at hand.
    """
    found: dict[int, Chosen] = {}
    with session.store.reading() as reader:
        for start in range(0, len(deadline_ids), 2000):
            for row in views.queue_window(reader, deadline_ids[start : start + 2000]):
                if row.ticket_id is not None and row.kind in ("ticket", "review"):
                    unit = row.unit if row.unit_id is not None else ""
                    version = shown.get(row.id, row.version)
                    found[row.ticket_id] = Chosen(row.ticket_id, version, row.number, unit)
    return list(found.values())


def read_ticket(session: Session, ticket_id: int) -> TicketView:
    """Return one appeal, the citizen as screens show them; ``DubanError`` if it is gone."""
    store = session.store
    with session.reading("ticket") as reader:
        return views.ticket_view(
            reader,
            store.timekeeper(),
            ticket_id,
            store.now(),
            roles=session.bureau.roles,
            masking=store.policy.privacy.on_screen,
        )


def read_merge(session: Session, ticket_id: int) -> tuple[Member, ...]:
    """Return what an appeal is merged with (并单), those that left last."""
    with session.reading("merged") as reader:
        return merging.members_of(reader, ticket_id)


def derivations(session: Session, ticket_id: int) -> str:
    """Return the 时限核算单 of an appeal's clocks as text, those that run first."""
    with session.reading("ticket") as reader:
        return receipt_text(receipts_of(session.store, reader, ticket_id))


def receipts_of(store: Store, reader: Reader, ticket_id: int) -> list[StoredDerivation]:
    """Return the derivations of an appeal's clocks; whoever their reasons name is masked."""
    masking = views.masking_of(reader, ticket_id, store.policy.privacy.on_screen)
    found = clocks.ticket_derivations(reader, store.timekeeper, ticket_id)
    return [one.shown(masking) for one in found]


def receipt_text(receipts: Iterable[StoredDerivation]) -> str:
    """Return 时限核算单 one after the other, as they are shown, copied and printed."""
    return "\n\n".join("\n".join(one.lines) for one in receipts)


LOOKED_AT = 60
"""How many of the chosen matters are asked what may be done with them."""


@dataclass(frozen=True, slots=True)
class Lawful:
    """A step that may be taken on ``count`` of the matters that were looked at.

    A review's has its kind before its verb: ``review.uphold``.
    """

    verb: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The steps that may be taken on what is chosen, or ``why`` none of those asked for may.

    ``single``: one step was asked for by its key, so no menu need be shown for it.
    """

    chosen: tuple[Chosen, ...]
    steps: tuple[Lawful, ...]
    status: str
    why: str = ""
    single: bool = False


def take(
    session: Session,
    verb: str,
    chosen: Sequence[Chosen],
    said: Said,
    own: Mapping[int, Said] | None = None,
) -> Done:
    """Take a step on the chosen; ``LostRace`` if one has changed since it was seen.

    ``own`` is what is said of one ticket alone, by its id.
    """
    seen = {one.ticket_id: one.version for one in chosen}
    kind, own_verb = parted(verb)
    if kind == "review":
        return review.judge(session.store, own_verb, list(seen), seen=seen, **said)
    return casework.take(session.store, verb, list(seen), seen=seen, own=own, **said)


def offer(session: Session, chosen: Sequence[Chosen], wanted: Iterable[str] = ()) -> Offer:
    """Return the lawful steps of the chosen, only those ``wanted`` where any are named."""
    asked = tuple(wanted)
    places = _places(session, chosen[:LOOKED_AT])
    found = Counter(
        step
        for each in places
        for place in each
        for step in law.allowed_steps(place, session.bureau.roles)
        if not asked or (step.kind == "ticket" and step.verb in asked)
    )
    steps = tuple(
        Lawful(_whole(step), step.name, found[step])
        for step in sorted(found, key=lambda step: step.kind != "review")
    )
    first = places[0][-1]
    status = law.status_label(first.kind, first.state, facts=first.facts, round=first.round)
    why = "" if steps else _why(first, asked)
    return Offer(tuple(chosen), steps, status, why, single=bool(asked))


def _whole(step: Step) -> str:
    return step.verb if step.kind == "ticket" else f"{step.kind}.{step.verb}"


def as_now(session: Session, chosen: Sequence[Chosen]) -> Sequence[Chosen]:
    """Return the chosen as they are now; as they were, while the store cannot be read."""
    try:
        with session.store.reading() as reader:
            now = views.ticket_versions(reader, [one.ticket_id for one in chosen])
    except StoreError:
        return chosen
    return [
        Chosen(one.ticket_id, now.get(one.ticket_id, 0), one.number, one.unit) for one in chosen
    ]


def _places(session: Session, chosen: Sequence[Chosen]) -> list[list[Position]]:
    """Return where each stands: the review of it, if there is one, before the ticket itself."""
    store = session.store
    ids = [one.ticket_id for one in chosen]
    with store.reading() as reader:
        tickets = views.ticket_positions(reader, ids, store.timekeeper(), store.now())
        reviews = views.review_positions(reader, ids)
    return [
        [*((reviews[id],) if id in reviews else ()), place]
        for id, place in zip(ids, tickets, strict=True)
    ]


def _why(place: Position, asked: Sequence[str]) -> str:
    """Return why the step first asked for cannot be taken."""
    if not asked:
        return "现在没有您能办的步骤"
    try:
        law.check_step(asked[0], place)
    except Refused as refusal:
        return str(refusal)
    return "您没有办理这一步的权限"
