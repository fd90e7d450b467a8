"""Words of a draft that hold no longer when it is signed: refused, and put right in the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.orders.order import OrderView
from models.orders.sentences import kept_sentences, sentences_in
from models.store import retried
from models.tables import SupervisionOrder
from rules.errors import Refused
from rules.orders import Facts, OrderPolicy, Reworded, Words, reworded, true_again
from rules.paper import ORDER, Statement

if TYPE_CHECKING:
    from models.store import Store

MOST = 36
"""Characters of a text that a refusal quotes."""


@dataclass(frozen=True, slots=True)
class Restated:
    """A draft with words that hold: what it says now, and what that takes the place of."""

    view: OrderView
    words: Words
    sentences: str
    changed: tuple[Reworded, ...]


class WordsMoved(Refused):
    """Drafts say what no longer holds; ``restated`` is what they have to say instead."""

    def __init__(self, restated: Sequence[Restated]) -> None:
        """The line names the first draft, and the first of its words that moved."""
        first = restated[0]
        told = [
            f"“{_short(one.old)}”现为“{_short(one.new)}”"
            if one.new
            else f"“{_short(one.old)}”已不成立"
            for one in first.changed
        ]
        more = f"等{len(told)}处" if len(told) > 1 else ""
        others = f"，另有{len(restated) - 1}份也有变化" if len(restated) > 1 else ""
        super().__init__(
            f"{first.view.name} {told[0]}{more}{others}：已换成现在的措辞，请看过后再次签发"
        )
        self.restated = tuple(restated)


def _short(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 2]}.."


def restatement(
    view: OrderView, facts: Sequence[Facts], now: Sequence[Statement], policy: OrderPolicy
) -> Restated | None:
    """Return a draft with words that hold, None where all it was shown with does."""
    before = Words(view.title, view.cause, view.demands)
    again = view.kind == ORDER and view.previous_id is not None
    words = true_again(before, facts, view.kind, policy.demands, again=again)
    changed = reworded(sentences_in(view.sentences) or (), now)
    for old, new in ((before.title, words.title), (before.cause, words.cause)):
        if old != new:
            changed.insert(0, Reworded(old, new))
    if not changed:
        return None
    return Restated(view, words, kept_sentences(now), tuple(changed))


@retried
def restate(store: Store, moved: WordsMoved, at: datetime | None) -> None:
    """Write into drafts what they have to say instead: whoever signs again confirms it."""
    with store.writing(at=at) as work:
        work.require(verb="order.restate")
        for one in moved.restated:
            work.update(
                SupervisionOrder,
                one.view.id,
                one.view.version,
                title=one.words.title,
                cause=one.words.cause,
                demands="\n".join(one.words.demands),
                sentences=one.sentences,
            )
            told = {"changed": len(one.changed)}
            unit = None if one.view.confidential else one.view.unit_id
            work.event("order.restate", "order", one.view.id, unit_id=unit, payload=told)
