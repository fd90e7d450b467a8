"""``duban units show NAME``: one unit as its page tells of it, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from console.bureau.gathering import WEEKS, Matter, matter_of, title_of
from console.command import Call, Fact, level_mark, say
from console.ranking import movement_words
from models.bureau import UnitDirectory
from models.orders import STATUSES
from models.ranking import unit_places, unit_weeks
from models.views import queue_moment, unit_done, unit_now
from rules.casework import PAPER_NAMES, RATINGS
from rules.clocks import STEP_NAMES
from rules.errors import DubanError
from rules.ranking import print_rate

if TYPE_CHECKING:
    from models.orders import OrderView
    from models.ranking import UnitPeriod, UnitPlace, UnitPlaces
    from models.views import CategoryTime, ReminderView, StepLoad, UnitDone, UnitNow, UnsatisfiedRow

TOTALS = ("red", "yellow", "blue", "late", "next")

CONTACT = ("code", "name", "short_name", "group", "liaison", "phone", "leader", "on_duty")


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told of a unit."""

    now: UnitNow
    late: tuple[Matter, ...]
    next: tuple[Matter, ...]
    done: UnitDone
    unsatisfied: tuple[tuple[UnsatisfiedRow, str], ...]
    weeks: tuple[tuple[UnitPeriod, Fraction], ...]
    places: UnitPlaces


STEP: tuple[Fact[StepLoad], ...] = (
    Fact("step", "步骤", shown=lambda one: STEP_NAMES.get(one.step, one.step)),
    Fact("red", "红", number=True),
    Fact("yellow", "黄", number=True),
    Fact("blue", "蓝", number=True),
    Fact("late", "超期", number=True),
    Fact("next", "下一工作日转红", number=True),
)

MATTER: tuple[Fact[Matter], ...] = (
    Fact("number", "编号"),
    Fact("title", "事项"),
    Fact("step", "步骤", shown=lambda one: one.step_name),
    Fact("colour", "颜色", shown=lambda one: level_mark(one.colour, 0)),
    Fact("", "余时", shown=lambda one: one.remaining),
    Fact("due_at", "到期"),
)

ORDER: tuple[Fact[OrderView], ...] = (
    Fact("id", "序号", number=True),
    Fact("kind", "文书", shown=lambda one: PAPER_NAMES[one.kind]),
    Fact("number", "文号", shown=lambda one: one.name),
    Fact("status", "状态", shown=lambda one: STATUSES[one.status]),
    Fact("due_at", "反馈期限"),
)

REMINDER: tuple[Fact[ReminderView], ...] = (
    Fact("at", "催办"),
    Fact("means", "方式", shown=lambda one: "电话" if one.means == "phone" else "文字"),
    Fact("answered_by", "接听"),
    Fact("promised", "答应"),
    Fact("matters", "件数", number=True),
)

WEEK: tuple[Fact[tuple[UnitPeriod, Fraction]], ...] = (
    Fact("period", "周", value=lambda pair: pair[0].period.key),
    Fact("published", "已发布", value=lambda pair: pair[0].published),
    Fact("due", "应办结", value=lambda pair: pair[0].tally.due, number=True),
    Fact(
        "late",
        "逾期",
        value=lambda pair: pair[0].tally.late + pair[0].tally.open,
        number=True,
    ),
    Fact(
        "on_time_rate",
        "按时办结率",
        value=lambda pair: _share(pair[0].tally.on_time_rate),
        shown=lambda pair: print_rate(pair[0].tally.on_time_rate),
        number=True,
    ),
    Fact("rated", "评价", value=lambda pair: pair[0].tally.rated, number=True),
    Fact("unsatisfied", "不满意件", value=lambda pair: pair[0].tally.unsatisfied, number=True),
    Fact(
        "result_rate",
        "群众满意率",
        value=lambda pair: _share(pair[0].tally.result_rate(pair[1])),
        shown=lambda pair: print_rate(pair[0].tally.result_rate(pair[1])),
        number=True,
    ),
    Fact(
        "verified_rate",
        "核实后",
        value=lambda pair: _share(pair[0].tally.verified_rate(pair[1])),
        shown=lambda pair: print_rate(pair[0].tally.verified_rate(pair[1])),
        number=True,
    ),
    Fact(
        "rerated",
        "改评",
        value=lambda pair: pair[0].tally.verified and pair[0].tally.rerated,
        number=True,
    ),
    Fact(
        "excluded",
        "剔除",
        value=lambda pair: pair[0].tally.verified and pair[0].tally.excluded,
        number=True,
    ),
)

PLACE: tuple[Fact[UnitPlace], ...] = (
    Fact("period", "期间", after=lambda one: "（预判）" if one.provisional else ""),
    Fact("place", "位次", value=lambda one: one.standing.place, number=True),
    Fact("of", "共", number=True),
    Fact(
        "movement",
        "升降",
        value=lambda one: one.standing.movement,
        shown=lambda one: movement_words(one.standing.movement),
    ),
    Fact("last", "末位"),
    Fact("provisional"),
)

