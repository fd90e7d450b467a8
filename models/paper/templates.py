"""模板: the versions that a bureau loaded for its papers; the newest of a kind is in force.

A version without bytes goes back to the template that is shipped.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from models.store import Query, Source, retried
from models.tables import PaperTemplate
from rules.errors import Refused
from rules.paper import PAPER_KINDS, Content
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store


class Press(Protocol):
    """What makes papers of contents: the templates that are shipped, and the filling of any."""

    def ready(self) -> None:
        """Start what fills, so that no lock is held while it starts."""

    def shipped(self, kind: str) -> bytes:
        """Return the template of a kind that is shipped."""

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return the paper's bytes; equal contents give equal bytes."""


@dataclass(frozen=True, slots=True)
class Template:
    """The template in force for a kind; ``revision`` is 0 where none was ever loaded.

    ``loaded_at`` is when it came into force, ``own`` whether it is the bureau's.
    """

    kind: str
    revision: int
    own: bool
    name: str
    sha256: str
    content: bytes
    loaded_at: datetime | None = None

    @property
    def called(self) -> str:
        """What people call it: 第2版模板, 随附模板."""
        return f"第{self.revision}版模板" if self.own else "随附模板"


@dataclass(frozen=True, slots=True)
class HeldTemplate:
    """One version as the store keeps it, without its bytes; no digest: as shipped."""

    kind: str
    revision: int
    name: str
    sha256: str | None
    loaded_at: datetime
    operator: str
    reason: str


_VERSIONS = Query(
    HeldTemplate,
    """
SELECT t.kind, t.revision, t.name, t.sha256, t.loaded_at, o.name AS operator, t.reason
FROM paper_template t JOIN operator o ON o.id = t.operator_id
ORDER BY t.kind, t.revision DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest version of a kind with its bytes."""

    revision: int
    name: str
    sha256: str | None
    content: bytes | None
    loaded_at: datetime


_NEWEST = Query(
    _Newest,
    """
SELECT revision, name, sha256, content, loaded_at FROM paper_template
WHERE kind = :kind ORDER BY revision DESC LIMIT 1
""",
)


def template_versions(source: Source) -> list[HeldTemplate]:
    """Return every version of every kind, the newest of a kind first."""
    return source.read(_VERSIONS)


def template_in_force(source: Source, press: Press, kind: str) -> Template:
    """Return the template that a paper of a kind is made with now.

    ``Refused`` where its bytes are no longer those that were loaded.
    """
    held = source.first(_NEWEST, kind=kind)
    if held is None or held.content is None:
        content = press.shipped(kind)
        revision, loaded_at = (held.revision, held.loaded_at) if held else (0, None)
        name = f"{PAPER_KINDS[kind]}.docx"
        return Template(kind, revision, False, name, digest_of(content), content, loaded_at)
    if digest_of(held.content) != held.sha256:
        raise Refused(
            f"{PAPER_KINDS[kind]}的第{held.revision}版模板与装入时的摘要不符，已停用："
            "请运行 duban audit verify，并重新装入模板"
        )
    return Template(
        kind, held.revision, True, held.name, str(held.sha256), held.content, held.loaded_at
    )


@retried
def load_template(
    store: Store,
    kind: str,
    content: bytes | None,
    reason: str,
    *,
    name: str = "",
    at: datetime | None = None,
) -> int:
    """Make a template the one in force for a kind, with its event; return its version.

    ``content`` was found harmless and complete before; None goes back to what is shipped. For an
    administrator. ``Refused`` for a kind there is not, without a reason, or where it is in force.
    """
    if kind not in PAPER_KINDS:
        raise Refused(f"没有文种 {kind}：可选 {'、'.join(PAPER_KINDS)}")
    with store.writing(at=at) as work:
        work.require(verb="template.load")
        if not reason.strip():
            raise Refused("装入模板须写明理由：请填写后再办")
        held = work.first(_NEWEST, kind=kind)
        sha256 = digest_of(content) if content is not None else None
        if sha256 == (held.sha256 if held else None):
            raise Refused(f"与{PAPER_KINDS[kind]}现行的模板相同：无须装入")
        revision = held.revision + 1 if held else 1
        id = work.insert(
            PaperTemplate,
            kind=kind,
            revision=revision,
            name=harmless_line(name) or "随附模板",
            sha256=sha256,
            content=content,
            loaded_at=work.at,
            operator_id=work.operator.id,
            reason=reason.strip(),
        )
        payload = {"kind": kind, "revision": revision, "name": name, "sha256": sha256 or ""}
        work.event("template.load", "template", id, reason=reason.strip(), payload=payload)
        return revision


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a template's bytes."""
    return hashlib.sha256(content).hexdigest()
