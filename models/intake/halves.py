"""Half files: each row tells what has happened to a matter that it names by number alone.

What a row tells is done by the steps themselves, with their checks and their events; a row is taken
whole or refused whole. What is kept already is no news, so that the same file changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from models.casework import do_told, finish, refuse_beyond, reply_key, step_told
from models.clocks import clocks_of_matter, load_clocks
from models.intake.again import ERASED, Outcome
from models.intake.ratings import Ratings
from models.intake.reports import counts, keep_report
from models.intake.stamps import Stamps
from models.matter import Matter, load_matters
from models.merging import lead_of
from models.store import Query, Work
from rules.casework import HALF_NAMES, HalfRow, Step, Telling, rates, told_steps
from rules.clocks import Timekeeper
from rules.errors import DubanError, Refused

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Known:
    """A matter that a row names."""

    id: int
    number: str
    erased: bool


_NUMBERED = Query(
    _Known,
    """
SELECT id, number, erased_at IS NOT NULL AS erased FROM ticket WHERE number IN (:numbers)
""",
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """One act of a matter, in any of its rounds, as the store has it.

    ``words`` are a reply by its digest or the limit asked for, ``more`` an outcome or a reason;
    ``due_before`` is when the clock was due that more time was asked for. ``waits``: a unit reports
    it without evidence, and it is not taken as reported.
    """

    ticket_id: int
    verb: str
    at: datetime
    words: str | None = None
    more: str | None = None
    due_before: datetime | None = None
    waits: bool = False


_KEPT = Query(
    _Kept,
    """
SELECT ticket_id, 'acknowledge' AS verb, acknowledged_at AS at, CAST(NULL AS text) AS words,
       CAST(NULL AS text) AS more, CAST(NULL AS timestamptz) AS due_before, FALSE AS waits
FROM round WHERE ticket_id IN (:tickets) AND acknowledged_at IS NOT NULL
UNION ALL SELECT ticket_id, 'contact', contacted_at, NULL, NULL, NULL, FALSE
FROM round WHERE ticket_id IN (:tickets) AND contacted_at IS NOT NULL
UNION ALL SELECT ticket_id, 'close', closed_at, NULL, outcome, NULL, FALSE
FROM round WHERE ticket_id IN (:tickets) AND closed_at IS NOT NULL
UNION ALL SELECT r.ticket_id, 'reply', y.at, y.text_key, y.outcome, NULL, FALSE
FROM reply y JOIN round r ON r.id = y.round_id WHERE r.ticket_id IN (:tickets)
UNION ALL SELECT d.ticket_id, 'ask_extension', e.asked_at, e.limit_text, e.reason, e.due_before,
       FALSE
