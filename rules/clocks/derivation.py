"""时限核算单: the line-by-line derivation of a due instant, for whoever asks "why then?"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rules.clocks.calendar import CalendarDays
from rules.clocks.counting import Row, counting, extending, hours
from rules.clocks.deadlines import Clock, Clockwork, pause_seconds, resumed_due
from rules.clocks.limits import STEP_NAMES, Limit, Terms, how_counted, start_name
from rules.clocks.precedence import Choice
from rules.clocks.timeline import instant_of, united
from rules.clocks.wording import exact_length, long_instant, short_instant
from rules.clocks.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Halt:
    """挂起 as the derivation tells it; ``to_at`` None is a pause that has not ended."""

    from_at: datetime
    to_at: datetime | None
    reason: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A granted 延期 as the derivation tells it, with when it was asked for and granted."""

    limit_text: str
    reason: str = ""
    asked_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """转派: the hand-over of a running matter to another unit; from which, where it is known."""

    at: datetime
    from_unit: str
    to_unit: str


@dataclass(frozen=True, slots=True)
class About:
    """Whose clock it is: the paper it belongs to, the round, the unit, the hand-overs since.

    ``kind`` is what the number is of (工单, 督办单); ``round`` is 0 where there is none. Of a
    co-unit it has the limit of its ``lead``, and its ``share`` of that in words. ``anew``: it began
    when the matter's tags were changed; ``begun`` is the act that started it, where not the usual
    one (受理决定); ``kept`` are tags changed since that left it as it was, by
    name, before and after.
    """

    kind: str
    number: str
    round: int = 0
    unit: str = ""
    moves: tuple[Move, ...] = ()
    lead: str = ""
    share: str = ""
    anew: bool = False
    begun: str = ""
    kept: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """The versions a clock was made under: of the bureau's policy and of the calendar."""

    policy: int
    calendar: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """The derivation of one clock.

    ``clock`` is the outcome after pauses and extensions. ``winner`` names the limit entry that
    applied, ``losers`` the fitting ones it beat; both are empty for a limit given in words.
    ``original_due_at`` is the due instant without extensions.
    """

    title: str
    clock: Clock
    original_due_at: datetime
    rows: tuple[Row, ...]
    winner: str = ""
    losers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The derivation as text, its columns aligned by display width."""
        first = max(_width(row.label) for row in self.rows)
        second = max((_width(row.name) for row in self.rows if row.detail), default=0)
        return (self.title, *(_line(row, first, second) for row in self.rows))


def _line(row: Row, first: int, second: int) -> str:
    name = _padded(row.name, second) if row.detail else row.name
    return f"{_padded(row.label, first)}  {name}  {row.detail}".rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def explain(
    clockwork: Clockwork,
    days: CalendarDays,
    clock: Clock,
    terms: Terms,
    choice: Choice | None,
    halts: Sequence[Halt],
    grants: Sequence[Grant],
    basis: Basis | None = None,
    cap: datetime | None = None,
    about: About | None = None,
) -> Derivation:
    """Explain a clock as it started, and what pauses and extensions then made of it."""
    calendar = clockwork.calendar
    rows = [*_whose(about), *_opening(calendar, clock, terms, choice, about)]
    rows += _basis(calendar, days, clock, terms, basis)
    rows += counting(calendar, terms, clock.started_at, clock.due_at)
    rows += _moves(calendar, clock, about)
    if halts:
        rows += _halted(clockwork, clock, terms.limit, halts)
        clock = clockwork.resumed(clock, terms, _ended(halts))
    original = clock.due_at
    for number, grant in enumerate(grants, 1):
        before, extension = clock.due_at, Limit.parse(grant.limit_text)
        clock = clockwork.extended(clock, terms, extension)
        rows.append(_granted(calendar, number, grant, extension))
        rows += extending(calendar, terms, extension, before, clock.due_at)
        rows.append(Row("延期至", _ending(calendar, clock.due_at)))
    if cap is not None and clock.due_at > cap:
        clock = clockwork.due_with(clock, terms, cap, provisional=clock.provisional)
        original = min(original, cap)
        rows.append(Row("不晚于主办", _ending(calendar, cap)))
    rows += _closing(calendar, clock, paused=any(halt.to_at is None for halt in halts))
    title = f"{STEP_NAMES.get(clock.step, clock.step)}时限核算单"
    losers = tuple(entry.title() for entry in choice.losers) if choice else ()
    winner = choice.winner.title() if choice else ""
    return Derivation(title, clock, original, tuple(rows), winner, losers)


def _whose(about: About | None) -> Iterator[Row]:
    if about is not None and about.number:
        told = f"第{about.round}轮" if about.round else ""
        yield Row(about.kind, about.number, " · ".join(filter(None, (told, about.unit))))


def _opening(
    calendar: WorkCalendar, clock: Clock, terms: Terms, choice: Choice | None, about: About | None
) -> Iterator[Row]:
    begun = long_instant(calendar.local(clock.started_at))
    limit = terms.limit
    said = f"时限 {limit.label} · {how_counted(limit)}"
    yield Row(_began(clock, about), begun, said)
    if about is not None and about.round > 1 and clock.step == "close":
        yield Row("重办", f"第{about.round}轮", "时限自本轮交办另行起算，上一轮的不接续")
    for name, before, after in about.kept if about is not None else ():
        yield Row("标签", f"{name} {before}", f"后来改为 {after} · 本时限不变")
    if about is not None and about.lead:
        yield Row("协办", f"主办时限 {about.lead}", about.share)
    if choice:
        others = "、".join(
            f"{entry.title()}（{entry.limit(clock.step)}）" for entry in choice.losers
        )
        yield Row("适用", choice.winner.title(), f"先于 {others}" if others else "")


def _began(clock: Clock, about: About | None) -> str:
    """What started the clock: a hand-over starts the new unit's own duties."""
    if about is not None and about.anew:
        return "时限变更"
    if about is not None and about.begun:
        return about.begun
    handed = about is not None and any(move.at == clock.started_at for move in about.moves)
    return "转派" if handed else start_name(clock.step)


