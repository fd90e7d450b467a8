"""Signing drafts, and writing what was signed; what is asked before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session, exports_dir
from console.orders.exports import paper_name
from console.orders.preview import templates_of
from console.paper import press, void_copy
from models import orders, rota
from seed.putting import papers

if TYPE_CHECKING:
    from models.casework import Seen
    from models.orders import OrderView

Signer = tuple[str, str, str]
"""Who may have signed, on what basis, and both in words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known before a signing is asked for.

    ``changed`` says what is another than it was, ``templates`` are the digests in force by kind.
    """

    changed: tuple[str, ...]
    signers: Sequence[Signer]
    templates: Mapping[str, str]


def asked(drafts: Sequence[OrderView], shown: Mapping[int, str], session: Session) -> Asked:
    """Return what changed since a sheet was printed or a paper was ``shown``, and who may sign.

    ``shown`` are the digests of the templates that the papers on the screen were made with, by
    order; of the others it counts what was loaded after they were drafted.
    """
    with session.reading("orders") as reader:
        printed = orders.changed_since_printed(reader, [orders.draft_words(one) for one in drafts])
        now = templates_of(reader, drafts)
    changed = [f"{one.name} 在打印发文稿纸之后改动过" for one in printed]
    for draft in drafts:
        template = now[draft.kind]
        seen = shown.get(draft.id)
        if template.newer_than(draft.drafted_at) if seen is None else seen != template.sha256:
            changed.append(template.changed)
    in_force = {kind: template.sha256 for kind, template in now.items()}
    return Asked(
        tuple(dict.fromkeys(changed)), signers(session, {one.kind for one in drafts}), in_force
    )


def signers(session: Session, kinds: Collection[str]) -> list[Signer]:
    """Return who may have signed papers of all these kinds on what basis: (name, basis, words)."""
    return [
        (leader.name, basis, f"{leader.post}{leader.name} · {words}")
        for leader in rota.may_sign(session.store, kinds)
        for basis, words in orders.BASES.items()
    ]


def sign(
    session: Session,
    seen: Seen,
    templates: Mapping[str, str],
    signer: str,
    basis: str,
    *,
    as_changed: bool = False,
) -> tuple[list[OrderView], Path]:
    """Sign drafts as they were seen and write their papers; return them and their folder."""
    signed = orders.sign(
        session.store,
        list(seen),
        signer=signer,
        basis=basis,
        press=press(),
        seen=seen,
        templates=templates,
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
