"""What a draft would be: its paper, made with the template in force, and which that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.paper import press
from models import orders, paper

if TYPE_CHECKING:
    from models.orders import OrderView
    from models.paper import Template
    from models.store import Source, Store
    from rules.paper import Content


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper as it would be signed now."""

    paper: bytes
    template: Template


def preview(store: Store, order_id: int) -> Preview:
    """Return the paper of a draft as of now, made with the template in force."""
    return made(store, orders.preview_order(store, order_id))


def made(store: Store, content: Content) -> Preview:
    """Return a paper as the template in force for its kind makes it now."""
    with store.reading() as reader:
        template = paper.template_in_force(reader, press(), content.kind)
    return Preview(press().fill(template.content, content), template)


def templates_of(source: Source, drafts: Sequence[OrderView]) -> dict[str, Template]:
    """Return the template in force for the kind of each draft."""
    kinds = dict.fromkeys(draft.kind for draft in drafts)
    return {kind: paper.template_in_force(source, press(), kind) for kind in kinds}
