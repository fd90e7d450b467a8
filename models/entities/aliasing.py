"""Two names one firm's, or not: what a person decides, and takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.entities.entity import EntityView, entities_by_id, owners
from models.entities.flagging import follow_flags
from models.entities.renaming import (
    Given,
    move_names,
    named_firm,
    put_entity,
    put_name,
    standing_entity,
)
from models.entities.suggested import SuggestionView, suggestion_by_id, suggestions_among
from models.store import Journal, retried
from models.tables import AliasSuggestion, Entity, EntityName
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store, Work


@retried
def confirm_alias(
    store: Store, id: int, *, reason: str = "", seen: int | None = None
) -> EntityView:
    """确认同一主体: both names are one firm's from now on; a refusal may be taken back so."""
    with store.writing(journal=Journal("alias.confirm")) as work:
        work.require(verb="alias.confirm")
        one = _seen(work, id, seen)
        if one.state == "confirmed":
            raise Refused(f"“{one.old_name}”与“{one.new_name}”已确认为同一主体：不必重复")
        entity_id = _united(work, one)
        _decide(work, one, "confirmed", harmless_line(reason))
        _follow(work, entity_id, one)
        follow_flags(work)
        return entities_by_id(work, [entity_id])[0]


def _united(work: Work, one: SuggestionView) -> int:
    """Make both names one firm's, and return that firm."""
    own = owners(work, [one.earlier, one.later])
    old, new = own.get(one.earlier), own.get(one.later)
    if old is not None and new is not None:
        if old != new:
            _join(work, standing_entity(work, old), standing_entity(work, new), "确认为同一主体")
        return old
    first = Given(one.old_name, one.earlier)
    later = Given(one.new_name, one.later)
    if old is None and new is None:
        entity_id = put_entity(work, first)
        put_name(work, entity_id, later)
    else:
        entity_id = next(id for id in (old, new) if id is not None)
        later = first if old is None else later
        put_name(work, entity_id, later)
    work.event("entity.name", "entity", entity_id, payload={"name": later.written})
    return entity_id


def _follow(work: Work, entity_id: int, decided: SuggestionView) -> None:
    """Confirm what follows: the other suggestions between names that are now one firm's."""
    [entity] = entities_by_id(work, [entity_id])
    cores = set(entity.cores)
    for one in suggestions_among(work, entity.cores):
        if one.state == "open" and one.id != decided.id and {one.earlier, one.later} <= cores:
            _decide(work, one, "confirmed", f"随“{decided.new_name}”一并确认")


@retried
def refuse_alias(
    store: Store, id: int, *, reason: str = "", seen: int | None = None
) -> SuggestionView:
    """否认同一主体: the two names are not suggested again."""
    with store.writing(journal=Journal("alias.refuse")) as work:
        work.require(verb="alias.refuse")
        one = _seen(work, id, seen)
        if one.state == "confirmed":
            raise Refused(
                f"“{one.old_name}”与“{one.new_name}”已确认为同一主体：要改请把名称分开（separate）"
            )
        if one.state == "refused":
            raise Refused(f"“{one.old_name}”与“{one.new_name}”已否认：不必重复")
        _decide(work, one, "refused", harmless_line(reason))
        follow_flags(work, f"别名已否认：“{one.old_name}”与“{one.new_name}”不是同一主体")
        return suggestion_by_id(work, id)


@retried
def separate_name(
    store: Store, entity_id: int, written: str, *, reason: str, seen: int | None = None
) -> EntityView:
    """Take a name out of a firm again: it is a firm of its own, and is not suggested with it."""
    core = named_firm(written).core
    why = harmless_line(reason)
    if not why:
        raise Refused("须写明分开的理由：请填写后再办")
    with store.writing(journal=Journal("entity.separate")) as work:
        work.require(verb="entity.separate")
        entity = standing_entity(work, entity_id, seen)
        name = next((one for one in entity.current if one.core == core), None)
        if name is None or len(entity.current) < 2:
            names = "、".join(one.written for one in entity.current)
            raise Refused(f"{entity.name} 有名称：{names}。只能分开其中一个，并至少留一个")
        rest = [one for one in entity.current if one.id != name.id]
        alone = put_entity(work, Given(name.written, core, name.since, name.until, name.source))
        work.update(EntityName, name.id, name.version, left_at=work.at, left_reason=why)
        listed = rest[-1].written if entity.name == name.written else entity.name
        work.update(Entity, entity.id, entity.version, name=listed)
        payload = {"name": name.written, "into": alone}
        work.event("entity.separate", "entity", entity.id, reason=why, payload=payload)
        _part(work, core, {one.core for one in rest}, why)
        follow_flags(work, f"“{name.written}”已与“{entity.name}”分开：{why}")
        return entities_by_id(work, [alone])[0]


@retried
def join_entities(
    store: Store, into: int, other: int, *, reason: str, seen: int | None = None
) -> EntityView:
    """合并主体: every name of the other becomes one of the first."""
    why = harmless_line(reason)
    if not why:
        raise Refused("须写明合并的理由：请填写后再办")
    if into == other:
        raise Refused("不能与自己合并：请写两个不同的主体")
    with store.writing(journal=Journal("entity.join")) as work:
        work.require(verb="entity.join")
        _join(work, standing_entity(work, into, seen), standing_entity(work, other), why)
        follow_flags(work)
        return entities_by_id(work, [into])[0]


def _join(work: Work, into: EntityView, other: EntityView, why: str) -> None:
    move_names(work, other.current, into.id, f"并入主体 {into.id}：{why}")
    work.update(Entity, other.id, other.version, joined_id=into.id)
    payload = {"into": into.id, "names": [one.written for one in other.current]}
    work.event("entity.join", "entity", other.id, reason=why, payload=payload)
    told = {"from": other.id, "names": payload["names"]}
    work.event("entity.name", "entity", into.id, reason=why, payload=told)


def _part(work: Work, core: str, rest: set[str], why: str) -> None:
    """Refuse that a name is one with others, whatever was thought of it before."""
    for one in suggestions_among(work, [core]):
        if one.state != "refused" and {one.earlier, one.later} - {core} <= rest:
            _decide(work, one, "refused", why)


def _seen(work: Work, id: int, seen: int | None) -> SuggestionView:
    """Return a suggestion as the operator saw it."""
    one = suggestion_by_id(work, id)
    if seen is not None and seen != one.version:
        raise Refused("这条别名建议已有变动：按 r 刷新，看清后再办")
    return one


def _decide(work: Work, one: SuggestionView, state: str, reason: str) -> None:
    """Keep what a person decided of two names."""
    work.update(
        AliasSuggestion,
        one.id,
        one.version,
        state=state,
        decided_at=work.at,
        decided_by=work.operator.id,
        decided_reason=reason or None,
    )
    verb = "alias.confirm" if state == "confirmed" else "alias.refuse"
    payload = {"names": [one.old_name, one.new_name]}
    work.event(verb, "alias", one.id, reason=reason or None, payload=payload)
