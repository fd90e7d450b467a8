"""核对码: the mark of each row of a unit's workbook, by which it is known when it comes back.

It names the workbook, the unit, the round and where the trail stood, and it is keyed: one that was
changed, or stands beside another number, is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.bureau import UnitDirectory
from models.intake.remembered import Digester
from models.matter import Matter
from models.store import Query, Work
from rules.casework import MOVED, HalfRow, verb_name
from rules.errors import Refused

AGAIN = "请用 duban handout 重新导出办理表再填"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which workbook (``number``) gave which round of a matter to which unit.

    ``since`` is the number of the trail's last event when it was made.
    """

    number: int
    unit_id: int
    n: int
    since: int

    def text(self, ticket: str, digester: Digester) -> str:
        """Return it as it stands beside the number of a ticket."""
        plain = f"{self.number}-{self.unit_id}-{self.n}-{self.since}"
        return f"{plain}-{digester.of(f'handout|{plain}|{ticket}')[:10]}"


def stamp_of(row: HalfRow, digester: Digester) -> Stamp:
    """Return the stamp of a row; Refused where it is not one of ours for this number."""
    text = (row.stamp or "").strip()
    parts = text.split("-")[:-1]
    if len(parts) == 4 and all(part.isascii() and part.isdecimal() for part in parts):
        stamp = Stamp(*(int(part) for part in parts))
        if stamp.text(row.number or "", digester) == text:
            return stamp
    raise Refused("核对码与工单编号不符：请在本库导出的办理表里填写，核对码照原样保留")


@dataclass(frozen=True, slots=True)
class _Moved:
    """An act on a matter after some workbook was made, other than by such a workbook."""

    ticket_id: int
    seq: int
    verb: str
    at: datetime


_MOVED = Query(
    _Moved,
    """
SELECT e.subject_id AS ticket_id, e.seq, e.verb, e.at FROM event e
WHERE e.subject_kind = 'ticket' AND e.subject_id IN (:tickets) AND e.seq > :since
  AND e.verb IN (:verbs)
  AND NOT EXISTS (SELECT 1 FROM import_batch b
                  WHERE b.profile = 'handout' AND e.batch = 'import:' || b.id)
ORDER BY e.seq
""",
)


@dataclass
class Stamps:
    """The stamps of one batch of rows, and what has moved their matters since."""

    work: Work
    of: Mapping[str, Stamp | Refused]
    moved: Mapping[int, Sequence[_Moved]]

    @classmethod
    def read(cls, work: Work, rows: Sequence[HalfRow], matters: Mapping[int, Matter]) -> Stamps:
        """Read what has become of the matters since their rows were made."""
        stamped = [row for row in rows if row.stamp]
        if not stamped:
            return cls(work, {}, {})
        digester, found = Digester(work), dict[str, Stamp | Refused]()
        for row in stamped:
            try:
                found[_place(row)] = stamp_of(row, digester)
            except Refused as refusal:
                found[_place(row)] = refusal
        since = min((one.since for one in found.values() if isinstance(one, Stamp)), default=0)
        moved: dict[int, list[_Moved]] = defaultdict(list)
        for one in work.read(_MOVED, tickets=list(matters), since=since, verbs=sorted(MOVED)):
            moved[one.ticket_id].append(one)
        return cls(work, found, moved)

    def require(self, row: HalfRow, matter: Matter) -> None:
        """Refuse a row of a workbook whose matter is no longer as its unit was given it."""
        stamp = self.of.get(_place(row))
        if stamp is None:
            return
        if isinstance(stamp, Refused):
            raise stamp
        if matter.unit_id != stamp.unit_id:
            names = UnitDirectory(self.work).names
            now = names[matter.unit_id] if matter.unit_id is not None else "中心（待派）"
            raise Refused(f"此件现由{now}办理，不再是{names[stamp.unit_id]}的件：请从表中删去")
        if matter.n != stamp.n:
            raise Refused(f"此件已开第{matter.n}轮，表中是第{stamp.n}轮：{AGAIN}")
        for one in self.moved.get(matter.ticket_id, ()):
            if one.seq > stamp.since:
                when = self.work.timekeeper().local(one.at)
                what = verb_name(one.verb)
                raise Refused(f"制表后此件已{what}（{when:%m-%d %H:%M}）：{AGAIN}")


def _place(row: HalfRow) -> str:
    return f"{row.number}|{row.stamp}"
