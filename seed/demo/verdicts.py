"""核查 in the demo city: what became of its unsatisfied citizens, by whom and when.

Most reviews are decided within a day or two, as a real department decides them; the newest wait,
some calls found nobody at home, and of those whose clock ran out a few are left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from models import casework
from models.casework import Unsatisfied, unsatisfied_matters
from models.review import judge, plan_calls
from models.store import Store
from rules.casework import EXCLUSIONS
from rules.ranking import last_complete
from seed.demo.chance import Weighted, pick
from seed.demo.staff import OPERATORS, DemoOperator, at_work

CHEN, LIU, ZHOU = OPERATORS[0], OPERATORS[1], OPERATORS[2]

REVIEWERS = Weighted(((LIU, 5), (ZHOU, 3), (CHEN, 2)))

OLD, NEW = timedelta(days=30), timedelta(days=6)

RECENT = (timedelta(days=2), timedelta(days=12))

LATELY = (
    *("uphold",) * 14,
    *("excuse",) * 3,
    *("rerate",) * 3,
    *("unreached",) * 2,
    "exclude",
    "rework",
)
"""What every so many reviews come to."""

NEWEST = (
    *("uphold", "excuse", "uphold", "uphold"),
    *("rerate", "supervise", "unreached", "exclude", "unreached"),
)
"""The same of the last days, the last one first: here somebody waits for an answer."""

LONG_AGO = (*("uphold",) * 5, "excuse", *("rerate",) * 2, *("exclude",) * 4)
"""The same of those from before: what left the ranking is remembered longest."""

ORDERS = 3  # at most: they are rare

LEFT = {True: 0.8, False: 0.1}  # of last week's are undecided: of those late, of the others

CAUSES = Weighted(
    (("unsolved", 36), ("slow", 22), ("silent", 12), ("beside", 12), ("attitude", 8), (None, 10))
)

EXCUSED = (
    ("rules", "政策有明确规定，单位已当面解释并出示依据，诉求人不接受政策本身"),
    ("rules", "补偿标准由上级文件确定，单位无权变更，已书面答复"),
    ("hopes", "诉求人要求全额赔偿并书面道歉，超出单位职责，已告知司法途径"),
    ("mistake", "诉求人称对短信评价选项理解有误，但不愿改评"),
)

RERATED = (
    "评价以后单位又上门处理，现在已经解决，改评满意",
    "当时以为没有处理，后来看到已经修好了，愿意改评",
    "评价时点错了，对办理结果是认可的",
    "单位重新联系并解释清楚，对结果基本认可",
)

REWORKS = (
    "回访核实问题仍然存在，答复与现场不符，退回重办",
    "单位未联系诉求人即办结，退回重办并当面反馈",
    "只答复已转办，没有办理结果，退回重办",
)

SUPERVISED = "两次办理均未落实，诉求人意见强烈，转督办限期整改"

GIVEN_UP = "三次未接通，按原评价维持"

EVIDENCE = {
    "area": "诉求地点在鄂州市境内，附地图定位和属地政府确认函",
    "legal": "区人民法院已立案，附受理案件通知书",
    "unlawful": "要求保留违法建设，附责令限期拆除决定书",
    "secret": "涉及他人家庭隐私，公开办理将侵害第三人，附情况说明",
    "untrue": "现场三次核查未见所反映情况，附现场照片和社区证明",
    "beyond": "要求为其一户单独开设公交站点，附交通部门论证意见",
    "hearing": "街道已组织听证，结论为不予支持，附听证纪要",
    "malicious": "同一事项已办结并多次答复，仍重复投诉，附历次工单",
}

REFUSED = "证据不足以说明理由成立，退回核查"

DONE_AGAIN = "接退回意见后，我单位负责人带队重新到场处理，问题已解决，并当面向诉求人反馈。"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done of one matter at an instant, by somebody.

    ``do`` carries it out: verdicts are given by another function than the steps of a ticket.
    """

    at: datetime
    who: DemoOperator
    verb: str
    ticket: int
    said: dict[str, Any]
    do: Callable[..., object] = judge


def decide_reviews(store: Store, dice: Random) -> None:
    """Let the reviewers of the demo city do their work until now."""
    with store.reading() as reader:
        waiting = unsatisfied_matters(reader)
    desk = Desk(store, dice)
    acts = [act for one in waiting for act in desk.acts(one) if act.at <= store.now()]
    for at, who, verb, said, tickets, do in gathered(acts):
        with at_work(store, who):
            do(store, verb, tickets, at=at, **said)


def plan_last_week(store: Store, seed: int) -> None:
    """Plan the calls to citizens who rated in the last week; nobody has made them yet."""
    week = last_complete("week", store.now(), store.timekeeper().zone)
    with at_work(store, LIU):
        plan_calls(store, week, seed=seed)


