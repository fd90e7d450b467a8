"""What every due must be, worked out from the events and grants alone, beside the store's ways."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import Any

from models.store.store import Store
from rules.clocks import Tags, followed
from tests.models.cells import rows_of

_CLOCKS = """
SELECT d.id, d.step, d.limit_text, d.started_at, d.stopped_at, d.due_at, d.paused_at, d.policy,
       d.source_fixed, t.nature, t.urgency, t.category, t.channel, t.grid
FROM deadline d JOIN ticket t ON t.id = d.ticket_id
JOIN round r ON r.id = d.round_id AND r.n = t.rounds
WHERE d.subject_kind = 'ticket' AND d.step IN ('close', 'progress', 'contact', 'acknowledge')
ORDER BY d.id
"""

Span = tuple[datetime, datetime | None]


def wrong_dues(store: Store) -> list[str]:
    """Return the clocks that are due, or stand still, otherwise than the events and grants say.

    Urgency and place must not have changed while an event lasted.
    """
    with store.reading() as reader:
        events = [
            (json.loads(areas), json.loads(steps), since, until)
            for areas, steps, since, until in rows_of(
                reader, "SELECT areas, steps, from_at, to_at FROM emergency ORDER BY from_at, id"
            )
        ]
        own, granted = defaultdict[int, list[Span]](list), defaultdict[int, list[str]](list)
        for id, since, until in rows_of(
            reader,
            "SELECT deadline_id, from_at, to_at FROM pause WHERE granted AND emergency_id IS NULL",
        ):
            own[id].append((since, until))
        for id, limit in rows_of(
            reader,
            "SELECT deadline_id, limit_text FROM extension WHERE granted ORDER BY decided_at, id",
        ):
            granted[id].append(limit)
        rows = rows_of(reader, _CLOCKS)
        calendar = store.versions(reader)[1]
    wrong = []
    for row in rows:
        id, step, limit, start, stop, due, paused, policy, fixed, *tags, grid = row
        if fixed:
            continue
        keeper = store.timekeeper(policy, calendar)
        of = Tags(tags[0], tags[1], tags[2], tags[3])
        spans: list[Span] = list(own[id])
        for areas, steps, since, until in events:
            held = _held(areas, steps, since, until, step, of, grid, start, stop)
            if held is not None and _in_time(
                keeper, of, limit, step, start, spans, granted[id], held
            ):
                spans.append(held)
        over: list[Any] = [(a, b) for a, b in spans if b is not None]
        made = keeper.timed(step, limit, start, of)
        wanted = followed(keeper, made, of, tuple(over), tuple(granted[id])).clock.due_at
        still = min((a for a, b in spans if b is None), default=None) if stop is None else None
        if due != wanted or (still is None) != (paused is None):
            wrong.append(
                f"clock {id} {step}: due {due}, not {wanted}; paused {paused}, not {still}"
            )
    return wrong


def _held(
    areas: list[str],
    steps: list[str],
    since: datetime,
    until: datetime | None,
    step: str,
    tags: Tags,
    grid: str | None,
    start: datetime,
    stop: datetime | None,
) -> Span | None:
    if step not in steps or tags.urgency == "特急":
        return None
    if areas and not any((grid or "").startswith(area) for area in areas):
        return None
    begin = max(since, start)
    ends = [end for end in (until, stop) if end is not None]
    end = min(ends) if ends else None
    return None if end is not None and end <= begin else (begin, end)


def _in_time(
    keeper: Any,
    tags: Tags,
    limit: str,
    step: str,
    start: datetime,
    spans: list[Span],
    granted: list[str],
    held: Span,
) -> bool:
    """Return whether the clock was not late when the event reached it."""
    if any(end is None for _, end in spans):
        return True
    made = keeper.timed(step, limit, start, tags)
    over: Any = tuple(spans)
    return bool(held[0] <= followed(keeper, made, tags, over, tuple(granted)).clock.due_at)
