"""The supervision queue: which matter breaks next, and how many stand in which colour.

A queue row is one matter shown by its leading deadline. Colour is a comparison of stored instants
with now, so the queue is a handful of index ranges over running deadlines: its cost does not grow
with history, and nothing in it is ever stale. No ORM is imported here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from models.casework import kept_out
from models.store import Query, Reader
from models.views.filtering import conditions
from models.views.record import OfPerson
from models.views.states import (
    Part,
    parts,
)
from rules.casework import ANALYSIS, QueueFilter
from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class QueueMoment:
    """The instants that cut the queue into bands, all aware UTC."""

    now: datetime
    day_start: datetime
    workday_start: datetime
    next_workday_end: datetime
    fold_before: datetime

    @property
    def just_before(self) -> datetime:
        """The last whole second before: what was due by then is red."""
        return self.now - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class QueueRow(OfPerson):
    """One matter of the queue, by its leading deadline; ``id`` is the deadline's.

    ``version`` is the ticket's or the order's, to be given back as ``seen``. A closed ticket has
    minus its own id and ``closed_at``; its instants are those of its clock for 办结, ``late`` when
    that stopped too late; ``rated`` is the citizen's word on the outcome, ``in_review`` while a
    review of it is not decided. ``merged`` appeals are under it (并单); ``lead`` is the number of
    the one that it is under itself. ``on_account``: it stands still for 挂账.
    """

    id: int
    version: int
    kind: str
    subject_id: int
    ticket_id: int | None
    round_id: int | None
    number: str
    title: str
    unit: str
    unit_id: int | None
    step: str
    state: str
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    paused_at: datetime | None
    pressing: bool
    provisional: bool
    urgency: str
    channel: str
    nature: str
    area: str
    grid: str
    closed_at: datetime | None = None
    late: bool = False
    rated: str | None = None
    in_review: bool = False
    merged: int = 0
    lead: str | None = None
    on_account: bool = False

    @property
    def for_analysis(self) -> bool:
        """Whether others answer it: no clock of ours runs for it, and none did."""
        return self.state == ANALYSIS


def queue_moment(timekeeper: Timekeeper, now: datetime) -> QueueMoment:
    """Return the instants that cut the queue, as the policy's calendar gives them."""
    local = timekeeper.local(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return QueueMoment(
        now=now,
        day_start=midnight.astimezone(now.tzinfo),
        workday_start=timekeeper.workday_start(now),
        next_workday_end=timekeeper.next_workday_end(now),
        fold_before=timekeeper.long_red_before(now),
    )


def queue_snapshot(
    reader: Reader,
    filter: QueueFilter,
    moment: QueueMoment,
    *,
    order: str = "banded",
    descending: bool = False,
    limit: int | None = None,
    unfold: bool = False,
) -> array[int]:
    """Return the ids of the matters of the filter's state in order, at most ``limit``.

    A matter is named by its leading clock; where none runs, by minus its ticket's id. ``banded`` is
    the order of UX.md: urgent first, then newly red, yellow, red, blue; matters red for over 30
    working days only with ``unfold``; behind them what is paused and what is closed, the last one
    first. Any other order is one of ``ORDERS``.
    """
    ids: array[int] = array("q")
    for together in parts(filter, order, descending, unfold):
        left = None if limit is None else limit - len(ids)
        if left == 0:
            break
        ids.extend(_ids(reader, filter, moment, together, left))
    return ids


def against_their_units(reader: Reader, ids: Sequence[int]) -> set[int]:
    """Return those of a list that are against the very unit that has them."""
    rows = queue_window(reader, ids)
    barred = kept_out(reader, {row.ticket_id for row in rows if row.ticket_id is not None})
    return {row.id for row in rows if row.unit_id in barred.get(row.ticket_id or 0, {})}


def queue_window(reader: Reader, ids: Sequence[int]) -> list[QueueRow]:
    """Return the rows of ``ids`` in that order; an id that is no longer there gives no row."""
    live, closed = [i for i in ids if i > 0], [-i for i in ids if i < 0]
    found = {row.id: row for row in reader.read(_WINDOW, ids=live)} if live else {}
    if closed:
        found |= {row.id: row for row in reader.read(_CLOSED_WINDOW, ids=closed)}
    return [found[i] for i in ids if i in found]


def asked_of(filter: QueueFilter, moment: QueueMoment) -> dict[str, Any]:
    """Return the instants a list is cut at, as parameters."""
    return {**asdict(moment), "since": moment.day_start - timedelta(days=filter.days)}


def _ids(
    reader: Reader,
    filter: QueueFilter,
    moment: QueueMoment,
    together: Sequence[Part],
    limit: int | None,
) -> list[int]:
    """Return the ids of parts that stand together, in one order."""
    texts, params = [], asked_of(filter, moment)
    for part in together:
        asked = conditions(reader, filter, part.shelf)
        params |= asked.params
        keys = ", ".join(f"{key} AS k{n}" for n, key in enumerate(part.keys))
        texts.append(
            f"SELECT {part.shelf.id} AS id, {keys} FROM {part.shelf.table} "
            f"{asked.joins(part.shelf.id, part.where, keys)} WHERE {part.where} {asked.where()}"
        )
    way = " DESC" if together[0].down else ""
    by = ", ".join(f"k{n}{way}" for n in range(len(together[0].keys)))
    most = "" if limit is None else f" LIMIT {int(limit)}"
    sql = f"{' UNION ALL '.join(texts)} ORDER BY {by}{most}"
    return [row[0] for row in reader.rows(sql, **params)]


_WINDOW = Query(
    QueueRow,
    """
SELECT d.id, coalesce(t.version, w.version, o.version, k.version, c.version,
                        m.version, g.version, v.version) AS version,
       d.subject_kind AS kind, d.subject_id, d.ticket_id, d.round_id,
       coalesce(t.number, o.number, '专题#' || coalesce(k.campaign_id, c.id), '承诺#' || w.id,
                '网格#' || m.id, '群#' || g.id, '走访#' || v.visit_id, '') AS number,
       d.unit_id, d.step,
       coalesce(w.text, t.title, o.title, k.title, c.name, m.title, g.text, v.title, '') AS title,
       coalesce(u.short_name, t.unit_text, '') AS unit,
       coalesce(r.state, o.status, '') AS state, d.limit_text,
       d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at, d.paused_at,
       d.pressing, d.provisional, coalesce(t.urgency, '') AS urgency,
       coalesce(t.channel, '') AS channel, coalesce(t.nature, '') AS nature,
       coalesce(t.area, '') AS area, coalesce(t.grid, '') AS grid, p.reporter,
       p.phone, p.address, coalesce(t.confidential, false) AS confidential,
       CASE WHEN d.subject_kind = 'ticket' THEN
           (SELECT count(*) FROM ticket m WHERE m.merged_into = d.ticket_id) ELSE 0 END AS merged,
       (SELECT l.number FROM ticket l WHERE l.id = t.merged_into) AS lead,
       CASE WHEN d.paused_at IS NULL OR d.subject_kind <> 'ticket' THEN false
            ELSE EXISTS (SELECT 1 FROM suspended_account y WHERE y.ticket_id = d.ticket_id
                         AND y.began_at IS NOT NULL AND y.ended_at IS NULL) END AS on_account
FROM deadline d
LEFT JOIN ticket t ON t.id = d.ticket_id
LEFT JOIN citizen p ON p.ticket_id = d.ticket_id
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id
LEFT JOIN campaign_task k ON d.subject_kind = 'campaign_task' AND k.id = d.subject_id
LEFT JOIN campaign c ON d.subject_kind = 'campaign' AND c.id = d.subject_id
LEFT JOIN pledge w ON d.subject_kind = 'pledge' AND w.id = d.subject_id
LEFT JOIN cell_matter m ON d.subject_kind = 'cell_matter' AND m.id = d.subject_id
LEFT JOIN group_message g ON d.subject_kind = 'group_message' AND g.id = d.subject_id
LEFT JOIN visit_task v ON d.subject_kind = 'visit_task' AND v.id = d.subject_id
LEFT JOIN unit u ON u.id = d.unit_id
WHERE d.id IN (:ids)
""",
)
_CLOSED_WINDOW = Query(
    QueueRow,
    """
SELECT -t.id AS id, t.version, 'ticket' AS kind, t.id AS subject_id, t.id AS ticket_id,
       r.id AS round_id, t.number, r.lead_unit_id AS unit_id,
       CASE WHEN t.state = 'analysis' THEN '' ELSE 'close' END AS step, t.title,
       coalesce(u.short_name, t.unit_text, '') AS unit, r.state,
       coalesce(d.limit_text, '') AS limit_text,
       coalesce(d.started_at, r.opened_at) AS started_at,
       coalesce(d.blue_at, r.opened_at) AS blue_at,
       coalesce(d.yellow_at, r.closed_at, r.opened_at) AS yellow_at,
       coalesce(d.red_at, r.closed_at, r.opened_at) AS red_at,
       coalesce(d.due_at, r.closed_at, r.opened_at) AS due_at, d.paused_at,
       false AS pressing, coalesce(d.provisional, false) AS provisional, t.urgency, t.channel,
       t.nature, coalesce(t.area, '') AS area, coalesce(t.grid, '') AS grid, p.reporter, p.phone,
       p.address, t.confidential, r.closed_at, r.result_rating AS rated,
       coalesce(d.stopped_at > d.due_at, false) AS late,
       EXISTS (SELECT 1 FROM review v WHERE v.ticket_id = t.id AND v.decided_at IS NULL)
           AS in_review,
       (SELECT count(*) FROM ticket m WHERE m.merged_into = t.id) AS merged,
       (SELECT l.number FROM ticket l WHERE l.id = t.merged_into) AS lead
FROM ticket t
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE t.id IN (:ids)
""",
)
