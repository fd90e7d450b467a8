"""举报避让: a matter never goes to a unit that it is against, itself or its staff (DESIGN §11).

A unit is accused as soon as the text seems to be against it, until a person says that it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from models.casework.accused import REFUSED, AccusedUnit, accused_units, kept_out
from models.casework.doing import tell
from models.casework.leading import part
from models.matter import Matter
from models.store import Work
from models.tables import Accused
from rules.errors import Refused
from rules.text import Pointed


def keep_away(work: Work, matter: Matter, unit_ids: Collection[int]) -> None:
    """Refuse to hand a matter to units that it is against."""
    if not matter.accused:
        return
    barred = kept_out(work, [matter.ticket_id]).get(matter.ticket_id, {})
    for id in unit_ids:
        if id in barred:
            raise Refused(REFUSED.format(unit=barred[id]))


def accuse(work: Work, matter: Matter, *, unit_id: int) -> Matter:
    """确认被举报单位: a person says whom the matter is against, whether it was guessed or not."""
    told = {"confirmed": True, "confirmed_at": work.at, "confirmed_by": work.operator.id}
    known = _known(work, matter, unit_id)
    if known is None:
        ticket_id = matter.ticket_id
        work.insert(Accused, ticket_id=ticket_id, unit_id=unit_id, found_at=work.at, **told)
    elif known.confirmed:
        raise Refused(f"{known.unit}已确认为被举报单位：不用再确认")
    else:
        work.update(Accused, known.id, known.version, **told)
    tell(work, matter, "accuse", unit_id=unit_id)
    return matter


def absolve(work: Work, matter: Matter, *, unit_id: int) -> Matter:
    """排除被举报单位: a person says that the matter is not against a unit after all."""
    known = _known(work, matter, unit_id)
    if known is None or not known.kept_out:
        raise Refused("该单位没有列为被举报单位：请核对单位")
    work.update(
        Accused,
        known.id,
        known.version,
        confirmed=False,
        confirmed_at=work.at,
        confirmed_by=work.operator.id,
    )
    tell(work, matter, "absolve", unit_id=unit_id)
    return matter


def suspect(work: Work, matter: Matter, pointed: Iterable[Pointed]) -> Matter:
    """推测被举报单位: what a changed text points at counts until a person says no."""
    known = {one.unit_id for one in accused_units(work, [matter.ticket_id])}
    new = [one for one in pointed if one.unit_id not in known]
    for one in new:
        work.insert(
            Accused,
            ticket_id=matter.ticket_id,
            unit_id=one.unit_id,
            words=one.words,
            found_at=work.now,
        )
        tell(work, matter, "suspect", unit_id=one.unit_id)
    if not new:
        return matter
    mine = any(one.unit_id == matter.unit_id for one in new)
    return replace(
        part(work, matter, "疑似反映承办单位或其工作人员，不并单"),
        accused=True,
        against_lead=matter.against_lead or mine,
    )


def _known(work: Work, matter: Matter, unit_id: int) -> AccusedUnit | None:
    found = accused_units(work, [matter.ticket_id])
    return next((one for one in found if one.unit_id == unit_id), None)
