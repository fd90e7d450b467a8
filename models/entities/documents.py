"""处罚决定 and 立案回执 against a firm: only a document named with number, organ and day counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.entities.entity import DecisionView, decision_by_id, owners
from models.entities.flagging import follow_flags
from models.entities.renaming import Given, named_firm, put_entity
from models.store import Journal, retried
from models.tables import EntityDecision
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store

DECISIONS = ("处罚决定", "立案回执")
"""The documents that may be named against a firm."""


@retried
def add_decision(
    store: Store, written: str, *, kind: str, number: str, organ: str, day: date
) -> DecisionView:
    """Name the document of a decision against a firm, which is registered by it if need be."""
    firm = named_firm(written)
    document, by = harmless_line(number), harmless_line(organ)
    if kind not in DECISIONS:
        raise Refused(f"没有“{kind}”这类文书：可写 {'、'.join(DECISIONS)}")
    if not document or not by:
        raise Refused("处理决定须写明文号和作出机关：请补全后再办")
    with store.writing(journal=Journal("decision.add")) as work:
        work.require(verb="decision.add")
        if day > work.timekeeper().local(work.at).date():
            raise Refused(f"文书日期 {day:%Y-%m-%d} 还没到：请核对")
        if work.value(_SAME, core=firm.core, number=document) is not None:
            raise Refused(f"{document} 已登记在“{firm.written}”名下：不必重复")
        if firm.core not in owners(work, [firm.core]):
            put_entity(work, Given(firm.written, firm.core, source=f"{kind} {document}"))
        id = work.insert(
            EntityDecision,
            core=firm.core,
            written=firm.written,
            kind=kind,
            number=document,
            organ=by,
            day=day,
            recorded_at=work.at,
            operator_id=work.operator.id,
        )
        told = {"name": firm.written, "kind": kind, "number": document, "organ": by}
        work.event("decision.add", "decision", id, payload={**told, "day": day.isoformat()})
        follow_flags(work)
        return decision_by_id(work, id)


_SAME = """
SELECT id FROM entity_decision WHERE core = :core AND number = :number AND revoked_at IS NULL
"""


@retried
def revoke_decision(store: Store, id: int, *, reason: str) -> DecisionView:
    """Take a decision back that was annulled or named by mistake; it stays readable."""
    why = harmless_line(reason)
    if not why:
        raise Refused("须写明撤回的理由：请填写后再办")
    with store.writing(journal=Journal("decision.revoke")) as work:
        work.require(verb="decision.revoke")
        one = decision_by_id(work, id)
        if one.revoked_at is not None:
            raise Refused(f"{one.number} 已撤回：不必重复")
        work.update(EntityDecision, id, one.version, revoked_at=work.at, revoked_reason=why)
        work.event("decision.revoke", "decision", id, reason=why, payload={"number": one.number})
        follow_flags(work, f"{one.kind}{one.number}已撤回：{why}")
        return decision_by_id(work, id)
