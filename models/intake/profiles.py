"""来源格式: the profiles that the bureau keeps for its own sources, as the files they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import Query, Source, retried
from models.tables import ImportProfile
from rules.errors import Refused
from rules.intake import read_profile

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """One profile as the store keeps it: its file, when it was saved and by whom."""

    name: str
    label: str
    text: str
    saved_at: datetime
    operator: str


_KEPT = Query(
    KeptProfile,
    """
SELECT p.name, p.label, p.text, p.saved_at, o.name AS operator
FROM import_profile p JOIN operator o ON o.id = p.operator_id ORDER BY p.name
""",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of a profile."""

    id: int
    version: int
    label: str
    text: str


_NAMED = Query(_Row, "SELECT id, version, label, text FROM import_profile WHERE name = :name")


def kept_profiles(source: Source) -> list[KeptProfile]:
    """Return every profile the bureau keeps, by name."""
    return source.read(_KEPT)


@retried
def save_profile(store: Store, text: str, *, replace: bool = False) -> None:
    """Keep a profile under its name, with its event.

    ``ProfileError`` if the file cannot be used, ``Refused`` if there is one of that name which it
    is not to replace, or which is the same.
    """
    file = read_profile(text)
    with store.writing() as work:
        work.require(verb="profile.save")
        before = work.first(_NAMED, name=file.name)
        if before is not None and before.text == text:
            raise Refused(f"与已存的来源格式 {file.name} 相同：无须再存")
        if before is not None and not replace:
            raise Refused(f"已有来源格式 {file.name}（{before.label}）：请换个名称，或声明替换它")
        values = {
            "label": file.label,
            "text": text,
            "saved_at": work.now,
            "operator_id": work.operator.id,
        }
        if before is None:
            id = work.insert(ImportProfile, name=file.name, **values)
        else:
            id = before.id
            work.update(ImportProfile, id, before.version, **values)
        payload = {"name": file.name, "label": file.label, "sha256": _digest(text)}
        if before is not None:
            payload["before"] = _digest(before.text)
        work.event("profile.save", "profile", id, payload=payload)


@retried
def drop_profile(store: Store, name: str) -> None:
    """Forget a profile, with its event; ``Refused`` where there is none of that name."""
    with store.writing() as work:
        work.require(verb="profile.drop")
        row = work.first(_NAMED, name=name)
        if row is None:
            raise Refused(f"没有存下的来源格式 {name}：请用 duban profile list 查看")
        work.delete_where(ImportProfile, "id = :id", id=row.id)
        payload = {"name": name, "label": row.label, "sha256": _digest(row.text)}
        work.event("profile.drop", "profile", row.id, payload=payload)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
