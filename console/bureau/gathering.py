"""What the screens of units read; each call blocks."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console import casework
from console.bureau.columns import UnitRow
from console.bureau.handout_book import write_handouts
from console.casework import Chosen
from console.frame import Session, exports_dir
from models import ranking, views
from rules.casework import listed_title
from rules.clocks import STEP_NAMES
from rules.ranking import parse_period

if TYPE_CHECKING:
    from models.ranking import UnitPeriod, UnitPlace, UnitPlaces
    from models.store import Reader
    from models.views import (
        ComingRed,
        QueueMoment,
        QueueRow,
        UnitContact,
        UnitDone,
        UnitNow,
        UnsatisfiedRow,
    )
    from rules.bureau import Policy
    from rules.clocks import Timekeeper
    from rules.text import Masking

WEEKS = 12
"""Weeks of the plots."""

RATED = ("result_satisfied", "result_basic", "result_unsatisfied")

VERIFIED = ("verified_satisfied", "verified_basic", "verified_unsatisfied")

BEHIND = {
    "due": ("on_time", "after_extension", "late", "open"),
    "late": ("late", "open"),
    "rated": RATED,
    "unsatisfied": ("result_unsatisfied",),
    "verified": VERIFIED,
    "rerated": ("rerated",),
    "excluded": ("excluded",),
}
"""The counts of a period's tally that a number of the page stands for."""

BEHIND_WORDS = {
    "due": "应办结",
    "late": "逾期",
    "rated": "群众评价",
    "unsatisfied": "不满意件",
    "verified": "核实后群众评价",
    "rerated": "群众改评",
    "excluded": "剔除",
}
"""What such a number is called where it is opened."""


def read_units(session: Session) -> tuple[QueueMoment, dict[int, UnitRow]]:
    """Return every unit in force with what it has in hand, by id, and as at which moment."""
    store = session.store
    moment = views.queue_moment(store.timekeeper(), store.now())
    with session.reading("units") as reader:
        loads = views.unit_loads(reader, moment)
        contacts = views.unit_contacts(reader)
    rows = {one.id: UnitRow(one, loads.get(one.id) or views.UnitLoad(one.id)) for one in contacts}
    return moment, rows


def read_last_week(session: Session) -> Mapping[int, UnitPlace]:
    """Return where every unit stood in the last complete week."""
    return ranking.week_places(session.store)


def read_coming(session: Session, moment: QueueMoment) -> dict[int, list[ComingRed]]:
    """Return what turns red by the end of the next working day, by unit."""
    with session.reading("coming") as reader:
        return views.coming_reds(reader, moment)


def to_urge(rows: list[UnitRow]) -> list[Chosen]:
    """Return what of some units turns red next and is theirs to answer for, as it was seen."""
    return [
        Chosen(one.ticket_id, one.version, one.number, row.contact.short_name)
        for row in rows
        for one in row.coming
        if one.led
    ]


@dataclass(frozen=True, slots=True)
class Matter:
    """One running matter in words, as at one moment; ``ticket_id`` is None of a paper."""

    ticket_id: int | None
    number: str
    title: str
    step: str
    step_name: str
    colour: str | None
    remaining: str
    due_at: datetime


def matter_of(row: QueueRow, keeper: Timekeeper, now: datetime, masking: Masking) -> Matter:
    """Return a matter in words, its citizen as ``masking`` shows them."""
    return Matter(
        ticket_id=row.ticket_id,
        number=row.number,
        title=title_of(row, masking),
        step=row.step,
        step_name=STEP_NAMES.get(row.step, row.step),
        colour=keeper.colour(row.blue_at, row.yellow_at, row.red_at, now),
        remaining=keeper.remaining(row.limit_text, row.due_at, now),
        due_at=row.due_at,
    )


