"""Random but lawful hands: one leading clock per open matter, none stuck, the trail replays."""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from models import casework
from models.casework.undoing import redo, undo
from models.clocks.sweeping import sweep
from models.matter import load_matter, position
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.appeal import LIMITS_AFTER
from rules.casework.lawful import allowed_steps
from rules.casework.steps import STEPS as TABLE
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, SAID, THIRD, leading_is_right, take_up
from tests.models.cells import rows_of
from tests.models.clocks.derived import wrong_co_units

TICKETS = 3

BEGUN = wuhan("2026-11-16 09:00")

NATURES = ("投诉", "咨询", "求助")

LIMITS = tuple(LIMITS_AFTER)

WALKS = int(os.environ.get("DUBAN_WALKS", "12"))


class Hand:
    """Takes a step on a ticket as the table offers it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.units = [unit_id(store, name) for name in (UNIT, OTHER, THIRD)]

    def offered(self, ticket: int) -> list[str]:
        """Return the lawful steps of a ticket."""
        with self.store.reading() as reader:
            matter = load_matter(reader, ticket)
            stands = position(reader, matter, self.store.timekeeper(), self.store.now())
        return [step.verb for step in allowed_steps(stands)]

    def take(self, ticket: int, verb: str, n: int) -> None:
        """Take one step; ``n`` varies what it says."""
        unit = self.units[n % 3]
        said: dict[str, dict[str, Any]] = {
            "dispatch": {"unit_id": unit},
            "transfer": {"unit_id": unit},
            "dispatch_within": {"unit_id": unit, "limit_text": "15wd", "reason": "情况复杂"},
            "decline": {"reason": "已进入诉讼程序"},
            "ask_supplement": {"text": "身份证明"},
            "progress": {"text": "已到场"},
            "reply": {"text": SAID if n % 2 else "已收悉"},
            "close": {"outcome": "已解决"},
            "send_back": {"reason": "答非所问"},
            "ask_return": {"code": "duty"},
            "refuse_return": {"reason": "属其职责"},
            "arbitrate": {"unit_id": unit, "reason": "按三定方案"},
            "ask_extension": {"limit_text": "2wd", "reason": "需会商"},
            "refuse_extension": {"reason": "理由不足"},
            "ask_pause": {"reason": "送检"},
            "grant_pause": {"approval": "批准号041"},
            "refuse_pause": {"reason": "不需检测"},
            "ask_account": {
                "limit_text": "1mo",
                "reason": "待批复",
                "plan": "按月说明",
                "head": "王局长",
                "basis": "武水函3号",
            },
            "grant_account": {"leader": "李副市长"},
            "refuse_account": {"reason": "仍可办理"},
            "begin_account": {"text": "已电话告知"},
            "renew_account": {"leader": "李副市长", "limit_text": "1mo", "reason": "批复未到"},
            "end_account": {"reason": "批复已到"},
            "act_first": {"unit_id": unit, "reason": "群众急用"},
            "settle_owner": {"unit_id": unit, "reason": "会商议定"},
            "join": {"unit_id": unit},
            "rework": {"reason": "不满意"},
            "reopen": {"reason": "误办结"},
            "note": {"text": "市民来电"},
            "rate": {"result": ("不满意", "满意")[n % 2], "work_rating": "满意"},
            "callback": {"result": ("接通", "未接通")[n % 2], "text": "已经解决"},
            "instruct": {"leader": "王市长", "text": "请速办", "limit_text": "2wd"},
            "fulfil": {"reason": "已落实"},
            "accuse": {"unit_id": self.units[2]},
            "absolve": {"unit_id": self.units[2]},
            "amend": {"nature": NATURES[n % 3], "limits": LIMITS[n // 2 % 3], "reason": "登记有误"},
            "relimit": {"limits": LIMITS[n % 3], "reason": "登记有误"},
        }
        if verb == "assist":
            helper = column(
                self.store,
                """SELECT ru.unit_id FROM round_unit ru
                JOIN round r ON r.id = ru.round_id JOIN ticket t ON t.rounds = r.n
                AND t.id = r.ticket_id WHERE t.id = :t AND ru.replied_at IS NULL""",
                t=ticket,
            )
            casework.take(self.store, "assist", [ticket], unit_id=helper[0], text=SAID)
        else:
            casework.take(self.store, verb, [ticket], **said.get(verb, {}))


def replayed(store: Store) -> dict[int, tuple[int, str]]:
    """Return round number and state of each ticket as the trail alone tells them."""
    with store.reading() as reader:
        events = rows_of(
            reader,
            "SELECT seq, verb, subject_id, payload FROM event "
            "WHERE subject_kind = 'ticket' ORDER BY seq",
        )
    told: dict[int, tuple[int, str]] = {}
    before: dict[tuple[int, int], tuple[int, str]] = {}
    for seq, verb, ticket, payload in events:
        said, act = json.loads(payload), verb.removeprefix("ticket.")
        now = told.get(ticket, (1, "waiting"))
        before[ticket, seq] = now
        if act == "intake":
            now = (1, "dispatched" if "dispatched_at" in said else "waiting")
        elif act in ("undo", "redo"):
            first = min(s for t, s in before if t == ticket and s >= said["from"])
            now = before[ticket, first]
        elif act == "rework":
            now = (said["round"], "dispatched")
        elif act == "grant_return":
            now = (now[0], "waiting")
        elif act == "reopen":
            now = (now[0], said["state"])
        elif to := _TO.get(act):
            now = (now[0], to)
        told[ticket] = now
    return told


_TO = {
    "dispatch": "dispatched",
    "transfer": "dispatched",
    "acknowledge": "acknowledged",
    "accept": "acknowledged",
    "reply": "replied",
    "decline": "replied",
    "send_back": "acknowledged",
    "close": "closed",
}


class Walk(RuleBasedStateMachine):
    """Some appeals, and people who take lawful steps as time goes by."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="duban-walk-"))
        target = self.folder / "store.db"
        shutil.copyfile(self.template, target)
        target.chmod(0o600)
        self.clock = Clock(BEGUN)
        self.store = open_store(str(target), now=self.clock, first=_never, login="tester")
        taken(
            self.store,
            *numbered(
                appeal(f"A{n}", received_at=BEGUN, urgency=("一般", "特急", "紧急")[n])
                for n in range(TICKETS)
            ),
        )
        self.hand = Hand(self.store)

    @rule(ticket=st.integers(1, TICKETS), pick=st.integers(0, 99), n=st.integers(0, 5))
    def step(self, ticket: int, pick: int, n: int) -> None:
        offered = self.hand.offered(ticket)
        verb = offered[pick % len(offered)]
        try:
            self.hand.take(ticket, verb, n)
        except Refused as refusal:
            told = str(refusal)
            expected = (
                "另一个",
                "今天已",
                "另选",
                "晚于办结时限",
                "移送有权机关",
                "已确认",
                "同一时间已有一次评价",
                "没有写明改什么",
                "先退回答复",
                "先批",
                "先恢复",
            )
            assert any(word in told for word in expected), (verb, told)

    @rule(ticket=st.integers(1, TICKETS), nature=st.sampled_from(NATURES))
    def told_by_file(self, ticket: int, nature: str) -> None:
        urgency = ("一般", "特急", "紧急")[ticket - 1]
        told = appeal(f"A{ticket - 1}", received_at=BEGUN, urgency=urgency, nature=nature)
        taken(self.store, told, digest=f"{nature}{self.clock.now}")

    @rule(hours=st.sampled_from([1, 5, 20, 70]))
    def time_goes_by(self, hours: int) -> None:
        self.clock.travel(hours=hours)

    @rule()
    def swept(self) -> None:
        sweep(self.store)

    @rule()
    def think_better(self) -> None:
        try:
            undo(self.store)
        except Refused:
            return

    @rule()
    def think_again(self) -> None:
        try:
            redo(self.store)
        except Refused:
            return

    @invariant()
    def one_leads_each_open_matter(self) -> None:
        assert leading_is_right(self.store)

    @invariant()
    def co_units_follow_their_leads(self) -> None:
        assert wrong_co_units(self.store) == []

    @invariant()
    def nobody_is_stuck(self) -> None:
        for ticket in range(1, TICKETS + 1):
            steps = set(self.hand.offered(ticket))
            assert steps - {"note", "instruct", "fulfil", "urge", "accuse", "absolve"}, ticket

    def teardown(self) -> None:
        with self.store.reading() as reader:
            assert verify_trail(reader).ok
            rows = rows_of(
                reader,
                "SELECT t.id, r.n, r.state FROM ticket t JOIN round r "
                "ON r.ticket_id = t.id AND r.n = t.rounds",
            )
        told = replayed(self.store)
        assert {id: told.get(id, (1, "waiting")) for id, *_ in rows} == {
            id: (n, state) for id, n, state in rows
        }
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _never() -> Any:
    raise AssertionError("the store is there already")


