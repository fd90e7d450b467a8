"""A policy in sentences, entry by entry, so that whoever wrote it sees what it will be read as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from rules.bureau.policy import Policy
from rules.clocks import (
    ACTS,
    STEP_NAMES,
    UNITS,
    Limit,
    LimitEntry,
    OfficePolicy,
    Span,
    Tags,
    Week,
    choose,
    own_limit,
    start_name,
    start_words,
)
from rules.paper import RANK_NAMES

DONE = {
    "accept": "决定是否受理",
    "review": "核查",
    "instruction": "办理批示",
    "pledge": "兑现承诺",
    "cell": "办结网格自办事项",
    "respond": "在群内应答",
    "arrive": "到场",
    "inform": "在群内反馈结果",
    "visit_task": "完成走访任务",
    "account": "挂账到期前销账",
    "receipt": "签收督办单",
    "feedback": "反馈督办单",
}
"""What is done by the end of a step, where its own name does not say it."""

STEPS = (
    "dispatch",
    "accept",
    "acknowledge",
    "contact",
    "progress",
    "close",
    "judge",
    "review",
    "instruction",
    "pledge",
    "cell",
    "respond",
    "arrive",
    "inform",
    "visit_task",
    "account",
    "receipt",
    "feedback",
)
"""The steps of an entry in the order in which they are told."""

DUE_TIMES = {"close": "下班", "open": "上班", "same-time": "与起算同一钟点", "midnight": "24:00"}

_CALENDARS = {"cn": "法定节假日不计，调休上班的照计", "none": "只分周末与工作日，不计节假日"}

_ROUNDINGS = {"day": "挂起顺延后取整到当日下班", "exact": "挂起停多久顺延多久，不取整"}

_PAUSE_ENDS = {"resume": "期满自行恢复", "ask": "期满列入待办，由中心决定"}

NO_DEFAULT = "没有不带条件的办结时限：各条都不符合的诉求没有办结钟，不会转红，也不会算逾期"
"""What is to be said of a policy under which an appeal may have no limit at all."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What an entry says of one kind of appeal, or else the policy of its office, in sentences."""

    of: str
    sentences: tuple[str, ...]
    entry: bool = True

    @property
    def line(self) -> str:
        """The whole in one paragraph."""
        return f"{self.of}：{'；'.join(self.sentences) or '什么也没有写'}。"


def in_sentences(policy: Policy) -> tuple[Clause, ...]:
    """The office hours, how days are counted, and every entry of the limits in its order."""
    office = policy.office
    hours = [f"办公时间{_week(office.hours)}"]
    hours += [f"{one.first}至{one.last}为{_week(one.hours)}" for one in office.seasons]
    hours.append(_CALENDARS[office.calendar])
    counting = [
        _after_hours(office.after_hours, office.cutoff, office.cutoff_included),
        f"按工作日的，到期为末日{_due_time(office.due_time)}",
        _days_due(office.days_due_time),
        _ROUNDINGS[office.pause_rounding],
    ]
    return (
        Clause("办公", tuple(hours), entry=False),
        Clause("计时", tuple(counting), entry=False),
        *(Clause(whom(entry), tuple(_sentences(entry, office))) for entry in policy.limits),
    )


def missing_default(policy: Policy) -> str | None:
    """What is to be said where no entry limits the close of an ordinary appeal."""
    return None if choose(policy.limits, Tags(), "close") else NO_DEFAULT


def whom(entry: LimitEntry) -> str:
    """What an entry is for: ``特急投诉``, ``人民网渠道、第2轮起的诉求``, ``一般诉求``."""
    if not entry.keys():
        return "一般诉求（没有更窄的一条时）"
    urgency = "、".join(entry.urgency)
    noun = "、".join(entry.nature) or "诉求"
    marks = [mark.format("、".join(values)) for mark, values in _marks(entry) if values]
    if entry.round:
        marks.append(f"第{min(entry.round)}轮起")
    if not marks:
        return f"{urgency}{noun}"
    return f"{'、'.join(filter(None, (urgency, *marks)))}的{noun}"