def _basis(
    calendar: WorkCalendar, days: CalendarDays, clock: Clock, terms: Terms, basis: Basis | None
) -> Iterator[Row]:
    """Name the versions it was made under, and the notices that arrange the days it runs over."""
    published = calendar.office.published if terms.leans else None
    first, last = (calendar.local(each).date() for each in (clock.started_at, clock.due_at))
    notices = published.notices_of(first, last) if published is not None else ()
    if basis is not None:
        versions = f"规则第{basis.policy}版 日历第{basis.calendar}版"
        yield Row("依据", versions, days.source if terms.leans and not notices else "")
    for notice in notices:
        yield Row("放假安排", f"{notice.year}年", notice.title)


def _moves(calendar: WorkCalendar, clock: Clock, about: About | None) -> Iterator[Row]:
    """Tell of hand-overs while the clock ran: it runs on as it began."""
    for move in about.moves if about is not None else ():
        if move.at > clock.started_at:
            at = long_instant(calendar.local(move.at))
            moved = f"{move.from_unit} 转" if move.from_unit else "改由"
            yield Row("转派", at, f"{moved} {move.to_unit} · 时限接着走，不另起算")


def _ended(halts: Sequence[Halt]) -> list[tuple[datetime, datetime]]:
    return [(halt.from_at, halt.to_at) for halt in halts if halt.to_at is not None]


def _halted(
    clockwork: Clockwork, clock: Clock, limit: Limit, halts: Sequence[Halt]
) -> Iterator[Row]:
    """Tell each pause, what they come to together, and where that moves the due instant."""
    calendar, ended = clockwork.calendar, _ended(halts)
    for halt in halts:
        yield _halt(calendar, clock, limit, halt)
    held = pause_seconds(calendar, limit, clock.started_at, ended)
    if len(ended) > 1:
        yield from _together(calendar, clock, limit, ended, held)
    exact, due = (
        resumed_due(calendar, limit, clock.due_at, held, rounding=rounding)
        for rounding in ("exact", clockwork.rounding)
    )
    yield Row("未挂起时到期", _ending(calendar, clock.due_at))
    if held:
        yield from hours(calendar, limit.working, clock.due_at, exact)
        yield Row(f"顺延{exact_length(held)}", _ending(calendar, exact))
    if due != exact:
        yield Row("按日取整", _ending(calendar, due), "至当日下班")


def _together(
    calendar: WorkCalendar,
    clock: Clock,
    limit: Limit,
    ended: list[tuple[datetime, datetime]],
    held: int,
) -> Iterator[Row]:
    """Add pauses up, those that overlap as one stretch."""
    whole = [(instant_of(begin), instant_of(until)) for begin, until in united(ended)]
    if len(whole) < len(ended):
        for one in whole:
            own = pause_seconds(calendar, limit, clock.started_at, [one])
            since, until = (short_instant(calendar.local(each)) for each in one)
            told = exact_length(own) + _measure(limit)
            yield Row("合并", f"{since} 起", f"至 {until} · {told}")
    yield Row("挂起合计", exact_length(held) + _measure(limit), "重叠的只计一次")


def _halt(calendar: WorkCalendar, clock: Clock, limit: Limit, halt: Halt) -> Row:
    approval = f"批准：{halt.approval}" if halt.approval else ""
    begin = f"{short_instant(calendar.local(halt.from_at))} 起"
    if halt.to_at is None:
        said = [halt.reason, approval, "尚未恢复"]
    else:
        held = pause_seconds(calendar, limit, clock.started_at, _ended([halt]))
        measure = _measure(limit)
        until = f"至 {short_instant(calendar.local(halt.to_at))}"
        told = exact_length(held) + measure if held else f"无{measure}"
        said = [until, halt.reason, approval, told]
    return Row("挂起", begin, " · ".join(filter(None, said)))


def _measure(limit: Limit) -> str:
    return "办公时间" if limit.working else "连续时间"


def _granted(calendar: WorkCalendar, number: int, grant: Grant, extension: Limit) -> Row:
    said = (
        grant.reason,
        _when(calendar, grant.asked_at, "申请"),
        _when(calendar, grant.decided_at, "批准"),
        how_counted(extension).replace("次日起算", "自原到期次日起算"),
    )
    return Row(f"第{number}次延期", extension.label, " · ".join(filter(None, said)))


def _when(calendar: WorkCalendar, instant: datetime | None, act: str) -> str:
    return "" if instant is None else f"{short_instant(calendar.local(instant))} {act}"


def _closing(calendar: WorkCalendar, clock: Clock, *, paused: bool) -> Iterator[Row]:
    if clock.yellow_at < clock.red_at:
        yield Row("转黄", _ending(calendar, clock.yellow_at))
    if clock.red_at != clock.due_at:
        yield Row("转红", _ending(calendar, clock.red_at))
    notes = (
        "挂起中，恢复后顺延" if paused else "",
        f"暂定：{calendar.unsettled(clock.due_at)}" if clock.provisional else "",
    )
    yield Row("到期", _ending(calendar, clock.due_at), "；".join(filter(None, notes)))


def _ending(calendar: WorkCalendar, instant: datetime) -> str:
    return long_instant(calendar.local(instant), ends=True)
