"""回看: a past period counted again by other rules, beside how it was; nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.bureau import check_units
from models.clocks import (
    DUE_THEN,
    SAMPLE,
    Counting,
    Ledger,
    NewRules,
    RunningClock,
    clocks_due,
    clocks_of_ids,
    days_of,
    named_subjects,
    sooner,
    uncollected,
    unit_names,
)
from models.ranking.editions import computed
from models.ranking.tallies import LATER, PAUSED
from models.ranking.together import CLOCKS_WITH_A_LEAD, LED_CLOCKS, WITH_A_LEAD
from models.store import Query, Source
from rules.bureau import read_policy
from rules.clocks import CalendarDays, Remade, Timekeeper
from rules.errors import Refused
from rules.ranking import (
    STEPS,
    Ended,
    Period,
    StepThen,
    Tally,
    UnitThen,
    counted,
    fate,
    is_late,
    units_then,
)

if TYPE_CHECKING:
    from models.store import Reader, Store

SLICE = timedelta(days=14)
"""How much is read at one go, so that a busy quarter takes no more memory than a quiet one."""

SLACK = timedelta(days=31)
"""How far a calendar or the days after a pause may move a due instant besides the limit."""


@dataclass(frozen=True, slots=True)
class TurnedRow:
    """One clock that would have been ``late`` and was not, or the reverse."""

    ticket_id: int
    number: str
    title: str
    unit: str
    step: str
    limit_text: str
    due_before: datetime
    due_after: datetime
    stopped_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What other rules would have made of a period: by step, by unit, and up to 50 examples.

    ``turned`` is how many clocks there are of which the rows are examples.
    """

    period: Period
    steps: tuple[StepThen, ...]
    units: tuple[UnitThen, ...]
    turned: int
    rows: tuple[TurnedRow, ...]


def rehearse_policy_past(store: Store, text: str, period: Period) -> Hindsight:
    """Say what a policy would have made of a past period, its ``[ranking]`` too.

    PolicyError if the text cannot be used, Refused while the period lasts.
    """
    policy = read_policy(text)
    with store.reading() as reader:
        check_units(policy, reader)
        days = days_of(reader, store.versions(reader)[1])
        return _looked_back(store, reader, NewRules(days, policy), period)


def rehearse_calendar_past(store: Store, days: CalendarDays, period: Period) -> Hindsight:
    """Say what a calendar would have made of a past period; Refused while the period lasts."""
    with store.reading() as reader:
        return _looked_back(store, reader, NewRules(days), period)


@uncollected()
def _looked_back(store: Store, source: Reader, rules: NewRules, period: Period) -> Hindsight:
    now = store.now()
    if period.to_at > now:
        raise Refused(f"{period.label}还没有结束：请写已经结束的一期，例如 last")
    told = _Told(period)
    for one, made in _outcomes(source, rules, period):
        told.note(one, made)
    old, new = store.policy, rules.policy or store.policy
    versions = store.versions(source)
    was = computed(source, period, old, versions, now)
    would = computed(source, period, new, versions, now, told.moved())
    return Hindsight(
        period,
        told.steps(),
        units_then(was.rows, would.rows, grouped=(old.ranking.groups, new.ranking.groups)),
        len(told.turned),
        _rows(source, told.turned),
    )


@dataclass(frozen=True, slots=True)
class _Ended(Ended):
    """How a stored clock ended, with its due instants as at the end of the period."""

    id: int
    ticket_id: int
    due_at: datetime
    original_due_at: datetime


_ENDED = Query(
    _Ended,
    f"""
WITH {LATER}
SELECT d.id, d.step, d.ticket_id, d.stopped_at, d.original_due_at,
       CASE WHEN d.step = 'close' THEN r.lead_unit_id ELSE d.unit_id END AS unit_id,
       CASE WHEN d.step = 'close' THEN r.closed_at ELSE d.stopped_at END AS ended_at,
       CASE WHEN d.step = 'close' THEN coalesce(l.due_at, d.due_at) ELSE d.due_at END AS due_at
FROM deadline d JOIN round r ON r.id = d.round_id LEFT JOIN later l ON l.id = d.id
WHERE {DUE_THEN}
  AND CASE WHEN d.step = 'close' THEN r.lead_unit_id ELSE d.unit_id END IS NOT NULL
  AND (d.step = 'close' OR d.id NOT IN ({CLOCKS_WITH_A_LEAD}))
  AND (d.step <> 'close' OR d.id NOT IN ({PAUSED}) AND r.id NOT IN ({WITH_A_LEAD}))
""",
)


@dataclass(frozen=True, slots=True)
class _Led:
    """A clock that may make that of its lead for the same step due sooner."""

    id: int
    lead_id: int
    joined_at: datetime


_LED = Query(_Led, LED_CLOCKS)

_Leads = dict[tuple[int | None, str], list[tuple[datetime, Remade]]]
"""By ticket and step: since when others went with it, and their clocks as they come out."""


