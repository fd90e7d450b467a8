"""What every header says: what waits, and that 特殊时期 lasts. No ORM is imported."""

from __future__ import annotations

from dataclasses import dataclass

from models.store import Query, Reader
from models.views.desk import desk_total


@dataclass(frozen=True, slots=True)
class _Lasting:
    """The kind of an event that lasts."""

    kind: str


_LASTING = Query(_Lasting, "SELECT DISTINCT kind FROM emergency WHERE to_at IS NULL ORDER BY kind")


def standing_counts(reader: Reader) -> tuple[int, str]:
    """Return how many decisions wait for the centre, and the banner."""
    return desk_total(reader), emergency_banner(reader)


def emergency_banner(reader: Reader) -> str:
    """Return what stands in the header while an event lasts; nothing where none does."""
    kinds = "、".join(one.kind for one in reader.read(_LASTING))
    return f"特殊时期：{kinds} · 非紧急时限已暂停" if kinds else ""
