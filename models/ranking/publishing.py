"""Freezing the ranking of a period as an edition with its issue number and files (通报)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.ranking.editions import EditionView, computed
from models.tables import Edition, EditionRow, Paper
from rules.errors import Refused
from rules.ranking import Period

if TYPE_CHECKING:
    from models.store import Store, Work


RenderEdition = Callable[[EditionView], Mapping[str, bytes]]
"""Turns an edition into its files by name; what publishing stores."""


def publish_edition(
    store: Store,
    period: Period,
    *,
    render: RenderEdition | None = None,
    reason: str | None = None,
    at: datetime | None = None,
) -> EditionView:
    """Freeze a period's ranking under its own issue number; a second time needs a reason.

    The files of ``render`` are stored with their digests in the same transaction.
    """
    if period.to_at > store.now():
        raise Refused(f"{period.label} 尚未结束，不能发布：请等到期末，或先看核对稿")
    with store.writing(at=at) as work:
        work.require("signer")
        policy = work.policy
        versions = (work.policy_version, work.calendar_version)
        draft = computed(work, period, policy, versions, work.now)
        final = _freeze(work, draft, reason)
        if render is not None:
            _keep_files(work, final, render(final))
    return final


def _freeze(work: Work, draft: EditionView, reason: str | None) -> EditionView:
    period = draft.period
    revision = int(work.value(_LAST_REVISION, key=period.key)) + 1
    if revision > 1 and not (reason and reason.strip()):
        raise Refused(f"{period.label} 已发布过：再次发布（修订）须写明理由")
    year = work.timekeeper().local(work.at).year
    issue = work.next_number(f"issue:{period.kind}:{year}")
    head = work.value(_HEAD)  # unlocked: it is locked last
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
        },
    )
    return replace(
        draft,
        id=edition_id,
        published=True,
        revision=revision,
        issue=issue,
        published_at=work.at,
        head_hash=head,
    )


_ROW_COLUMNS = (
    "edition_id",
    "unit_id",
    "group_name",
    "unit_name",
    "tally",
    "ranked",
    "place",
    "work_place",
    "unsatisfied_place",
    "movement",
)


def _keep_rows(work: Work, edition_id: int, draft: EditionView) -> None:
    work.bulk(
        EditionRow,
        _ROW_COLUMNS,
        [
            (
                edition_id,
                s.unit_id,
                s.group,
                s.unit,
                s.tally.to_json(),
                s.ranked,
                s.place,
                s.work_place,
                s.unsatisfied_place,
                s.movement,
            )
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
