"""通报: the ranking of a period frozen under its issue number with its files, and read back so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.ranking.bulletins import bulletin_of
from models.ranking.editions import PLACES, EditionView, computed, places
from models.ranking.frozen import hurried, published_in
from models.ranking.waiting import waits_for
from models.store import Query, retried
from models.tables import Edition, EditionRow, Paper
from rules.errors import DubanError, Refused
from rules.ranking import Period, Risen

if TYPE_CHECKING:
    from models.store import Reader, Source, Store, Work
    from rules.bureau import Policy


RenderEdition = Callable[[EditionView], Mapping[str, bytes]]
"""Turns an edition into its files by name; what publishing stores."""


@retried
def publish_edition(
    store: Store,
    period: Period,
    *,
    render: RenderEdition | None = None,
    reason: str | None = None,
    at: datetime | None = None,
    risen: tuple[Risen, ...] | None = None,
) -> EditionView:
    """Freeze a period's ranking under its own issue number; a second time needs a reason.

    So does one that would wait for objections: its reason is printed in the edition. The files of
    ``render`` are stored with their digests in the same transaction. ``risen`` is what was found
    to rise in the period, by a room above; it is frozen with the rest.
    """
    said = (reason or "").strip()
    if period.to_at > store.now():
        raise Refused(f"{period.label} 尚未结束，不能发布：请等到期末，或先看核对稿")
    with store.writing(at=at) as work:
        work.require(verb="edition.publish")
        work.require_apart("edition.publish")
        policy = work.policy
        versions = (work.policy_version, work.calendar_version)
        draft = _whole(work, period, policy, versions, work.now, risen)
        waits = waits_for(work, work.timekeeper(), policy, period, work.at).words
        if waits and not said:
            raise Refused(f"{period.label} {waits}，不能发布：请等裁定，或写明提前发布的理由")
        if waits:
            draft = replace(draft, notes=(*draft.notes, hurried(waits, said)))
        final = _freeze(work, draft, said or None, waits)
        if render is not None:
            _keep_files(work, final, render(final))
    return final


def whole_edition(
    store: Store,
    period: Period,
    revision: int | None = None,
    risen: tuple[Risen, ...] | None = None,
) -> EditionView:
    """Return an edition with its bulletin: as published, else as it would be now with ``risen``.

    One that was published before bulletins were kept has none.
    """
    with store.reading() as reader:
        found = published_in(reader, period, revision)
        if found is None and revision is not None:
            raise DubanError(f"{period.titled}没有第{revision}次发布：请去掉修订号查看最新一次")
        versions = store.versions(reader)
        return found or _whole(reader, period, store.policy, versions, store.now(), risen)


def _whole(
    source: Source,
    period: Period,
    policy: Policy,
    versions: tuple[int, int],
    now: datetime,
    risen: tuple[Risen, ...] | None,
) -> EditionView:
    view = computed(source, period, policy, versions, now)
    told = replace(bulletin_of(source, view, policy, versions), risen=risen)
    return replace(view, bulletin=told)


def _freeze(work: Work, draft: EditionView, reason: str | None, waits: str) -> EditionView:
    period = draft.period
    year = work.timekeeper().local(work.at).year
    issue = work.next_number(f"issue:{period.kind}:{year}")  # before: who waited sees what is there
    revision = int(work.value(_LAST_REVISION, key=period.key)) + 1
    if revision > 1 and reason is None:
        raise Refused(f"{period.label} 已发布过：再次发布（修订）须写明理由")
    head = work.value(_HEAD)  # unlocked: it is locked last
    told = draft.bulletin.to_json() if draft.bulletin is not None else ""
    edition_id = work.insert(
        Edition,
        period=period.key,
        kind=period.kind,
        from_at=period.from_at,
        to_at=period.to_at,
        revision=revision,
        issue=issue,
        status="published",
        computed_at=draft.computed_at,
        published_at=work.at,
        digest=draft.digest,
        policy=draft.policy,
        calendar=draft.calendar,
        head_hash=head,
        bulletin=told,
    )
    _keep_rows(work, edition_id, draft)
    work.event(
        "edition.publish",
        "edition",
        edition_id,
        reason=reason,
        payload={
            "period": period.key,
            "revision": revision,
            "issue": issue,
            "digest": draft.digest,
            "head": head,
            "bulletin": hashlib.sha256(told.encode()).hexdigest(),
            **({"waits": waits} if waits else {}),
            **(_emergency(draft) if draft.remarked else {}),
        },
    )
    kept = replace(draft, id=edition_id, published=True, revision=revision, issue=issue)
    return replace(kept, published_at=work.at, head_hash=head)


def _emergency(draft: EditionView) -> dict[str, Any]:
    """Return what 特殊时期 were to an edition, as its event keeps it."""
    told = {"notes": draft.remarked, "apart": sorted(draft.apart), "spared": sorted(draft.spared)}
    return {"emergency": told}


def _keep_rows(work: Work, edition_id: int, draft: EditionView) -> None:
    work.bulk(
        EditionRow,
        ("edition_id", "unit_id", "group_name", "unit_name", "tally", *PLACES),
        [
            (edition_id, s.unit_id, s.group, s.unit, s.tally.to_json(), *places(s))
            for s in draft.rows
        ],
    )


def _keep_files(work: Work, view: EditionView, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        work.insert(
            Paper,
            subject_kind="edition",
            subject_id=view.id,
            name=name,
            sha256=digest,
            content=content,
            made_at=work.at,
        )
        work.event("edition.file", "edition", view.id, payload={"name": name, "sha256": digest})


_LAST_REVISION = "SELECT coalesce(max(revision), 0) FROM edition WHERE period = :key"

_HEAD = "SELECT hash FROM trail_head"


def files_of(reader: Reader, edition_id: int) -> dict[str, bytes]:
    """Return the files a publication stored, by name, checked against their digests."""
    found: dict[str, bytes] = {}
    for file in reader.read(_FILES, id=edition_id):
        found[file.name] = file.content
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            raise DubanError(
                f"{file.name} 与发布时的摘要不符，已拒绝导出：请运行 duban audit verify"
            )
    return found


def published_issues(reader: Reader, limit: int = 200) -> list[Issue]:
    """Return what was published, revisions too, the newest first."""
    return reader.read(_ISSUES, limit=limit)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a publication stored."""

    name: str
    content: bytes
    sha256: str


_FILES = Query(
    _File,
    """
SELECT name, content, sha256 FROM paper
WHERE subject_kind = 'edition' AND subject_id = :id ORDER BY id
""",
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One publication of a period; ``replaced``: a later revision of it was published."""

    period: str
    revision: int
    issue: int
    published_at: datetime
    replaced: bool


_ISSUES = Query(
    Issue,
    """
SELECT e.period, e.revision, e.issue, e.published_at,
    EXISTS (SELECT 1 FROM edition later WHERE later.period = e.period
            AND later.status = 'published' AND later.revision > e.revision) AS replaced
FROM edition e WHERE e.status = 'published' ORDER BY e.published_at DESC, e.id DESC LIMIT :limit
""",
)
