"""Editions of the ranking: computed for any period, frozen when published (通报)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from models.ranking.tallies import Rows, entries
from models.store import canonical
from models.tables import Edition, EditionRow, Paper
from rules.bureau import Policy, read_policy
from rules.errors import DubanError, Refused
from rules.ranking import Entry, Period, Standing, Tally, parse_period, period_before, rank_units

if TYPE_CHECKING:
    from models.store import Reader, Store, Work


@dataclass(frozen=True, slots=True)
class EditionView:
    """The ranking of one period, as computed now or as frozen when it was published.

    ``revision`` and ``issue`` are 0 and ``None`` of an unpublished one; ``digest`` is the SHA-256
    over its canonical rows; ``notes`` say under which terms it was made, as its footnote prints.
    """

    period: Period
    bureau: str
    zone: ZoneInfo
    basic_weight: Fraction
    published: bool
    revision: int
    issue: int | None
    computed_at: datetime
    published_at: datetime | None
    digest: str
    policy: int
    calendar: int
    head_hash: str | None
    rows: tuple[Standing, ...]
    notes: tuple[str, ...]
    id: int | None = None

    @property
    def groups(self) -> dict[str, tuple[Standing, ...]]:
        """Return the rows by group, in the order printed."""
        found: dict[str, list[Standing]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return {group: tuple(rows) for group, rows in found.items()}

    @property
    def total(self) -> Tally:
        """Return the counts of all units together."""
        return sum((row.tally for row in self.rows), Tally())

    @property
    def made_at(self) -> datetime:
        """Return when it was published, else computed, in the bureau's zone."""
        return (self.published_at or self.computed_at).astimezone(self.zone)


RenderEdition = Callable[[EditionView], Mapping[str, bytes]]
"""Turns an edition into its files by name; what publishing stores."""


def compute_edition(store: Store, period: Period) -> EditionView:
    """Return the ranking of a period by the newest policy, published or not."""
    with store.reading() as reader:
        versions = store.versions(reader)
        return _computed(reader.rows, period, store.policy, versions, store.now())


def edition_of(store: Store, period: Period, revision: int | None = None) -> EditionView:
    """Return the published edition of a period (its latest revision), else the computed one."""
    found = published_edition(store, period, revision)
    if found is None and revision is not None:
        raise DubanError(f"{period.label} 没有第{revision}次发布：请去掉修订号查看最新一次")
    return found or compute_edition(store, period)


def published_edition(
    store: Store, period: Period, revision: int | None = None
) -> EditionView | None:
    """Return a published edition exactly as it was frozen, or ``None``."""
    with store.reading() as reader:
        return _published(reader, period, revision)


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
        draft = _computed(work.rows, period, policy, versions, work.now)
        final = _freeze(work, draft, reason)
        if render is not None:
            _keep_files(work, final, render(final))
    return final


def files_of(reader: Reader, edition_id: int) -> dict[str, bytes]:
    """Return the files a publication stored, by name, checked against their digests."""
    sql = """SELECT name, content, sha256 FROM paper
             WHERE subject_kind = 'edition' AND subject_id = :id ORDER BY id"""
    found: dict[str, bytes] = {}
    for name, content, digest in reader.rows(sql, id=edition_id):
        found[name] = bytes(content)
        if hashlib.sha256(found[name]).hexdigest() != digest:
            raise DubanError(f"{name} 与发布时的摘要不符，已拒绝导出：请运行 duban audit verify")
    return found


def published_periods(reader: Reader, kind: str, limit: int = 60) -> list[tuple[str, int]]:
    """Return the keys and latest revisions of published periods, newest first."""
    sql = f"""SELECT period, max(revision) FROM edition
              WHERE kind = :kind AND status = 'published'
              GROUP BY period ORDER BY period DESC LIMIT {int(limit)}"""
    return [(key, int(revision)) for key, revision in reader.rows(sql, kind=kind)]


def terms_of(policy: Policy, kind: str) -> tuple[str, ...]:
    """Return the terms a ranking was made under, one sentence a line."""
    terms = policy.ranking
    least = terms.min_rated_week if kind == "week" else terms.min_rated_month
    unrated = (
        "未评价的不计入"
        if terms.unrated == "exclude"
        else f"办结后{terms.unrated.removesuffix('d')}日未评价的按满意计"
    )
    return (
        ("分组排名，不跨组比较" if terms.groups else "全部单位统一排名")
        + "；位次按群众满意率，比率相同的位次并列",
        f"有效评价少于{least}件的单位单列，不排位次",
        f"基本满意按权重{terms.basic_weight}计入满意；{unrated}",
        "统计只含期末以前发生的事项",
    )


def _computed(
    rows: Rows, period: Period, policy: Policy, versions: tuple[int, int], now: datetime
) -> EditionView:
    counted = entries(rows, period, policy.ranking.unrated)
    previous = _previous_places(rows, period, policy)
    standings = rank_units(counted, policy.ranking, period.kind, previous)
    return EditionView(
        period=period,
        bureau=policy.bureau.name,
        zone=ZoneInfo(policy.bureau.timezone),
        basic_weight=Fraction(policy.ranking.basic_weight),
        published=False,
        revision=0,
        issue=None,
        computed_at=now,
        published_at=None,
        digest=_digest(standings),
        policy=versions[0],
        calendar=versions[1],
        head_hash=None,
        rows=standings,
        notes=terms_of(policy, period.kind),
    )