def gathered(
    acts: Sequence[Act],
) -> list[tuple[datetime, DemoOperator, str, dict[str, Any], list[int], Callable[..., object]]]:
    """Return the acts in order of time; like verdicts of one person and half-day are one act."""
    together: dict[tuple[object, ...], list[Act]] = defaultdict(list)
    for n, act in enumerate(acts):
        half = (act.at.date(), act.at.hour // 5) if act.verb == "uphold" else n
        together[half, act.who, act.verb, tuple(sorted(act.said.items()))].append(act)
    found = [
        (
            max(one.at for one in same),
            same[0].who,
            same[0].verb,
            same[0].said,
            [one.ticket for one in same],
            same[0].do,
        )
        for same in together.values()
    ]
    return sorted(found, key=lambda each: each[0])


class Desk:
    """What each unsatisfied matter comes to."""

    def __init__(self, store: Store, dice: Random) -> None:
        keeper = store.timekeeper()
        self._add, self._local = keeper.calendar.add, keeper.local
        self._now, self._dice = store.now(), dice
        self._decks: dict[Sequence[str], list[str]] = defaultdict(list)
        self._orders = self._codes = 0

    def acts(self, one: Unsatisfied) -> list[Act]:
        """Return all that is done of a matter, whatever the present is."""
        at = self._later(one.opened_at, 2, 20)
        who = REVIEWERS.draw(self._dice.random)
        age = self._now - one.opened_at
        late = one.due_at is not None and one.due_at < self._now
        if RECENT[0] < age < RECENT[1] and self._dice.random() < LEFT[late]:
            return []
        verb = self._verdict(age)
        if one.confidential and verb in ("rerate", "unreached"):
            verb = "uphold"
        kind: Callable[[Unsatisfied, datetime, DemoOperator], list[Act]]
        kind = getattr(self, f"_{verb}")
        return kind(one, at, who)

    def _verdict(self, age: timedelta) -> str:
        """Return what the next review comes to."""
        comes_to = LONG_AGO if age > OLD else NEWEST if age < NEW else LATELY
        deck = self._decks[comes_to]
        if not deck:
            deck.extend(comes_to)
            if comes_to is not NEWEST:
                self._dice.shuffle(deck)
        verb = deck.pop()
        if verb == "supervise":
            self._orders += 1
            return verb if self._orders <= ORDERS else "uphold"
        return verb

    def _later(self, at: datetime, least: float, most: float) -> datetime:
        """Return an instant so many working hours later, when citizens may be called."""
        found = self._add(at, int(3600 * self._dice.uniform(least, most)))
        if self._local(found).hour == 13:
            return found + timedelta(minutes=35)
        return found

    def _pick(self, options: Sequence[Any]) -> Any:
        return pick(self._dice.random, options)

    def _uphold(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        cause = CAUSES.draw(self._dice.random)
        return [Act(at, who, "uphold", one.ticket_id, {"cause": cause})]

    def _excuse(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        cause, reason = self._pick(EXCUSED)
        return [Act(at, who, "excuse", one.ticket_id, {"cause": cause, "reason": reason})]

    def _rerate(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        result = "满意" if self._dice.random() < 0.6 else "基本满意"
        recording = f"LY{at:%y%m%d%H%M}{one.ticket_id % 1000:03d}"
        said = {"result": result, "text": self._pick(RERATED), "recording": recording}
        return [Act(at, who, "rerate", one.ticket_id, said)]

    def _unreached(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        """Return one to three calls that nobody answered, each on another half-day."""
        calls = [at]
        for _ in range(self._pick((0, 1, 1, 2))):
            calls.append(self._later(calls[-1], 4.2, 5))
        acts = [Act(call, who, "unreached", one.ticket_id, {}) for call in calls]
        if self._now - one.opened_at > NEW:
            end = self._later(calls[-1], 0.2, 1)
            acts.append(Act(end, who, "uphold", one.ticket_id, {"text": GIVEN_UP}))
        return acts

    def _rework(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        """Return the verdict and how the unit does it again."""
        ticket, done = one.ticket_id, self._later(at, 12, 26)
        again: tuple[tuple[str, datetime, dict[str, str]], ...] = (
            ("acknowledge", self._later(at, 0.5, 3), {}),
            ("contact", self._later(at, 4, 6), {}),
            ("reply", done, {"text": DONE_AGAIN, "outcome": "已解决"}),
            ("close", self._later(done, 0.5, 3), {}),
        )
        acts = [Act(at, who, "rework", ticket, {"reason": self._pick(REWORKS)})]
        acts += [Act(when, LIU, verb, ticket, said, casework.take) for verb, when, said in again]
        return acts

    def _supervise(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        return [Act(at, who, "supervise", one.ticket_id, {"reason": SUPERVISED})]

    def _exclude(self, one: Unsatisfied, at: datetime, who: DemoOperator) -> list[Act]:
        """Return the request and what another person decides; of the newest nothing yet."""
        code = list(EXCLUSIONS)[self._codes % len(EXCLUSIONS)]
        self._codes += 1
        ticket, second = one.ticket_id, CHEN if who is ZHOU else ZHOU
        acts = [Act(at, who, "exclude", ticket, {"code": code, "evidence": EVIDENCE[code]})]
        when = self._later(at, 1, 10)
        if self._now - one.opened_at < NEW:
            return acts
        if self._codes % 5:
            return [*acts, Act(when, second, "approve", ticket, {})]
        acts.append(Act(when, second, "refuse", ticket, {"decision": REFUSED}))
        return acts + self._uphold(one, self._later(when, 0.5, 4), who)
