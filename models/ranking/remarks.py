"""点评 and 下步要求: what a person writes for a bulletin before it is published, by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import Query, Source, retried
from models.tables import BulletinRemark
from rules.errors import Refused
from rules.ranking import REMARKS, Period, Remark
from rules.text import harmless

if TYPE_CHECKING:
    from models.store import Store

LONGEST_REMARK = 2000
"""Signs of one remark: a bulletin has four pages."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The newest version of a remark."""

    kind: str
    text: str
    version: int
    written_at: datetime
    operator: str


_NEWEST = Query(
    _Kept,
    """
SELECT m.kind, m.text, m.n AS version, m.written_at, o.name AS operator
FROM bulletin_remark m JOIN operator o ON o.id = m.operator_id
WHERE m.period = :key AND m.n = (SELECT max(x.n) FROM bulletin_remark x
                                 WHERE x.period = m.period AND x.kind = m.kind)
ORDER BY m.kind
""",
)


def remarks_of(source: Source, period: Period) -> tuple[tuple[str, Remark], ...]:
    """Return what was last written for a period, by kind; an emptied remark is none."""
    return tuple(
        (one.kind, Remark(one.text, one.version, one.written_at, one.operator))
        for one in source.read(_NEWEST, key=period.key)
        if one.text
    )


def remark_now(store: Store, period: Period, kind: str) -> str:
    """Return what was last written for a period, nothing where there is none."""
    with store.reading() as reader:
        found = dict(remarks_of(reader, period)).get(kind)
    return found.text if found is not None else ""


@retried
def write_remark(
    store: Store, period: Period, kind: str, text: str, *, at: datetime | None = None
) -> int:
    """Keep what is written for a period; an empty text takes it back. Return its version.

    What says the same again makes no new version. Refused where it is too long. What is published
    stays as it is: a later version stands in the next revision only.
    """
    said = harmless(text).strip()
    if len(said) > LONGEST_REMARK:
        raise Refused(f"{REMARKS[kind]}{len(said)}字，太长：通报里最多{LONGEST_REMARK}字")
    with store.writing(at=at) as work:
        work.require(verb="edition.remark")
        newest = next((one for one in work.read(_NEWEST, key=period.key) if one.kind == kind), None)
        if said == (newest.text if newest is not None else ""):
            return newest.version if newest is not None else 0
        n = newest.version + 1 if newest is not None else 1
        id = work.insert(
            BulletinRemark,
            period=period.key,
            kind=kind,
            n=n,
            text=said,
            written_at=work.at,
            operator_id=work.operator.id,
        )
        told = {"period": period.key, "kind": REMARKS[kind], "version": n, "signs": len(said)}
        work.event("edition.remark", "remark", id, payload=told)
        return n
