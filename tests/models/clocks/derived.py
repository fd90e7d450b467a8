"""What the clocks of co-units must be, worked out beside the store's own ways to keep them so."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from models.store.store import Store
from rules.clocks import Clock, Origin, Tags, assist_clock
from tests.models.cells import rows_of

_CLOCK = """d.id, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
            d.provisional, d.source_fixed, d.original_due_at, d.paused_at, d.policy,
            d.made_for, d.changed_at"""

_LEADS = f"""
SELECT t.id, t.nature, t.urgency, t.category, t.channel, r.id, r.lead_unit_id, r.dispatched_at,
       r.returned_at IS NOT NULL AND r.handed_at IS NULL, {_CLOCK}
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.stopped_at IS NULL
WHERE d.subject_kind = 'ticket' ORDER BY t.id
"""

_ASSISTING = f"""
SELECT d.round_id, d.unit_id, {_CLOCK} FROM deadline d
WHERE d.step = 'assist' AND d.subject_kind = 'ticket' AND d.stopped_at IS NULL ORDER BY d.id
"""

_HELPING = "SELECT round_id, unit_id, joined_at FROM round_unit WHERE replied_at IS NULL"

_PAUSES = """SELECT deadline_id, from_at, to_at FROM pause
             WHERE granted AND to_at IS NOT NULL ORDER BY from_at, id"""

_EXTENSIONS = """SELECT deadline_id, limit_text, decided_at FROM extension
                 WHERE granted ORDER BY decided_at, id"""


def wrong_co_units(store: Store) -> list[str]:
    """Return what is wrong with the running clocks of co-units, each as a line; none is right.

    Each unit that still has to answer has one, as it follows from its lead's: by the same rules,
    a working day less, standing still with it, 暂定 with it, never after it.
    """
    with store.reading() as reader:
        leads, helping = rows_of(reader, _LEADS), rows_of(reader, _HELPING)
        calendar = store.versions(reader)[1]
        assisting = {(row[0], row[1]): row[2:] for row in rows_of(reader, _ASSISTING)}
        pauses, extensions = defaultdict(list), defaultdict(list)
        for id, since, until in rows_of(reader, _PAUSES):
            pauses[id].append((since, until))
        for id, limit, at in rows_of(reader, _EXTENSIONS):
            extensions[id].append((limit, at))
    wrong = []
    for ticket, nature, urgency, category, channel, round_id, unit, dispatched, back, *row in leads:
        lead, tags = _clock("close", row), Tags(nature, urgency, category, channel)
        made_for, changed = row[12:]
        if made_for is not None:
            tags = Tags.of(made_for)
        granted = [one for one in extensions[row[0]] if changed is None or one[1] > changed]
        origin = Origin(
            "close",
            lead.limit_text,
            lead.started_at,
            tags,
            tuple(pauses[row[0]]),
            tuple(limit for limit, _ in granted),
            tuple(at for _, at in granted),
        )
        keeper, paused = store.timekeeper(row[11], calendar), row[10]
        for of, helper, joined in helping:
            if of != round_id or helper == unit or back:
                continue
            found = assisting.pop((round_id, helper), None)
            if found is None:
                wrong += [] if paused else [f"{ticket}: {helper} has no clock"]
                continue
            own = _clock("assist", found)
            begun = max(joined or dispatched, lead.started_at)
            made = assist_clock(keeper, lead, origin, begun)
            if (own, found[9]) != (made.clock, made.original_due_at):
                wrong.append(f"{ticket}: {helper} has {own}, {made} follows")
            if (found[10] is None) != (paused is None):
                wrong.append(f"{ticket}: {helper} stands still since {found[10]}, not {paused}")
            if lead.due_at > own.started_at and own.due_at > lead.due_at:
                wrong.append(f"{ticket}: {helper} ends after its lead")
    return wrong + [f"{key} helps no more" for key in assisting]


def _clock(step: str, row: Any) -> Clock:
    _, limit, started, blue, yellow, red, due, provisional, fixed, *_ = row
    return Clock(step, limit, started, blue, yellow, red, due, bool(provisional), bool(fixed))
