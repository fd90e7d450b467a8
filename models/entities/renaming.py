"""Which names a firm has: given, dated, moved between firms; nothing is ever struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.entities.entity import EntityView, NameView, entities_by_id, owners
from models.entities.flagging import follow_flags
from models.store import Journal, retried
from models.tables import Entity, EntityName
from rules.errors import Refused
from rules.text import Firm, firm_of, harmless_line

if TYPE_CHECKING:
    from models.store import Store, Work

APPEALS = "诉求"
"""The source of a name that citizens wrote."""

ONLY_FIRMS = "只登记组织的名称，不登记个人：请写单位全称或简称，个体工商户写字号"


@dataclass(frozen=True, slots=True)
class Given:
    """A name to be given: as written and compared, its days, and what says so."""

    written: str
    core: str
    since: date | None = None
    until: date | None = None
    source: str = APPEALS


def named_firm(written: str) -> Firm:
    """Return the firm that somebody typed; refused where it is a person or says nothing."""
    firm = firm_of(harmless_line(written))
    if firm is None:
        raise Refused(ONLY_FIRMS)
    return firm


@retried
def name_entity(
    store: Store,
    entity_id: int | None,
    written: str,
    *,
    since: date | None = None,
    replaces: str | None = None,
    source: str = "",
    seen: int | None = None,
) -> EntityView:
    """Give a firm a name from a day on, or register a firm by its name (``entity_id`` None).

    ``replaces`` is the name that it changed: that one ends on the day before ``since``. ``seen`` is
    the version of the firm that the operator saw.
    """
    firm = named_firm(written)
    with store.writing(journal=Journal("entity.name")) as work:
        work.require(verb="entity.name")
        taken = owners(work, [firm.core]).get(firm.core)
        given = Given(firm.written, firm.core, since, None, harmless_line(source) or "人工登记")
        if entity_id is None:
            if taken is not None:
                [other] = entities_by_id(work, [taken])
                raise Refused(
                    f"“{firm.written}”已是主体 {other.id} {other.name} 的名称：不必再登记"
                )
            new = put_entity(work, given)
            return entities_by_id(work, [new])[0]
        entity = standing_entity(work, entity_id, seen)
        if taken is not None and taken != entity.id:
            [other] = entities_by_id(work, [taken])
            raise Refused(
                f"“{firm.written}”已是主体 {other.id} {other.name} 的名称：同一家请用 join 合并"
            )
        if replaces is not None:
            _end(work, entity, named_firm(replaces).core, since)
        own = next((one for one in entity.current if one.core == firm.core), None)
        if own is None:
            put_name(work, entity.id, given)
        else:
            changes = {"since": since or own.since, "source": given.source}
            work.update(EntityName, own.id, own.version, **changes)
        work.update(Entity, entity.id, entity.version, name=firm.written)
        work.event("entity.name", "entity", entity.id, payload=_told(given))
        follow_flags(work)
        return entities_by_id(work, [entity.id])[0]


def _end(work: Work, entity: EntityView, core: str, since: date | None) -> None:
    """End the name that was changed."""
    old = next((one for one in entity.current if one.core == core), None)
    if old is None:
        names = "、".join(one.written for one in entity.current)
        raise Refused(f"{entity.name} 没有这个旧名称：可写 {names}")
    if since is None:
        raise Refused("更名要写从哪天起：请加 --since 日期")
    if old.since is not None and since <= old.since:
        raise Refused(f"更名日期不能早于旧名称启用日 {old.since:%Y-%m-%d}：请核对")
    work.update(EntityName, old.id, old.version, until=since - timedelta(days=1))


def standing_entity(work: Work, id: int, seen: int | None = None) -> EntityView:
    """Return a firm that may be changed: as it was seen, and gone into no other."""
    [entity] = entities_by_id(work, [id])
    if entity.joined_id is not None:
        raise Refused(f"主体 {id} 已并入 {entity.joined_id}：请在主体 {entity.joined_id} 上办理")
    if seen is not None and seen != entity.version:
        raise Refused(f"{entity.name} 已被他人改动：按 r 刷新，看清后再办")
    return entity


def put_entity(work: Work, given: Given) -> int:
    """Register a firm with its first name."""
    id = work.insert(Entity, name=given.written, recorded_at=work.at, operator_id=work.operator.id)
    put_name(work, id, given)
    work.event("entity.add", "entity", id, payload=_told(given))
    return id


def put_name(work: Work, entity_id: int, given: Given) -> None:
    """Give a firm one more name."""
    work.insert(
        EntityName,
        entity_id=entity_id,
        written=given.written,
        core=given.core,
        since=given.since,
        until=given.until,
        source=given.source,
        confirmed_by=work.operator.id,
        confirmed_at=work.at,
    )


def move_names(work: Work, names: Sequence[NameView], entity_id: int, reason: str) -> None:
    """Move names to another firm; where they were stays readable."""
    for name in names:
        work.update(EntityName, name.id, name.version, left_at=work.at, left_reason=reason)
        given = Given(name.written, name.core, name.since, name.until, name.source)
        put_name(work, entity_id, given)


def _told(given: Given) -> dict[str, str]:
    days = {"since": given.since, "until": given.until}
    told = {key: day.isoformat() for key, day in days.items() if day is not None}
    return {"name": given.written, "source": given.source, **told}
