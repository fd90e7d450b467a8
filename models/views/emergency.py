"""What every header says while 特殊时期 lasts. No ORM is imported."""

from __future__ import annotations

from dataclasses import dataclass

from models.store import Query, Reader


@dataclass(frozen=True, slots=True)
class _Lasting:
    """The kind of an event that lasts."""

    kind: str


_LASTING = Query(_Lasting, "SELECT DISTINCT kind FROM emergency WHERE to_at IS NULL ORDER BY kind")


def emergency_banner(reader: Reader) -> str:
    """Return what stands in the header while an event lasts; nothing where none does."""
    kinds = "、".join(one.kind for one in reader.read(_LASTING))
    return f"特殊时期：{kinds} · 非紧急时限已暂停" if kinds else ""