def test_a_long_walk_takes_every_step_and_replays(store: Store, clock: Clock) -> None:
    """One hand with a fixed seed; the walk of issue 4's month, DUBAN_WALKS times as long."""
    clock.travel_to(BEGUN)
    take_up(store)
    channels = ("市长信箱", "城市留言板")
    taken(
        store,
        *numbered(appeal(f"A{n}", received_at=BEGUN, channel=channels[n % 2]) for n in range(8)),
    )
    hand, dice, done = Hand(store), random.Random(7), Counter[str]()
    for n in range(16 * WALKS):
        ticket = dice.randint(1, 8)
        offered = hand.offered(ticket)
        rare = min(done[verb] for verb in offered)
        verb = dice.choice([verb for verb in offered if done[verb] <= rare + 1])
        try:
            hand.take(ticket, verb, n)
        except Refused:
            continue
        done[verb] += 1
        clock.travel(minutes=dice.choice([0, 7, 90]))
        assert leading_is_right(store), verb
        assert wrong_co_units(store) == [], verb
        if n % 40 == 0:
            sweep(store)
        if n % 10 == 0:
            nature = dice.choice(NATURES)
            taken(store, appeal(f"A{ticket - 1}", received_at=BEGUN, nature=nature), digest=str(n))
    assert {step.verb for step in TABLE if step.kind == "ticket"} == done.keys()
    with store.reading() as reader:
        rows = rows_of(
            reader,
            "SELECT t.id, r.n, r.state FROM ticket t JOIN round r "
            "ON r.ticket_id = t.id AND r.n = t.rounds",
        )
        assert verify_trail(reader).ok
    assert replayed(store) == {id: (n, state) for id, n, state in rows}


def test_random_lawful_walks(sqlite_template: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    Walk.template = sqlite_template
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_undo_of_an_overdue_step_leaves_a_ticket_as_its_clocks(sqlite_template: Path) -> None:
    Walk.template = sqlite_template
    walk = Walk()
    walk.time_goes_by(hours=5)
    walk.step(n=0, pick=0, ticket=1)
    walk.think_better()
    walk.teardown()