def _marks(entry: LimitEntry) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "专题“{}”中", entry.campaign
    yield "{}类", entry.category
    yield "{}渠道", entry.channel
    yield "{}承办", entry.unit
    yield "网格{}内", entry.grid


def _sentences(entry: LimitEntry, office: OfficePolicy) -> Iterator[str]:
    said = [(_until(entry, step), step) for step in STEPS if entry.limit(step) is not None]
    for until, steps in groupby(said, key=lambda one: one[0]):
        yield until.format("、".join(DONE.get(s, STEP_NAMES[s]) for _, s in steps))
    for keys, tell in SAID:
        if not entry.model_fields_set.isdisjoint(keys) and (told := tell(entry, office)):
            yield told


def _until(entry: LimitEntry, step: str) -> str:
    """Within what time a step is to be done, with ``{}`` for what is done."""
    text = entry.limit(step)
    if text == "none":
        return "不设办结时限，交办即办结" if step == "close" else "不设{}时限"
    limit = Limit.read(text or "")
    if step == "progress":
        return f"每{limit.label}{{}}一次，直到答复"
    start, _, again = _start_of(entry, step).partition("，")
    return f"{_within(start, limit)}{{}}" + (f"（{again}）" if again else "")


def _start_of(entry: LimitEntry, step: str) -> str:
    """``受理决定``, or with what starts it again: ``交办，补正后重新起算``."""
    acts = entry.starts.get(step)
    return start_name(step) if acts is None else start_words(acts)


def _within(start: str, limit: Limit) -> str:
    """``交办次日起5个工作日内``."""
    if limit.same_day:
        return f"{start}当日"
    after = "次日起" if limit.by_days and limit.unit != "mo" else "后"
    return f"{start}{after}{limit.label}内"


def _starts(entry: LimitEntry, _: OfficePolicy) -> str:
    """What starts the clocks whose limits stand in other entries."""
    steps = [step for step in entry.starts if entry.limit(step) in (None, "none")]
    return "；".join(f"{STEP_NAMES[step]}从{_start_of(entry, step)}起算" for step in steps)


def _stops(entry: LimitEntry, _: OfficePolicy) -> str:
    told = (f"{STEP_NAMES[step]}到{ACTS[act]}为止" for step, act in entry.stops.items())
    return "；".join(told)


def _extension(entry: LimitEntry, _: OfficePolicy) -> str:
    if entry.extension == "none" or entry.extensions == 0:
        return "不得延期"
    told = ["可延期"]
    if entry.extension is not None:
        told.append(f"每次最长{_length(entry.extension)}")
    if entry.extensions is not None:
        told.append(f"至多{entry.extensions}次")
    if entry.extension_total is not None:
        total = entry.extension_total
        told.append("累计不限" if total == "none" else f"累计最长{_length(total)}")
    if entry.extension_by is not None:
        told.append(f"须{'、'.join(RANK_NAMES[rank] for rank in entry.extension_by)}批准")
    return "，".join(told)


def _return(entry: LimitEntry, _: OfficePolicy) -> str:
    if entry.returns == 0:
        return "不得退单"
    told = []
    if entry.returned is not None:
        within = _within("到单位", Limit.read(entry.returned)) if entry.returned != "none" else ""
        told.append(f"{within}可以退单" if within else "退单不限时间")
    if entry.returns is not None:
        told.append(f"一轮至多退单{entry.returns}次，再退由中心指定")
    return "，".join(told)