UNSATISFIED: tuple[Fact[tuple[UnsatisfiedRow, str]], ...] = (
    Fact("number", "编号", value=lambda pair: pair[0].number),
    Fact("title", "事项", value=lambda pair: pair[1]),
    Fact("outcome", "办理结果", value=lambda pair: pair[0].outcome),
    Fact("rated_at", "评价", value=lambda pair: pair[0].rated_at),
)

CATEGORY: tuple[Fact[CategoryTime], ...] = (
    Fact("category", "类别"),
    Fact(
        "median_hours",
        "工作小时（中位数）",
        value=lambda one: round(one.seconds / 3600, 2),
        number=True,
    ),
    Fact("count", "件数", value=lambda one: len(one.ticket_ids), number=True),
)


def tell_unit(call: Call, word: str) -> None:
    """Answer with a unit of a name, an alias or a code; ``DubanError`` if there is none."""
    told = _told(call, word)
    call.answer(_object(call, told), lambda: _show(call, told))


def _told(call: Call, word: str) -> Told:
    store, keeper = call.store(), call.store().timekeeper()
    now, masking = store.now(), store.policy.privacy.on_screen
    with store.reading() as reader:
        unit_id = UnitDirectory(reader).find(word, keeper.local(now).date())
        if unit_id is None:
            raise DubanError(f"没有单位 {word}：请用 duban units show 查看名称、简称和代码")
        unit = unit_now(reader, unit_id, queue_moment(keeper, now), None)
        done = unit_done(reader, unit_id, keeper, now, None)
        weeks = unit_weeks(reader, store, unit_id, WEEKS)
    basic = Fraction(store.policy.ranking.basic_weight)
    return Told(
        now=unit,
        late=tuple(matter_of(row, keeper, now, masking) for row in unit.late),
        next=tuple(matter_of(row, keeper, now, masking) for row in unit.next),
        done=done,
        unsatisfied=tuple((row, title_of(row, masking)) for row in done.unsatisfied),
        weeks=tuple((week, basic) for week in weeks),
        places=unit_places(store, unit_id),
    )


def _object(call: Call, told: Told) -> dict[str, Any]:
    now, done, places = told.now, told.done, told.places
    return {
        **call.object(now.contact, *CONTACT),
        "counts": {
            **{name: now.total(name) for name in TOTALS},
            **call.object(now, "paused", "answered", "merged"),
        },
        "steps": call.objects(STEP, now.steps),
        "late": call.objects(MATTER, told.late),
        "next": call.objects(MATTER, told.next),
        "orders": call.objects(ORDER, now.orders),
        "reminders": call.objects(REMINDER, now.reminders),
        "weeks": call.objects(WEEK, told.weeks),
        "places": {
            "weeks": call.objects(PLACE, places.weeks),
            "months": call.objects(PLACE, places.months),
        },
        "last_running": 0 if places.run is None else len(places.run.months),
        "closed": len(done.closed) - len(done.merged),
        "tickets": len(done.closed),
        "result": {word: len(done.result[word]) for word in RATINGS},
        "work": {word: len(done.work[word]) for word in RATINGS},
        "unsatisfied": call.objects(UNSATISFIED, told.unsatisfied),
        "channels": {channel: len(ids) for channel, ids in done.channels.items()},
        "categories": call.objects(CATEGORY, done.categories),
    }


def _show(call: Call, told: Told) -> None:
    now, done, places = told.now, told.done, told.places
    contact = now.contact
    say(
        f"{contact.name}（{contact.short_name}） {contact.group} {contact.code}",
        f"联络员 {contact.answers or '未登记'}  电话 {contact.phone or '未登记'}"
        f"  分管领导 {contact.leader or '未登记'}",
        f"红{now.total('red')} 黄{now.total('yellow')} 蓝{now.total('blue')}"
        f" · 超期{now.total('late')} 下一工作日转红{now.total('next')}"
        f" 挂起{now.paused} 答复待审{now.answered}"
        + (f" · 另并入主件{now.merged}" if now.merged else ""),
    )
    call.table(STEP, now.steps)
    parts: tuple[tuple[str, Any, Any], ...] = (
        (f"超期未结 {now.total('late')}件", MATTER, told.late),
        (f"下一工作日转红 {now.total('next')}件", MATTER, told.next),
        ("未销号的督办文书", ORDER, now.orders),
        ("催办", REMINDER, now.reminders),
        ("每周", WEEK, told.weeks),
        ("周位次", PLACE, places.weeks),
        ("月位次", PLACE, places.months),
        (f"近90天办结 {len(done.closed)}件{_after(done)}，不满意", UNSATISFIED, told.unsatisfied),
        ("近90天办理用时（交办到办结）", CATEGORY, done.categories),
    )
    for title, facts, rows in parts:
        say("", title)
        call.table(facts, rows) if rows else say("没有")
    if places.run is not None:
        say("", f"连续末位 {len(places.run.months)}个月", *places.run.evidence)


def _after(done: UnitDone) -> str:
    """Return how many are left of what was closed where what is merged counts with its lead."""
    return f"（并单后{len(done.closed) - len(done.merged)}件）" if done.merged else ""


def _share(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)