FROM extension e JOIN deadline d ON d.id = e.deadline_id WHERE d.ticket_id IN (:tickets)
UNION ALL SELECT ticket_id, verb, at, text_key, outcome, NULL, TRUE
FROM unit_report WHERE ticket_id IN (:tickets) AND evidence IS NULL
""",
)


@dataclass(frozen=True, slots=True)
class _News:
    """One thing that a row tells and the store does not know: the step, when, what is said.

    ``waits``: a unit reports it, and the centre must look first.
    """

    telling: Telling
    step: Step
    at: datetime
    said: dict[str, Any]
    waits: bool = False


@dataclass
class Halves:
    """The matters that one batch of half rows speaks of, and what is known of them."""

    work: Work
    known: dict[str, _Known]
    matters: dict[int, Matter]
    kept: dict[int, list[_Kept]]
    ratings: Ratings
    stamps: Stamps

    @classmethod
    def read(cls, work: Work, rows: Sequence[HalfRow]) -> Halves:
        """Read what the store holds of the matters of a batch."""
        numbers = sorted({row.number for row in rows if row.number})
        known = {one.number: one for one in work.read(_NUMBERED, numbers=numbers)}
        ids = [one.id for one in known.values()]
        matters = {m.ticket_id: m for m in load_matters(work, ids)}
        for matter in matters.values():
            work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
        kept: dict[int, list[_Kept]] = defaultdict(list)
        if any(telling for row in rows for telling in _told(row)):
            load_clocks(work, list(matters.values()))
            for one in work.read(_KEPT, tickets=ids):
                kept[one.ticket_id].append(one)
        stamps = Stamps.read(work, rows, matters)
        return cls(work, known, matters, kept, Ratings.read(work, matters), stamps)

    def take(self, row: HalfRow) -> Outcome:
        """Do what a row tells and is not known; say what became of it."""
        known = self.known.get(row.number or "")
        if known is None:
            return Outcome("rejected", f"库里没有工单 {row.number}：请核对工单编号")
        self.ratings.settle(known.id)
        matter = self.matters[known.id]
        try:
            after, news = self._news(row, matter, erased=known.erased)
            rated = self.ratings.news(row, after, erased=known.erased) if rates(row) else None
        except DubanError as refusal:
            return Outcome("rejected", str(refusal))
        if news:
            matter = self._do(row, matter, news)
        if any(one.waits for one in news):
            return Outcome("waiting")
        if rated is None or rated == (None, None):
            return Outcome("updated" if news else "unchanged")
        self.ratings.take(row, matter, rated)
        return Outcome("updated")

    def finish(self) -> None:
        """Write what is still to be written."""
        self.ratings.finish()

    def _news(self, row: HalfRow, matter: Matter, *, erased: bool) -> tuple[Matter, list[_News]]:
        """Return what a row tells that is not kept, and the matter as it would be then."""
        after, found = matter, list[_News]()
        for telling in told_steps(row):
            at = _moment(row, telling, after) or self.work.now
            said = telling.words(row)
            if self._is_kept(row, telling, at, matter):
                continue
            if erased:
                raise Refused(ERASED)
            if matter.merged_into is not None:
                raise Refused(self._merged(matter))
            self.stamps.require(row, matter)
            self._refuse_other(telling, at, after)
            step = step_told(self.work, after, telling.verb, at)
            if telling.verb == "ask_extension":
                said["limit_text"] = self._longer(after, said["limit_text"])
            elif telling.verb == "close" and not (row.outcome or after.awaiting_outcome):
                raise Refused(f"没有办理结果：请补上{HALF_NAMES['outcome']}")
            waits = not counts(self.work, row, at)
            found.append(_News(telling, step, at, said, waits))
            if not waits:
                after = _as_told(after, telling, at, row)
        return after, found

    def _do(self, row: HalfRow, matter: Matter, news: Sequence[_News]) -> Matter:
        """Do what was found lawful; keep what a unit reports where it waits or has evidence."""
        after = matter
        led = [m.ticket_id for m in self.matters.values() if m.merged_into == matter.ticket_id]
        for id in led:
            self.ratings.settle(id)
        for one in news:
            if row.reported:
                keep_report(self.work, matter, row, one.telling.verb, one.at, waits=one.waits)
            if not one.waits:
                after = do_told(self.work, after, one.step, one.at, **one.said)
            self.kept[matter.ticket_id].append(_kept_of(matter.ticket_id, one))
        self.matters[matter.ticket_id] = done = finish(self.work, matter, after)
        if led:
            self._read_again(led)
        return done

    def _read_again(self, ids: Sequence[int]) -> None:
        """Read what became of matters that a row about their lead was done on, too."""
        for matter in load_matters(self.work, ids):
            self.work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
            self.matters[matter.ticket_id], self.kept[matter.ticket_id] = matter, []
        for one in self.work.read(_KEPT, tickets=list(ids)):
            self.kept[one.ticket_id].append(one)

    def _merged(self, matter: Matter) -> str:
        """Return why nothing is done on what is merged into a lead."""
        lead = lead_of(self.work, matter.ticket_id)
        number = lead[1] if lead is not None else "主件"
        return f"此件已并入{number}，随主件一并办理：请填在{number}一行，或先拆分"

    def _is_kept(self, row: HalfRow, telling: Telling, at: datetime, matter: Matter) -> bool:
        """Return whether the store has what a row tells, in whatever round."""
        verb, keeper = telling.verb, self.work.timekeeper()
        for kept in self.kept[matter.ticket_id]:
            if kept.verb != verb or (kept.waits and row.evidence):
                continue
            if verb == "ask_extension":
                asked = row.extension == kept.words or _same_end(keeper, kept, row.extension)
                same = asked and row.extension_reason == kept.more
                if same and row.extension_asked_at in (None, kept.at):
                    return True
            elif _same_moment(row, telling, at, kept.at):
                same = verb != "reply" or kept.words == reply_key(row.reply or "")
                if same and (verb not in ("reply", "close") or row.outcome in (None, kept.more)):
                    return True
        return False

    def _refuse_other(self, telling: Telling, at: datetime, matter: Matter) -> None:
        """Refuse another time of what the round has already."""
        mine = getattr(matter, telling.when, None)
        if mine is not None and telling.verb in ("acknowledge", "contact", "close"):
            local = self.work.timekeeper().local(mine)
            name = HALF_NAMES[telling.when]
            raise Refused(f"已登记{name} {local:%Y-%m-%d %H:%M}，先前的不改：请核对{name}")

    def _longer(self, matter: Matter, text: str) -> str:
        """Return the limit asked for; one asked up to a date as its working days."""
        clocks = clocks_of_matter(self.work, matter)
        close = clocks.one("close")
        if close is None:
            raise Refused("没有办结时限可延：请核对规则")
        if _is_date(text):
            days = _days_to(self.work.timekeeper(), close.due_at, date.fromisoformat(text))
            if days is None:
                raise Refused(f"申请延至的{text}不是现到期之后的工作日：请改写日期或天数")
            text = f"{days}wd"
        refuse_beyond(clocks, matter, close, text)
        return text


def _told(row: HalfRow) -> Iterator[Telling]:
    try:
        yield from told_steps(row)
    except Refused:
        return


def _moment(row: HalfRow, telling: Telling, matter: Matter) -> datetime | None:
    """Return when a row says that something was done.

    A date alone, of the day of what came before it, is taken to have come with that.
    """
    name = telling.moment(row)
    at: datetime | None = getattr(row, name)
    if at is None or name not in row.date_only:
        return at
    before = [matter.dispatched_at, matter.handed_at, matter.acknowledged_at, matter.replied_at]
    later = [one for one in before if one is not None and at < one < at + _DAY]
    return max(later, default=at)


def _same_moment(row: HalfRow, telling: Telling, at: datetime, kept: datetime) -> bool:
    name = telling.moment(row)
    told: datetime | None = getattr(row, name)
    if told is not None and name in row.date_only:
        return told <= kept < told + _DAY
    return at == kept


def _as_told(matter: Matter, telling: Telling, at: datetime, row: HalfRow) -> Matter:
    """Return a matter as it stands after a step."""
    if telling.verb == "ask_extension":
        return matter
    changes: dict[str, Any] = {telling.when: at}
    if telling.verb == "reply":
        changes["first_replied_at"] = matter.first_replied_at or at
        matter = replace(matter, awaiting_outcome=row.outcome)
    return matter.with_round(changes)


def _kept_of(ticket_id: int, news: _News) -> _Kept:
    """Return an act as it is kept now."""
    said, verb = news.said, news.telling.verb
    words = reply_key(said["text"]) if verb == "reply" else said.get("limit_text")
    more = said.get("outcome") or said.get("reason")
    return _Kept(ticket_id, verb, news.at, words, more, waits=news.waits)


def _is_date(text: str) -> bool:
    return "-" in text


def _same_end(keeper: Timekeeper, kept: _Kept, text: str | None) -> bool:
    """Return whether time was asked for up to the date that a row names."""
    if text is None or not _is_date(text) or kept.due_before is None:
        return False
    return kept.words == f"{_days_to(keeper, kept.due_before, date.fromisoformat(text))}wd"


def _days_to(keeper: Timekeeper, due: datetime, day: date) -> int | None:
    """Return the working days from a due instant to a later working day, None to any other."""
    last = keeper.calendar.date_ending(due)
    if day <= last or not keeper.calendar.is_working(day):
        return None
    return keeper.calendar.days_between(last, day)
