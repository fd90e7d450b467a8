"""模板: the versions that a bureau loaded for its papers; the newest of a kind is in force.

A version without bytes goes back to the template that is shipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

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
    """The template in force for a kind; ``revision`` is 0 for the one that is shipped.

    ``loaded_at`` is when it came into force.
    """

    kind: str
    revision: int
    sha256: str
    content: bytes
    loaded_at: datetime | None = None

    @property
    def called(self) -> str:
        """What people call it: 第2版模板, 随附模板."""
        return called(self.revision)

    def told(self, drafted_at: datetime) -> dict[str, Any]:
        """Return what the trail tells of it where a paper drafted then is signed."""
        since = {"template_changed": True} if self.newer_than(drafted_at) else {}
        return {"template": self.called, "template_sha256": self.sha256, **since}

    @property
    def changed(self) -> str:
        """Say that it is another one than before."""
        return f"{PAPER_KINDS[self.kind]}的模板已换为{self.called}（{self.sha256[:12]}）"

    def newer_than(self, instant: datetime) -> bool:
        """Whether it came into force after an instant."""
        return self.loaded_at is not None and self.loaded_at > instant


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
    sha256: str | None
    content: bytes | None
    loaded_at: datetime


_NEWEST = Query(
    _Newest,
    """
SELECT revision, sha256, content, loaded_at FROM paper_template
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
        loaded_at = held.loaded_at if held else None
        return Template(kind, 0, digest_of(content), content, loaded_at)
    if digest_of(held.content) != held.sha256:
        raise Refused(
            f"{PAPER_KINDS[kind]}的第{held.revision}版模板与装入时的摘要不符，已停用："
            "请运行 duban audit verify，并重新装入模板"
        )
    return Template(kind, held.revision, str(held.sha256), held.content, held.loaded_at)


class Drafted(Protocol):
    """A draft of a paper, of whatever table."""

    @property
    def kind(self) -> str:
        """The kind of paper it is."""

    @property
    def drafted_at(self) -> datetime:
        """When it was drafted."""


def templates_for(
    source: Source,
    press: Press,
    drafts: Sequence[Drafted],
    seen: Mapping[str, str] | None = None,
    *,
    as_changed: bool,
) -> dict[str, Template]:
    """Return the template in force for the kind of each draft, as they are signed.

    ``Refused`` where it is another than the digest ``seen``, by kind; where none was seen, where it
    was loaded after the drafting and this is not signed ``as_changed``.
    """
    kinds = dict.fromkeys(draft.kind for draft in drafts)
    found = {kind: template_in_force(source, press, kind) for kind in kinds}
    for draft in drafts:
        now = found[draft.kind]
        if seen is None:
            other = not as_changed and now.newer_than(draft.drafted_at)
        else:
            other = seen.get(draft.kind) != now.sha256
        if other:
            raise Refused(f"{now.changed}：请看过现在的文书，再选择按现稿签发（--as-changed）")
    return found


def called(revision: int) -> str:
    """Return what people call a version of a template: 第2版模板, 随附模板."""
    return f"第{revision}版模板" if revision else "随附模板"


@dataclass(frozen=True, slots=True)
class MadeWith:
    """The template that a signed paper was made with."""

    subject_id: int
    revision: int
    sha256: str


_MADE_WITH = Query(
    MadeWith,
    """
SELECT subject_id, template_revision AS revision, template_sha256 AS sha256 FROM paper
WHERE subject_kind = :kind AND subject_id IN (:ids) AND template_sha256 IS NOT NULL
""",
)


def made_with(source: Source, kind: str, ids: Sequence[int]) -> dict[int, MadeWith]:
    """Return by id which template the signed papers of subjects were made with.

    Those signed before templates were kept are not in it.
    """
    return {one.subject_id: one for one in source.read(_MADE_WITH, kind=kind, ids=list(ids))}


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
