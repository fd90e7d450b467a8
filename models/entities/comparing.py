"""Looking for firms under several names: appeals read, suggestions kept, flags following."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.entities.entity import owners
from models.entities.flagging import follow_flags
from models.entities.hearing import hear
from models.entities.pool import heard_pool
from models.entities.suggested import STATES, SuggestionView, suggestions
from models.store import canonical, retried
from models.tables import AliasSuggestion
from rules.entities import Alias, possible_aliases

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a look brought: appeals read, suggestions that are new, those that fell away."""

    read: int
    new: tuple[SuggestionView, ...]
    lapsed: int


def suggest(store: Store) -> Suggested:
    """Look for names that may be one firm's; what a person decided stays as it is."""
    read = hear(store)
    today = store.timekeeper().local(store.now()).date()
    with store.reading() as reader:
        pool = heard_pool(reader, store)
    return _keep(store, read, possible_aliases(pool, today))


@retried
def _keep(store: Store, read: int, found: list[Alias]) -> Suggested:
    with store.writing() as work:
        work.require(verb="alias.suggest")
        kept = {frozenset((one.earlier, one.later)): one for one in suggestions(work, list(STATES))}
        own = owners(work, sorted({n.core for one in found for n in (one.earlier, one.later)}))
        new, standing = set[int](), set[int]()
        for alias in found:
            old, later = alias.earlier.core, alias.later.core
            if old in own and own.get(old) == own.get(later):
                continue
            known = kept.get(frozenset((old, later)))
            if known is None:
                new.add(_put(work, alias))
            else:
                standing.add(known.id)
                _renew(work, known, alias)
        gone = [o for o in kept.values() if o.state == "open" and o.id not in standing]
        for one in gone:
            work.update(AliasSuggestion, one.id, one.version, state="lapsed")
            payload = {"names": [one.old_name, one.new_name]}
            work.event("alias.lapse", "alias", one.id, payload=payload)
        follow_flags(work)
        told = tuple(one for one in suggestions(work) if one.id in new)
        return Suggested(read, told, len(gone))


def _put(work: Work, alias: Alias) -> int:
    """Keep a new suggestion."""
    id = work.insert(
        AliasSuggestion,
        earlier=alias.earlier.core,
        later=alias.later.core,
        weight=alias.weight,
        why=_why(alias),
        known_on=alias.known_on,
        found_at=work.at,
    )
    _tell(work, id, alias)
    return id


def _renew(work: Work, known: SuggestionView, alias: Alias) -> None:
    """Let an undecided suggestion say what is known by now; the first day stays the earliest."""
    if known.state not in ("open", "lapsed"):
        return
    changes = {
        "weight": alias.weight,
        "why": _why(alias),
        "known_on": min(known.known_on, alias.known_on),
        "state": "open",
    }
    if any(getattr(known, name) != value for name, value in changes.items()):
        work.update(AliasSuggestion, known.id, known.version, **changes)
        _tell(work, known.id, alias)


def _tell(work: Work, id: int, alias: Alias) -> None:
    names = [alias.earlier.written, alias.later.written]
    work.event("alias.suggest", "alias", id, payload={"names": names, "weight": alias.weight})


def _why(alias: Alias) -> str:
    return canonical([[one.kind, one.text, one.weight] for one in alias.reasons])