def _outcomes(
    source: Source, rules: NewRules, period: Period
) -> Iterator[tuple[_Ended, Remade | None]]:
    """Give the clocks that are of the period by the old rules or may be by the new.

    Beside each what the new rules make of it; None where they would not have set it.
    """
    counting = Counting(source, rules)
    since, last = _reach(source, rules, counting.sweeping, period)
    leads = _leads(source, counting, period)
    while since < last:
        until = min(since + SLICE, last)
        asked = {"steps": list(STEPS), "since": since, "until": until, "end_at": period.to_at}
        ended = {one.id: one for one in source.read(_ENDED, to_at=period.to_at, **asked)}
        clocks, book = clocks_due(source, STEPS, since, until, period.to_at)
        for running in clocks:
            one = ended.get(running.id)
            if one is not None:
                yield one, _with(_remade(counting, running, book, one), one, leads)
        since = until


def _remade(
    counting: Counting, running: RunningClock, book: Ledger, one: _Ended | None = None
) -> Remade | None:
    if not running.bound:
        return counting.again(running, book.course(running))
    if one is None:
        return Remade(running.clock, running.original_due_at)
    return Remade(replace(running.clock, due_at=one.due_at), one.original_due_at)


def _leads(source: Source, counting: Counting, period: Period) -> _Leads:
    led = {one.id: one for one in source.read(_LED, to_at=period.to_at)}
    found: _Leads = defaultdict(list)
    if led:
        clocks, book = clocks_of_ids(source, led, period.to_at)
        for running in clocks:
            made = _remade(counting, running, book)
            if made is not None:
                one = led[running.id]
                found[one.lead_id, running.step].append((one.joined_at, made))
    return found


def _with(made: Remade | None, one: _Ended, leads: _Leads) -> Remade | None:
    """Return a lead's clock as it ends with the first of those that went with it."""
    others = [
        other
        for joined_at, other in leads.get((one.ticket_id, one.step), ())
        if one.stopped_at is None or one.stopped_at >= joined_at
    ]
    return sooner(made, others) if made is not None and others else made


_POLICIES = "SELECT text FROM policy"


def _reach(
    source: Source, rules: NewRules, keeper: Timekeeper, period: Period
) -> tuple[datetime, datetime]:
    """Return between which due instants those are that the new rules may move into the period.

    None moves farther than the longest limit of any policy, and what a calendar adds.
    """
    policies = [read_policy(str(text)) for (text,) in source.rows(_POLICIES)]
    policies += [rules.policy] if rules.policy is not None else []
    texts = {e.limit(step) or "none" for p in policies for e in p.limits for step in STEPS}
    longest = max(
        keeper.timed("close", text, period.from_at).due_at - period.from_at
        for text in {"1d", *texts} - {"none"}
    )
    return period.from_at - longest - SLACK, period.to_at + longest + SLACK


class _Told:
    """What is told of a period, counted clock by clock."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._counts: Counter[tuple[int, str, str | None, str | None]] = Counter()
        self._unset: Counter[str] = Counter()
        self.turned: list[tuple[_Ended, Remade, bool]] = []

    def note(self, one: _Ended, made: Remade | None) -> None:
        """Count one clock by the old rules and by the new."""
        before = fate(self._period, one, one.due_at, one.original_due_at)
        after = None
        if made is not None:
            after = fate(self._period, one, made.clock.due_at, made.original_due_at)
        if before is None and after is None:
            return
        self._counts[one.unit_id, one.step, before, after] += 1
        if made is None:
            self._unset[one.step] += 1
        elif None not in (pair := (is_late(before), is_late(after))) and pair[0] != pair[1]:
            self.turned.append((one, made, bool(pair[1])))

    def moved(self) -> dict[int, Tally]:
        """Return what the new rules would add to the counts of units, by unit id."""
        found: dict[int, Tally] = defaultdict(Tally)
        for (unit_id, step, before, after), n in self._counts.items():
            found[unit_id] += (counted(step, after) - counted(step, before)) * n
        return found

    def steps(self) -> tuple[StepThen, ...]:
        """Return the sums of each step."""
        return tuple(self._step(step) for step in STEPS)

    def _step(self, step: str) -> StepThen:
        told: Counter[str] = Counter(unset=self._unset[step])
        for (_, of, *fates), n in self._counts.items():
            if of != step:
                continue
            before, after = map(is_late, fates)
            told["due_before"] += n * (before is not None)
            told["due_after"] += n * (after is not None)
            told["late_before"] += n * bool(before)
            told["late_after"] += n * bool(after)
            told["turned_late"] += n * (before is False and after is True)
            told["turned_kept"] += n * (before is True and after is False)
        return StepThen(step, **told)


def _rows(source: Source, turned: Sequence[tuple[_Ended, Remade, bool]]) -> tuple[TurnedRow, ...]:
    """Return examples of what turned: those that would be late first, then by due instant."""
    shown = sorted(turned, key=lambda t: (not t[2], STEPS.index(t[0].step), t[0].due_at, t[0].id))
    shown = shown[:SAMPLE]
    named = named_subjects(source, {("ticket", one.ticket_id) for one, *_ in shown})
    units = unit_names(source, [one.unit_id for one, *_ in shown])
    return tuple(
        TurnedRow(
            one.ticket_id,
            *named["ticket", one.ticket_id],
            units[one.unit_id],
            one.step,
            made.clock.limit_text,
            one.due_at,
            made.clock.due_at,
            one.stopped_at,
            late,
        )
        for one, made, late in shown
    )
