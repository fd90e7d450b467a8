"""Counted once: what others answer points to the ticket that tells the same matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.intake.newcomers import Newcomer
from models.intake.remembered import Digester
from models.intake.twins import any_waits, point_to, told_by, twin_finder
from models.store import Work


def counted_once(
    work: Work, aside: Sequence[Newcomer], digester: Digester, source: str
) -> list[Newcomer]:
    """Return what comes in for analysis, each with the ticket that tells the same matter."""
    told = [told_by(one.appeal, source, digester) for one in aside]
    twin_of = twin_finder(work, told, among_analysis=False)
    return [replace(one, twin=twin_of(own)) for one, own in zip(aside, told, strict=True)]


def stand_for(
    work: Work,
    newcomers: Sequence[Newcomer],
    ticket_ids: Sequence[int],
    digester: Digester,
    source: str,
) -> None:
    """Let new tickets of ours stand for what came in for analysis before them."""
    received = [one.appeal.received_at for one in newcomers if one.appeal.received_at]
    if not received or not any_waits(work, min(received), max(received)):
        return
    told = [told_by(one.appeal, source, digester) for one in newcomers]
    twin_of = twin_finder(work, told, among_analysis=True)
    met: set[int] = set()
    for own, ticket_id in zip(told, ticket_ids, strict=True):
        twin = twin_of(own)
        if twin is not None and twin.id not in met:
            met.add(twin.id)
            point_to(work, twin, ticket_id)
