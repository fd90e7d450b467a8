"""Signing drafts, and writing what was signed; what is asked before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session, exports_dir
from console.orders.exports import paper_name
from console.orders.paper import order_paper
from console.paper import void_copy
from models import orders
from seed.putting import papers

if TYPE_CHECKING:
    from models.casework import Seen
    from models.orders import OrderView

Signer = tuple[str, str, str]
"""Who may have signed, on what basis, and both in words."""


def asked(drafts: Sequence[OrderView], session: Session) -> tuple[list[str], list[Signer]]:
    """Return which drafts changed since their sheet was printed, and who may have signed."""
    with session.reading("orders") as reader:
        changed = orders.changed_since_printed(reader, [orders.draft_words(one) for one in drafts])
    return [one.name for one in changed], signers(session, {one.kind for one in drafts})


def signers(session: Session, kinds: Collection[str]) -> list[Signer]:
    """Return who may have signed papers of all these kinds on what basis: (name, basis, words)."""
    policy = session.store.policy
    may = [{leader.name for leader in policy.signers_of(kind)} for kind in kinds]
    return [
        (leader.name, basis, f"{leader.post}{leader.name} · {words}")
        for leader in policy.leaders
        if all(leader.name in names for names in may)
        for basis, words in orders.BASES.items()
    ]


def sign(
    session: Session, seen: Seen, signer: str, basis: str, *, as_changed: bool = False
) -> tuple[list[OrderView], Path]:
    """Sign drafts as they were seen and write their papers; return them and their folder."""
    signed = orders.sign(
        session.store,
        list(seen),
        signer=signer,
        basis=basis,
        render=order_paper,
        seen=seen,
        as_changed=as_changed,
    )
    return signed, export(session, [order.id for order in signed])


def export(session: Session, ids: Sequence[int]) -> Path:
    """Write signed papers into the folder for orders and return it; refuses a draft."""
    folder = exports_dir() / "督办单"
    for id in ids:
        with papers(folder) as written:
            orders.export_paper(
                session.store,
                id,
                void_copy,
                lambda name, content: written.add(paper_name(name), content),
            )
    return folder