def _pause(entry: LimitEntry, _: OfficePolicy) -> str:
    if entry.pauses == 0:
        return "不得挂起"
    told = []
    if entry.pause is not None:
        told.append(
            "挂起不限长短" if entry.pause == "none" else f"每次挂起最长{_length(entry.pause)}"
        )
    if entry.pause_end is not None:
        told.append(_PAUSE_ENDS[entry.pause_end])
    if entry.pauses is not None:
        told.append(f"一轮至多挂起{entry.pauses}次")
    return "，".join(told)


def _own(entry: LimitEntry, _: OfficePolicy) -> str:
    if entry.own in (None, "none"):
        return "交办时不得另定时限"
    return f"交办时可以另定时限，最长{_length(entry.own)}，须写理由"


def _length(text: str | None) -> str:
    return Limit.read(text or "").label


def _assist(entry: LimitEntry, _: OfficePolicy) -> str:
    share = entry.assist or ""
    if own_limit(share):
        return f"协办时限{Limit.read(share).label}，不晚于主办"
    if share.endswith("%"):
        return f"协办时限为主办的{share}，不足一个的进为一个"
    less = Limit.read(share[1:])
    return f"协办比主办少{less.count}{UNITS[less.unit]}"


def _start(entry: LimitEntry, office: OfficePolicy) -> str:
    included = entry.cutoff_included
    return _after_hours(
        entry.after_hours or office.after_hours,
        entry.cutoff or office.cutoff,
        office.cutoff_included if included is None else included,
    )


def _due(entry: LimitEntry, office: OfficePolicy) -> str:
    return f"按工作日的，到期为末日{_due_time(entry.due_time or office.due_time)}"


def _roll(entry: LimitEntry, _: OfficePolicy) -> str:
    return f"按日、按月的末日遇休息日，{'顺延到次一工作日' if entry.roll else '不顺延'}"


def _yellow(entry: LimitEntry, _: OfficePolicy) -> str:
    leads = entry.yellow if isinstance(entry.yellow, dict) else {"": str(entry.yellow)}
    told = (f"{STEP_NAMES.get(step, '')}到期前{Limit.read(t).label}" for step, t in leads.items())
    return f"{'、'.join(told)}转黄"


SAID: tuple[tuple[tuple[str, ...], Callable[[LimitEntry, OfficePolicy], str]], ...] = (
    (("starts",), _starts),
    (("stops",), _stops),
    (("extension", "extensions", "extension_total", "extension_by"), _extension),
    (("returned", "returns"), _return),
    (("pause", "pauses", "pause_end"), _pause),
    (("own",), _own),
    (("assist",), _assist),
    (("after_hours", "cutoff", "cutoff_included"), _start),
    (("due_time",), _due),
    (("days_due_time",), lambda entry, _: _days_due(entry.days_due_time or "")),
    (("roll",), _roll),
    (("yellow",), _yellow),
)
"""What an entry says besides its limits: the keys that are told together, and how."""


def _after_hours(after_hours: str, cutoff: str, included: bool) -> str:
    if after_hours == "same-day":
        return "当日起算，不看钟点"
    edge = f"恰在{cutoff}的算当日" if included else f"恰在{cutoff}的也算次日"
    return f"{cutoff}以后或休息日起算的，视同次一工作日（{edge}）"


def _days_due(text: str) -> str:
    return f"按日、按月的，到末日{'与起点同一钟点' if text == 'same-time' else '24:00'}"


def _due_time(text: str) -> str:
    return DUE_TIMES.get(text, text)


def _week(week: Week) -> str:
    """``周一至周五09:00–12:00、13:30–17:30``."""
    found: list[str] = []
    for spans, group in groupby(enumerate(week), key=lambda one: one[1]):
        days = ["一二三四五六日"[place] for place, _ in group]
        run = f"周{days[0]}至周{days[-1]}" if len(days) > 1 else f"周{days[0]}"
        if spans:
            found.append(f"{run}{'、'.join(map(_span, spans))}")
    return "，".join(found)


def _span(span: Span) -> str:
    return "–".join(f"{at // 3600:02}:{at % 3600 // 60:02}" for at in span)
