"""The reviews of what a unit closed, by what each waits for or ended with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Reader
from rules.casework import REVIEW_LABELS, VERDICTS


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A review of a round the unit has closed."""

    ticket_id: int
    verdict: str | None
    held: bool


_REVIEWED = Query(
    _Reviewed,
    """
SELECT v.ticket_id, CASE WHEN v.decided_at IS NULL THEN NULL ELSE v.verdict END AS verdict,
       EXISTS (SELECT 1 FROM exclusion x WHERE x.review_id = v.id AND x.decided_at IS NULL) AS held
FROM round r JOIN review v ON v.round_id = r.id
WHERE r.lead_unit_id = :unit_id AND r.closed_at >= :since ORDER BY v.opened_at DESC, v.id DESC
""",
)


def unit_reviews(reader: Reader, unit_id: int, since: datetime) -> dict[str, tuple[int, ...]]:
    """Return the tickets of reviews by what each waits for or ended with, in that order."""
    found = reader.read(_REVIEWED, unit_id=unit_id, since=since)
    named: dict[str, list[int]] = defaultdict(list)
    for one in found:
        waits = "held" if one.held else "open" if one.verdict is None else "decided"
        ended = VERDICTS.get(one.verdict or "", "") if waits == "decided" else ""
        named[ended or REVIEW_LABELS[waits]].append(one.ticket_id)
    order = (REVIEW_LABELS["open"], REVIEW_LABELS["held"], *VERDICTS.values())
    return {word: tuple(named[word]) for word in order if word in named}
