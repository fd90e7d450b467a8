"""An order sentence by sentence: whether each holds, and the events that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.frame import wrap
from console.paper import PaperLine
from models import orders, views
from rules.casework import verb_name

if TYPE_CHECKING:
    from console.frame import Session
    from models.orders import Checked, OrderView
    from models.store import Store
    from models.views import EventLine

SHOWN = 5
"""Events that are shown of one sentence; of a long list the rest is counted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """An order's sentences, and the events they rest on by number."""

    order: OrderView
    sentences: tuple[Checked, ...]
    events: Mapping[int, EventLine]


def proof_of(store: Store, order_id: int) -> Proof:
    """Return what proves an order."""
    view, checked = orders.check_order(store, order_id)
    seqs = sorted({seq for one in checked for seq in one.statement.events})
    with store.reading() as reader:
        found = views.trail_window(reader, seqs)
    return Proof(view, checked, {event.seq: event for event in found if event.seq})


def verdict(one: Checked) -> str:
    """Return in words whether a sentence holds."""
    if one.proven is False:
        return "与留痕不符"
    if one.true is False:
        return "签发后补录的留痕与此不符"
    if one.holds:
        return "成立"
    return "签发时成立，其后已变" if one.true else "已不成立"


def proof_text(proof: Proof, clock: Callable[[datetime], str]) -> Iterator[tuple[str, str]]:
    """Give the lines of a proof, each with how it looks: heavy, red or plain."""
    for one in proof.sentences:
        said = one.statement
        look = "heavy" if verdict(one) == "成立" else "red"
        yield f"【{verdict(one)}】{said.text}", look
        if one.now:
            yield f"　现为：{one.now}", "red"
        for seq in said.events[:SHOWN]:
            event = proof.events.get(seq)
            if event is not None:
                named = f" {event.subject}" if len(said.tickets) > 1 else ""
                told = f"{clock(event.at)} {verb_name(event.verb)} {event.who}"
                yield f"　#{seq}{named} {told}", "plain"
        if (rest := len(said.events) - SHOWN) > 0:
            yield f"　另有{rest}条留痕", "plain"


def proof_lines(session: Session, order: OrderView, width: int) -> list[PaperLine]:
    """Return the proof of an order as lines of the pane."""
    local = session.store.timekeeper().local
    lines = []
    for text, look in proof_text(
        proof_of(session.store, order.id), lambda at: f"{local(at):%m-%d %H:%M}"
    ):
        inset = "  " if text.startswith("　") else ""
        folded = wrap(text.strip("　"), width - len(inset))
        heavy, red = look == "heavy", look == "red"
        lines += [PaperLine(inset + part, red=red, heavy=heavy) for part in folded]
    return lines


def proof_object(proof: Proof, iso: Callable[[datetime | None], str | None]) -> dict[str, Any]:
    """Return a proof for programs."""
    return {
        "id": proof.order.id,
        "number": proof.order.number,
        "code": proof.order.code,
        "sentences": [_object(one, proof.events, iso) for one in proof.sentences],
    }


def _object(
    one: Checked, events: Mapping[int, EventLine], iso: Callable[[datetime | None], str | None]
) -> dict[str, Any]:
    said = one.statement
    return {
        "claim": said.claim,
        "field": said.field,
        "text": said.text,
        "holds": one.holds,
        "proven": one.proven,
        "held_when_signed": one.true,
        "now": one.now or None,
        "tickets": list(said.tickets),
        "events": _events(said.events, events, iso),
    }


def _events(
    seqs: Sequence[int],
    events: Mapping[int, EventLine],
    iso: Callable[[datetime | None], str | None],
) -> list[dict[str, Any]]:
    found = [events[seq] for seq in seqs if seq in events]
    return [
        {
            "seq": event.seq,
            "at": iso(event.at),
            "verb": event.verb,
            "name": verb_name(event.verb),
            "by": event.who,
            "subject": event.subject,
        }
        for event in found
    ]