def _previous_places(rows: Rows, period: Period, policy: Policy) -> dict[int, int]:
    """Return the places of the period before in its latest published revision, by unit id."""
    key = period_before(period, ZoneInfo(policy.bureau.timezone)).key
    sql = """SELECT unit_id, place FROM edition_row
             WHERE place IS NOT NULL AND edition_id = (
                SELECT id FROM edition WHERE period = :key AND status = 'published'
                ORDER BY revision DESC LIMIT 1)"""
    return {unit_id: place for unit_id, place in rows(sql, key=key)}


def _digest(standings: Sequence[Standing]) -> str:
    lines = [
        [s.code, s.unit, s.group, json.loads(s.tally.to_json()), s.ranked, s.place,
         s.work_place, s.unsatisfied_place, s.movement]
        for s in standings
    ]  # fmt: skip
    return hashlib.sha256(canonical(lines).encode()).hexdigest()


def _freeze(work: Work, draft: EditionView, reason: str | None) -> EditionView:
    period = draft.period
    last = work.one("SELECT max(revision) FROM edition WHERE period = :key", key=period.key)
    revision = int((last[0] if last else None) or 0) + 1
    if revision > 1 and not (reason and reason.strip()):
        raise Refused(f"{period.label} 已发布过：再次发布（修订）须写明理由")
    year = work.timekeeper().local(work.at).year
    issue = work.next_number(f"issue:{period.kind}:{year}")
    head = work.rows("SELECT hash FROM trail_head")[0][0]  # unlocked: it is locked last
    edition_id = work.insert(
        Edition, period=period.key, kind=period.kind, from_at=period.from_at, to_at=period.to_at,
        revision=revision, issue=issue, status="published", computed_at=draft.computed_at,
        published_at=work.at, digest=draft.digest, policy=draft.policy, calendar=draft.calendar,
        head_hash=head,
    )  # fmt: skip
    columns = ("edition_id", "unit_id", "group_name", "unit_name", "tally", "ranked", "place",
               "work_place", "unsatisfied_place", "movement")  # fmt: skip
    work.bulk(EditionRow, columns, [
        (edition_id, s.unit_id, s.group, s.unit, s.tally.to_json(), s.ranked, s.place,
         s.work_place, s.unsatisfied_place, s.movement)
        for s in draft.rows
    ])  # fmt: skip
    work.event("edition.publish", "edition", edition_id, reason=reason,
               payload={"period": period.key, "revision": revision, "issue": issue,
                        "digest": draft.digest, "head": head})  # fmt: skip
    return replace(draft, id=edition_id, published=True, revision=revision, issue=issue,
                   published_at=work.at, head_hash=head)  # fmt: skip


def _keep_files(work: Work, view: EditionView, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        work.insert(Paper, subject_kind="edition", subject_id=view.id, name=name, sha256=digest,
                    content=content, made_at=work.at)  # fmt: skip
        work.event("edition.file", "edition", view.id, payload={"name": name, "sha256": digest})


def _published(reader: Reader, period: Period, revision: int | None) -> EditionView | None:
    sql = """SELECT e.id, e.revision, e.issue, e.computed_at, e.published_at, e.digest, e.policy,
                    e.calendar, e.head_hash, p.text
             FROM edition e JOIN policy p ON p.version = e.policy
             WHERE e.period = :key AND e.status = 'published' ORDER BY e.revision DESC"""
    for row in reader.rows(sql, key=period.key):
        if revision in (None, row[1]):
            return _thaw(reader, period, row)
    return None


def _thaw(reader: Reader, period: Period, row: tuple[Any, ...]) -> EditionView:
    id, revision, issue, computed_at, published_at, digest, policy, calendar, head, text = row
    terms = read_policy(text)
    return EditionView(
        period=period,
        bureau=terms.bureau.name,
        zone=ZoneInfo(terms.bureau.timezone),
        basic_weight=Fraction(terms.ranking.basic_weight),
        published=True,
        revision=revision,
        issue=issue,
        computed_at=computed_at,
        published_at=published_at,
        digest=digest,
        policy=policy,
        calendar=calendar,
        head_hash=head,
        rows=_frozen_rows(reader, id, period, terms),
        notes=terms_of(terms, period.kind),
        id=id,
    )


def _frozen_rows(
    reader: Reader, edition_id: int, period: Period, terms: Policy
) -> tuple[Standing, ...]:
    """Return the stored lines: counts and places as kept, rates and grades as they follow."""
    sql = """SELECT r.unit_id, r.unit_name, u.code, r.group_name, r.tally, r.ranked, r.place,
                    r.work_place, r.unsatisfied_place, r.movement
             FROM edition_row r JOIN unit u ON u.id = r.unit_id
             WHERE r.edition_id = :id ORDER BY r.id"""
    stored = reader.rows(sql, id=edition_id)
    found = {
        s.unit_id: s
        for s in rank_units(
            [Entry(row[0], row[1], row[2], row[3], Tally.from_json(row[4])) for row in stored],
            terms.ranking,
            period.kind,
        )
    }
    return tuple(
        replace(
            found[row[0]], ranked=bool(row[5]), place=row[6], work_place=row[7],
            unsatisfied_place=row[8], movement=row[9],
        )
        for row in stored
    )  # fmt: skip


def period_of(store: Store, text: str) -> Period:
    """Return the period written as ``2018-W45`` or ``2018-10``, in the bureau's zone."""
    return parse_period(text, store.timekeeper().zone)
