"""The reviews of one ticket, round by round: where each stands, what it ended with, by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import CAUSES, EXCLUSION_KINDS, EXCLUSIONS, REVIEW_LABELS, VERDICTS, Position
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class ExclusionView:
    """What a second person was asked for; ``evidence`` and ``decision`` are masked."""

    review_id: int
    kind: str
    code: str
    evidence: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    approved: bool | None
    decision: str

    @property
    def words(self) -> str:
        """What was asked for, and for which of the eight reasons."""
        kind = EXCLUSION_KINDS.get(self.kind, self.kind)
        return f"{kind}：{EXCLUSIONS[self.code]}" if self.code in EXCLUSIONS else kind

    @property
    def answer(self) -> str:
        """What became of it."""
        return {None: "待批", True: "已批准", False: "未批准"}[self.approved]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The review of a round; ``holder`` has it in hand now, ``reason`` is masked."""

    id: int
    round: int
    opened_at: datetime
    verdict: str
    cause: str
    reason: str
    decided_at: datetime | None
    decided_by: str
    again_at: datetime | None
    holder: str
    exclusions: tuple[ExclusionView, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands: open, held or decided."""
        if any(one.decided_at is None for one in self.exclusions):
            return "held"
        return "open" if self.decided_at is None else "decided"

    @property
    def status(self) -> str:
        """Where it stands, in Chinese: its verdict once it is decided."""
        if self.state == "decided":
            return VERDICTS.get(self.verdict, self.verdict)
        return REVIEW_LABELS[self.state]

    @property
    def cause_words(self) -> str:
        """Why the citizen was not satisfied, as the reviewer found."""
        return CAUSES.get(self.cause, self.cause)


_REVIEWS = Query(
    ReviewView,
    """
SELECT v.id, r.n AS round, v.opened_at, coalesce(v.verdict, '') AS verdict,
       coalesce(v.cause, '') AS cause, coalesce(v.reason, '') AS reason, v.decided_at,
       coalesce(b.name, '') AS decided_by, v.again_at, coalesce(h.name, '') AS holder
FROM review v JOIN round r ON r.id = v.round_id LEFT JOIN operator b ON b.id = v.decided_by
LEFT JOIN review_lease l ON l.review_id = v.id AND l.until > :now
LEFT JOIN operator h ON h.id = l.operator_id
WHERE v.ticket_id = :id ORDER BY r.n
""",
)
_EXCLUSIONS = Query(
    ExclusionView,
    """
SELECT coalesce(x.review_id, 0) AS review_id, x.kind, coalesce(x.code, '') AS code, x.evidence,
       x.asked_at, coalesce(a.name, '') AS asked_by, x.decided_at,
       coalesce(b.name, '') AS decided_by, x.approved, coalesce(x.decision, '') AS decision
FROM exclusion x LEFT JOIN operator a ON a.id = x.asked_by
LEFT JOIN operator b ON b.id = x.decided_by WHERE x.ticket_id = :id ORDER BY x.id
""",
)


def ticket_reviews(
    source: Source, ticket_id: int, now: datetime, masking: Masking
) -> tuple[ReviewView, ...]:
    """Return the reviews of a ticket, the first round's first."""
    found = source.read(_REVIEWS, id=ticket_id, now=now)
    if not found:
        return ()
    asked: dict[int, list[ExclusionView]] = defaultdict(list)
    for one in source.read(_EXCLUSIONS, id=ticket_id):
        asked[one.review_id].append(
            replace(one, evidence=masking.text(one.evidence), decision=masking.text(one.decision))
        )
    return tuple(
        replace(one, reason=masking.text(one.reason), exclusions=tuple(asked[one.id]))
        for one in found
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the review of a ticket's current round stands."""

    ticket_id: int
    decided: bool
    held: bool


_STANDING = Query(
    _Standing,
    """
SELECT v.ticket_id, v.decided_at IS NOT NULL AS decided,
       EXISTS (SELECT 1 FROM exclusion x WHERE x.review_id = v.id AND x.decided_at IS NULL) AS held
FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = r.ticket_id
WHERE r.n = t.rounds AND v.ticket_id IN (:ids)
""",
)


def review_positions(source: Source, ticket_ids: Sequence[int]) -> dict[int, Position]:
    """Return where the reviews of tickets stand, as the table of steps asks for it."""
    if not ticket_ids:
        return {}
    return {
        one.ticket_id: Position(
            "review", "held" if one.held else "decided" if one.decided else "open"
        )
        for one in source.read(_STANDING, ids=list(ticket_ids))
    }
