"""Every claim an order prints equals a slow reading of the trail, over 5,000 random matters."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from rules.clocks import chinese_day
from rules.orders import (
    Act,
    Facts,
    Given,
    Handling,
    Told,
    cause_of,
    order_statements,
    replay,
    title_of,
    true_words,
)
from rules.orders.causes import HOLDS
from rules.orders.sentences import STANDING
from rules.paper import paragraphs
from tests.rules.orders.histories import BEGUN, Slow, history, slowly, standing

ZONE = ZoneInfo("Asia/Shanghai")

MATTERS = 5000

SEED = 20261126


@dataclass(frozen=True)
class Matter:
    """One random appeal: its trail, what is told of it as of an instant, and the slow reading."""

    events: list[Told]
    facts: Facts
    slow: Slow


@cache
def matters() -> tuple[Matter, ...]:
    """Return random appeals that had come in by the instant they are told of."""
    draw = random.Random(SEED)
    found: list[Matter] = []
    while len(found) < MATTERS:
        events = history(draw)
        at = draw.choice(events).at + timedelta(minutes=draw.choice((0, 0, 1, 5000)))
        rounds, slow = replay(events, at), slowly(events, at)
        assert bool(rounds) == (slow is not None)
        if slow is not None:
            found.append(Matter(events, _facts(draw, len(found), rounds, at), slow))
    return tuple(found)


def _facts(draw: random.Random, n: int, rounds: tuple[Handling, ...], at: datetime) -> Facts:
    """Return the facts of a replay, with a due date and ratings at random."""
    now = rounds[-1]
    due = draw.choice((None, BEGUN + timedelta(minutes=draw.randrange(40000))))
    result = Given(at, (), draw.choice(("满意", "不满意")))
    return Facts(
        ticket_id=n,
        number=f"T{n}",
        title="停水",
        channel="信箱",
        at=at.astimezone(ZONE),
        received=_here(rounds[0].opened),
        round=now.n,
        lead="" if now.lead is None else f"单位{now.lead}",
        dispatched=_here(now.dispatched) if now.dispatched else None,
        handed=_here(now.handed) if now.handed else None,
        answered=_here(now.answered) if now.answered else None,
        sent_back=tuple(map(_here, now.sent_back)),
        replies=tuple(_here(act) for one in rounds for act in one.replies),
        paused=replace(now.paused, at=now.paused.at.astimezone(ZONE)) if now.paused else None,
        closed=Given(now.closed.at.astimezone(ZONE), now.closed.events) if now.closed else None,
        due_at=due.astimezone(ZONE) if due and now.dispatched else None,
        remaining="超期1天",
        result=draw.choice((None, result)) if now.closed else None,
    )


def _here(act: Act) -> Act:
    return Act(act.at.astimezone(ZONE), act.events)


def kept(matter: Matter) -> bool:
    """Return whether the unit kept its limit so far, as the slow reading finds."""
    slow, due = matter.slow, matter.facts.due_at
    ended = [at for at in (slow.answered, slow.closed) if at is not None]
    counted = min(ended) if ended else (slow.paused or matter.facts.at)
    return due is None or counted <= due


def stood(matter: Matter) -> str:
    """Return how an appeal stood, as the slow reading finds."""
    slow, late = matter.slow, "" if kept(matter) else "-late"
    if slow.closed is not None:
        return f"closed{late}"
    if slow.answered is not None:
        return f"awaiting{late}"
    if slow.paused is not None:
        return "supplementing" if slow.asked else "paused"
    if slow.lead is None:
        return "waiting"
    if matter.facts.due_at is None:
        return "unlimited"
    return "overdue" if late else "running"


WORDS = {
    "overdue": "尚未办结，超期",
    "running": "尚未办结，在办理时限内",
    "unlimited": "尚未办结。",
    "paused": "起经批准挂起",
    "supplementing": "起等待诉求人补正",
    "waiting": "退回我部待派",
    "awaiting": "未超过办结时限，答复待我部审核",
    "awaiting-late": "超期1天，答复待我部审核",
}
"""What is printed of an appeal that stands so, and of no other."""


def test_each_claim_on_one_matter_is_what_the_trail_tells() -> None:
    seen: Counter[str] = Counter()
    for one in matters():
        told = order_statements([one.facts], one.facts.at, "我部")
        text, state, slow = "".join(paragraphs(told, "事实")), stood(one), one.slow
        seen[state] += 1
        assert [s.claim for s in told if s.claim in STANDING] == [state], text
        for name, words in WORDS.items():
            no_due = state.startswith("awaiting") and one.facts.due_at is None
            assert (words in text) == (name == state and not no_due), (name, state, text)
        assert ("办结，超期" in text or "答复，超期" in text or "尚未办结，超期" in text) == (
            not kept(one) and state not in ("paused", "supplementing", "waiting")
        ), (state, text)
        if slow.closed is not None:
            assert f"于{_day(slow.closed, one)}" in text and "办结" in text
        if slow.answered is not None and (slow.closed is None or slow.answered < slow.closed):
            assert f"于{_day(slow.answered, one)}{slow.answered.astimezone(ZONE):%H:%M}答复" in text
        assert ("尚未答复" in text) == (slow.replies == 0 and slow.closed is None)
        counted = re.search(r"先后答复(\d+)次(?:，其中(\d+)次被退回)?", text)
        if counted:
            assert (int(counted[1]), int(counted[2] or 0)) == (slow.replies, slow.sent_back)
        else:
            assert slow.replies < 2 and not slow.sent_back
        assert (f"先后办理{slow.round}轮" in text) == (slow.round > 1)
    assert set(seen) == set(STANDING) and min(seen.values()) > 20, seen


def _day(at: datetime, one: Matter) -> str:
    return chinese_day(at.astimezone(ZONE).date(), one.facts.at.date())


def test_what_is_counted_of_several_is_how_many_there_are() -> None:
    draw, given = random.Random(SEED), matters()
    for _ in range(MATTERS // 10):
        some = draw.sample(given, draw.randrange(2, 9))
        facts, at = [one.facts for one in some], max(one.facts.at for one in some)
        text = "".join(paragraphs(order_statements(facts, at, "我部"), "事实"))
        stands = Counter(map(stood, some))
        for state, words in STANDING.items():
            there = stands.get(state, 0)
            told = re.search(rf"(?:[，：]|\d){words}(\d+)件", text)
            everyone = f"均{words}" in text
            assert everyone == (there == len(some)), text
            assert everyone or (int(told[1]) if told else 0) == there, (state, text)
        unsatisfied = sum(one.facts.unsatisfied for one in some)
        assert (f"评价不满意{unsatisfied}件" in text) == (unsatisfied > 0)


def test_a_title_claims_what_holds_of_all() -> None:
    draw, given = random.Random(SEED), matters()
    causes: Counter[str] = Counter()
    for _ in range(MATTERS // 10):
        some = [one.facts for one in draw.sample(given, draw.choice((1, 1, 2, 3)))]
        cause = cause_of(some)
        title = title_of(some, cause, "督办单")
        causes[cause] += 1
        assert true_words(title, some) and true_words(cause, some), title
        for word, claim in HOLDS.items():
            assert (word in title) <= all(map(claim, some)), title
        wrong = [word for word, claim in HOLDS.items() if not all(map(claim, some))]
        assert not any(true_words(f"关于{len(some)}件诉求{word}的督办单", some) for word in wrong)
    assert {"逾期未办结", "逾期办理", "群众不满意", "办理情况"} <= set(causes), causes


def test_a_sentence_rests_on_events_that_stand_and_had_happened() -> None:
    for one in matters()[: MATTERS // 5]:
        left = {event.seq: event for event in standing(one.events)}
        for said in order_statements([one.facts], one.facts.at, "我部"):
            if said.claim != "rated":
                assert said.events, said
            corrected = any(left[seq].verb == "correct" for seq in said.events)
            assert corrected or all(left[seq].at <= one.facts.at for seq in said.events), said