def title_of(row: QueueRow | UnsatisfiedRow, masking: Masking) -> str:
    """Return what a list calls an appeal."""
    return masking.about(row).text(listed_title(row.title, row.nature, row.confidential))


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as at a moment, and the rules by which it is shown."""

    moment: QueueMoment
    now: UnitNow
    keeper: Timekeeper
    policy: Policy


def read_standing(session: Session, unit_id: int) -> Standing:
    """Return how a unit stands; ``DubanError`` if there is none."""
    store = session.store
    keeper, policy = store.timekeeper(), store.policy
    moment = views.queue_moment(keeper, store.now())
    with session.reading("standing") as reader:
        return Standing(moment, views.unit_now(reader, unit_id, moment), keeper, policy)


def read_done(session: Session, unit_id: int) -> UnitDone:
    """Return what a unit closed of late."""
    store = session.store
    with session.reading("done") as reader:
        return views.unit_done(reader, unit_id, store.timekeeper(), store.now())


def read_weeks(session: Session, unit_id: int) -> list[UnitPeriod]:
    """Return the last weeks of a unit, the oldest first."""
    with session.reading("weeks") as reader:
        return ranking.unit_weeks(reader, session.store, unit_id, WEEKS)


def read_places(session: Session, unit_id: int) -> UnitPlaces:
    """Return where a unit stood in weeks and months."""
    return ranking.unit_places(session.store, unit_id)


Given = Callable[["Reader"], "array[int]"]
"""Finds the matters behind a number, in a worker."""


def of_tickets(ticket_ids: tuple[int, ...]) -> Given:
    """Return what finds the matters of known tickets."""
    return lambda reader: views.matter_ids(reader, ticket_ids)


def of_load(unit_id: int, moment: QueueMoment, kind: str, step: str | None = None) -> Given:
    """Return what finds the running matters that a count of the load stands for."""
    return lambda reader: views.load_ids(reader, unit_id, moment, kind, step)


def of_answered(unit_id: int) -> Given:
    """Return what finds the matters whose reply waits for the centre."""
    return lambda reader: views.answered_ids(reader, unit_id)


def of_reminder(reminder_id: int) -> Given:
    """Return what finds the matters of one reminder."""
    return lambda reader: views.reminded_ids(reader, reminder_id)


def of_period(session: Session, unit_id: int, key: str, what: str) -> Given:
    """Return what finds the matters behind a number of a week or a month."""
    period = parse_period(key, session.bureau.zone)

    def given(reader: Reader) -> array[int]:
        unrated = session.store.policy.ranking.unrated
        now = session.store.now()
        one = ranking.unit_periods(reader, unit_id, [period], unrated, now)[0]
        return views.matter_ids(reader, one.behind(*BEHIND[what]))

    return given


def day_lists(units: Sequence[UnitContact], session: Session) -> str:
    """Write what each unit was given today; say where it is, and who was given nothing."""
    store, folder = session.store, casework.handover_folder()
    day = store.timekeeper().local(store.now()).date()
    made = {unit.name: casework.write_day(store, unit.id, day, folder) for unit in units}
    files = sum(len(one.files) for one in made.values())
    empty = [name for name, one in made.items() if not one.files]
    withheld = sum(one.handed.withheld for one in made.values())
    told = [f"已制发{files // 2}个单位的当日交办清单，在 {folder}"] if files else []
    if empty:
        more = f"等{len(empty)}个单位" if len(empty) > 3 else ""
        told.append(f"{'、'.join(empty[:3])}{more}今天没有交办的在办件")
    if withheld:
        told.append(f"另有{withheld}件反映的正是该单位，没有列入")
    return "；".join(told)


def handouts(units: Sequence[UnitContact], session: Session) -> str:
    """Write the workbook of each unit; say where it is, and who has nothing in hand."""
    folder = exports_dir()
    made, files = write_handouts(session.store, [unit.id for unit in units], folder)
    withheld = sum(one.withheld for one in made)
    told = [f"已导出{len(files)}份单位办理表，在 {folder}"] if files else []
    if idle := len(units) - len(made):
        told.append(f"{idle}个单位没有在办的件")
    if withheld:
        told.append(f"另有{withheld}件反映的正是该单位，没有列入")
    return "；".join(told)
