"""A tag that changes after dispatch: the limit stays unless somebody decides otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models import views
from models.casework import take
from models.casework.undoing import undo
from models.clocks.derivations import ticket_derivations
from models.clocks.policies import load_policy
from models.clocks.sweeping import sweep
from models.intake.conflicts import take_theirs
from models.merging import merge
from models.orders.asof import facts_of
from models.store.store import Store
from models.store.verifying import verify_store
from models.views.desk import desk_rows
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.cells import rows_of
from tests.models.clocks.derived import wrong_co_units
from tests.models.clocks.test_policies import text_of
from tests.rules.clocks.adding import added_up

GIVEN: dict[str, Any] = {"unit": UNIT, "dispatched_at": wuhan("2026-11-12 09:00")}

WHY = "原登记为一般，实为特急"

CLOSE = """
SELECT limit_text, started_at, due_at, original_due_at, worst_colour FROM deadline
WHERE step = 'close' AND stopped_at IS NULL
"""

CONTACT = (
    "SELECT limit_text, started_at FROM deadline WHERE step = 'contact' AND stopped_at IS NULL"
)

CROSSED = """
SELECT c.level FROM crossing c JOIN deadline d ON d.id = c.deadline_id
WHERE d.step = 'close' AND c.annulled_at IS NULL ORDER BY c.at
"""

# five working days from Thursday 12 November: 13 16 17 18 19
STAYS = ("5wd", wuhan("2026-11-12 09:00"), wuhan("2026-11-19 17:30"))


def late(store: Store, clock: Clock, **changes: Any) -> None:
    """Let a complaint be a day late: handed over on the 12th, due on the 19th, now the 20th."""
    clock.travel_to("2026-11-20 10:00")
    taken(store, appeal(received_at=wuhan("2026-11-12 08:50"), **GIVEN, **changes))
    sweep(store)


def amended_by_file(store: Store, **changes: Any) -> None:
    told = appeal(received_at=wuhan("2026-11-12 08:50"), **GIVEN, **changes)
    assert taken(store, told, digest=repr(changes)).updated == 1


def without_contact(store: Store, clock: Clock) -> None:
    """Let the policy ask for no contact where somebody only asks (咨询)."""
    clock.travel_to("2026-11-20 10:00")
    usual = 'nature = "咨询"\n'
    load_policy(store, text_of(store, (usual, f'{usual}contact = "none"\n')), "咨询不限首次联系")


def last(store: Store, verb: str) -> dict[str, Any]:
    """Return what the last event of a verb tells."""
    sql = "SELECT payload FROM event WHERE verb = :verb ORDER BY seq DESC LIMIT 1"
    return dict(json.loads(one(store, sql, verb=verb)[0]))


def waiting(store: Store) -> list[tuple[str, str]]:
    with store.reading() as reader:
        return [(row.number, row.said) for row in desk_rows(reader, "limit")]


def test_a_file_changes_the_tag_and_leaves_the_limit_to_the_desk(
    store: Store, clock: Clock
) -> None:
    late(store, clock)
    amended_by_file(store, urgency="特急")
    assert one(store, CLOSE)[:3] == STAYS
    assert column(store, CROSSED) == ["yellow", "red1"]
    assert waiting(store) == [("WH20261112-00001", "紧急程度 一般改为特急")]
    assert last(store, "ticket.amend")["limits"] == "wait"
    assert one(store, "SELECT DISTINCT urgency, pressing FROM deadline WHERE leads") == (
        "特急",
        True,
    )
    assert verify_store(store).ok


@pytest.mark.parametrize(
    ("limits", "close", "crossed"),
    [
        ("keep", STAYS, ["yellow", "red1"]),
        # 24 hours from the decision on Friday the 20th at 10:00; what was crossed before stands
        (
            "change",
            ("24h", wuhan("2026-11-20 10:00"), wuhan("2026-11-21 10:00")),
            ["yellow", "red1"],
        ),
        # 24 hours from the dispatch; all that the wrong limit crossed is annulled
        ("dispatch", ("24h", wuhan("2026-11-12 09:00"), wuhan("2026-11-13 09:00")), []),
    ],
)
def test_the_desk_decides_what_becomes_of_the_limit_and_an_undo_takes_it_back(
    sqlite_store: Store,
    clock: Clock,
    limits: str,
    close: tuple[Any, ...],
    crossed: list[str],
) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, urgency="特急")
    take(sqlite_store, "relimit", [1], limits=limits, reason=WHY)
    assert one(sqlite_store, CLOSE)[:3] == close
    assert column(sqlite_store, CROSSED) == crossed
    assert waiting(sqlite_store) == []
    told = last(sqlite_store, "ticket.relimit")
    assert (told["was"], told["now"]) == ({"urgency": "一般"}, {"urgency": "特急"})
    (handling,) = [clock for clock in told["clocks"] if clock["step"] == "close"]
    assert handling["due"] == sqlite_store.timekeeper().local(close[2]).isoformat()
    if limits != "keep":
        assert handling["before"] == "2026-11-19T17:30:00+08:00"
    undo(sqlite_store)
    assert one(sqlite_store, CLOSE)[:3] == STAYS
    assert column(sqlite_store, CROSSED) == ["yellow", "red1"]
    assert len(waiting(sqlite_store)) == 1
    assert verify_store(sqlite_store).ok


def test_a_person_amends_and_decides_at_once(store: Store, clock: Clock) -> None:
    late(store, clock)
    take(store, "amend", [1], urgency="特急", limits="change")
    assert one(store, CLOSE)[0] == "24h"
    assert waiting(store) == []
    told = last(store, "ticket.amend")
    assert (told["was"], told["limits"]) == ({"urgency": "一般"}, "change")
    sql = "SELECT limits, due_before FROM limit_change"
    assert one(store, sql) == ("change", wuhan("2026-11-19 17:30"))
    undo(store)
    assert one(store, "SELECT urgency FROM ticket") == ("一般",)
    assert one(store, "SELECT DISTINCT urgency FROM deadline WHERE leads") == ("一般",)
    assert one(store, CLOSE)[:3] == STAYS


def test_what_was_late_before_a_new_limit_stays_on_record(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock)
    take(sqlite_store, "amend", [1], urgency="特急", limits="change")
    assert one(sqlite_store, CLOSE)[4] == "red"
    take(sqlite_store, "close", [1], outcome="已解决")
    assert one(sqlite_store, "SELECT worst_colour FROM ticket") == ("red",)
    late_by = "SELECT stopped_at > due_at FROM deadline WHERE step = 'close'"
    assert not one(sqlite_store, late_by)[0]


def test_a_tag_that_gives_the_same_limit_asks_nothing(sqlite_store: Store, clock: Clock) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, nature="求助")
    assert waiting(sqlite_store) == []
    assert "limits" not in last(sqlite_store, "ticket.amend")


@pytest.mark.parametrize("limits", ["change", "dispatch"])
def test_whoever_chooses_a_new_limit_that_is_the_same_moves_nothing(
    sqlite_store: Store, clock: Clock, limits: str
) -> None:
    late(sqlite_store, clock)
    take(sqlite_store, "amend", [1], nature="求助", limits=limits, reason="登记有误")
    assert one(sqlite_store, CLOSE)[:3] == STAYS
    assert one(sqlite_store, "SELECT changed_at FROM deadline WHERE step = 'close'") == (None,)


def test_a_tag_that_comes_back_ends_the_question(sqlite_store: Store, clock: Clock) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, urgency="特急")
    amended_by_file(sqlite_store, urgency="一般")
    assert waiting(sqlite_store) == []
    assert one(sqlite_store, CLOSE)[:3] == STAYS


def test_a_second_change_by_file_renews_the_question(sqlite_store: Store, clock: Clock) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, urgency="特急")
    amended_by_file(sqlite_store, urgency="特急", nature="咨询")
    (asked,) = waiting(sqlite_store)
    assert set(asked[1].split("、")) == {"紧急程度 一般改为特急", "诉求性质 投诉改为咨询"}


def test_a_value_taken_from_a_conflict_leaves_the_limit_to_the_desk(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock)
    take(sqlite_store, "amend", [1], urgency="紧急")
    told = appeal(received_at=wuhan("2026-11-12 08:50"), **GIVEN, urgency="特急")
    assert taken(sqlite_store, told).conflicts == 1
    take_theirs(sqlite_store, [1])
    assert one(sqlite_store, CLOSE)[:3] == STAYS
    assert waiting(sqlite_store) == [("WH20261112-00001", "紧急程度 紧急改为特急")]


def test_before_dispatch_the_centres_own_limit_follows_the_tag(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal())
    taken(sqlite_store, appeal(urgency="特急"))
    sql = "SELECT limit_text, due_at FROM deadline"
    assert one(sqlite_store, sql) == ("15m", wuhan("2026-11-19 09:15"))
    assert waiting(sqlite_store) == []


def test_closing_ends_the_question(sqlite_store: Store, clock: Clock) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, urgency="特急")
    take(sqlite_store, "close", [1], outcome="已解决")
    assert waiting(sqlite_store) == []
    assert one(sqlite_store, "SELECT limits FROM limit_change") == ("keep",)


def test_what_had_no_limit_gets_one_from_the_change(sqlite_store: Store, clock: Clock) -> None:
    without_contact(sqlite_store, clock)
    late(sqlite_store, clock, nature="咨询")
    assert column(sqlite_store, CONTACT) == []
    amended_by_file(sqlite_store, nature="投诉")
    new = ("1wd", wuhan("2026-11-20 10:00"))
    assert one(sqlite_store, CONTACT) == new
    take(sqlite_store, "acknowledge", [1])
    assert one(sqlite_store, CONTACT) == new
    assert one(sqlite_store, CLOSE)[0] == "2wd"


def test_what_has_no_limit_any_more_has_none_after_later_acts(
    sqlite_store: Store, clock: Clock
) -> None:
    without_contact(sqlite_store, clock)
    late(sqlite_store, clock)
    take(sqlite_store, "amend", [1], nature="咨询", limits="change")
    take(sqlite_store, "progress", [1], text="已转达")
    assert column(sqlite_store, CONTACT) == []
    take(sqlite_store, "amend", [1], nature="投诉", limits="keep")
    assert one(sqlite_store, CONTACT) == ("1wd", wuhan("2026-11-20 10:00"))
    assert verify_store(sqlite_store).ok


def test_a_new_policy_counts_each_clock_by_the_tags_it_is_for(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock)
    taken(sqlite_store, appeal("A2", received_at=wuhan("2026-11-12 08:55"), **GIVEN))
    take(sqlite_store, "amend", [1], nature="咨询", limits="keep")
    take(sqlite_store, "amend", [2], nature="咨询", limits="change")
    close = "SELECT limit_text FROM deadline WHERE step = 'close' ORDER BY id"
    assert column(sqlite_store, close) == ["5wd", "2wd"]
    text = text_of(sqlite_store, ('close = "5wd"', 'close = "9wd"'), ('"2wd"', '"3wd"'))
    load_policy(sqlite_store, text, "调整", recompute=True)
    assert column(sqlite_store, close) == ["9wd", "3wd"]
    starts = "SELECT started_at FROM deadline WHERE step = 'close' ORDER BY id"
    assert column(sqlite_store, starts) == [STAYS[1], wuhan("2026-11-20 10:00")]


def test_the_receipt_goes_by_the_tags_a_clock_is_for(sqlite_store: Store, clock: Clock) -> None:
    changed = ('nature = "咨询"', 'nature = "咨询"\ndue_time = "midnight"')
    clock.travel_to("2026-11-20 10:00")
    load_policy(sqlite_store, text_of(sqlite_store, changed), "咨询至24时")
    late(sqlite_store, clock, nature="咨询")
    take(sqlite_store, "amend", [1], nature="求助", limits="keep")
    take(sqlite_store, "progress", [1], text="已派人")
    with sqlite_store.reading() as reader:
        found = ticket_derivations(reader, sqlite_store.timekeeper, 1)
    assert [one.agrees for one in found] == [True] * len(found)
    take(sqlite_store, "amend", [1], urgency="特急", limits="change")
    with sqlite_store.reading() as reader:
        found = ticket_derivations(reader, sqlite_store.timekeeper, 1)
    assert [one.agrees for one in found] == [True] * len(found)
    rows = next(one.derived.rows for one in found if one.derived.clock.step == "close")
    started = [row.name for row in rows if row.label == "时限变更"]
    assert started == ["2026-11-20 周五 10:00"]
    assert added_up(rows) == sqlite_store.timekeeper().local(wuhan("2026-11-21 10:00")).replace(
        tzinfo=None
    )


def test_co_units_follow_a_new_limit_and_keep_what_they_crossed(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock, co_units=("武汉市公安局",))
    crossed = CROSSED.replace("'close'", "'assist'")
    assert column(sqlite_store, crossed) == ["yellow", "red1"]
    take(sqlite_store, "amend", [1], nature="咨询", limits="change")
    # two working days from Friday the 20th end on Tuesday; a co-unit has one, to Monday
    assist = "SELECT started_at, due_at FROM deadline WHERE step = 'assist'"
    assert one(sqlite_store, assist) == (wuhan("2026-11-20 10:00"), wuhan("2026-11-23 17:30"))
    assert column(sqlite_store, crossed) == ["yellow", "red1"]
    assert wrong_co_units(sqlite_store) == []
    take(sqlite_store, "acknowledge", [1])
    assert one(sqlite_store, assist)[1] == wuhan("2026-11-23 17:30")


def test_an_extension_granted_before_a_new_limit_is_not_of_it(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-19 10:00")
    taken(sqlite_store, appeal(received_at=wuhan("2026-11-12 08:50"), **GIVEN))
    take(sqlite_store, "ask_extension", [1], limit_text="5wd", reason="会商")
    with pytest.raises(Refused, match="先批"):
        take(sqlite_store, "amend", [1], urgency="特急", limits="change")
    take(sqlite_store, "grant_extension", [1])
    assert one(sqlite_store, CLOSE)[2] == wuhan("2026-11-26 17:30")
    take(sqlite_store, "amend", [1], nature="咨询", limits="change")
    # two working days from Thursday the 19th: 20 23
    assert one(sqlite_store, CLOSE)[2:4] == (wuhan("2026-11-23 17:30"),) * 2
    load_policy(sqlite_store, text_of(sqlite_store), "重算", recompute=True)
    assert one(sqlite_store, CLOSE)[2:4] == (wuhan("2026-11-23 17:30"),) * 2


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ({"reply": {"text": "已修复"}}, "先退回答复"),
        ({"ask_pause": {"reason": "检测"}, "grant_pause": {"approval": "041"}}, "先恢复"),
    ],
)
def test_a_limit_does_not_start_anew_where_it_cannot_run(
    sqlite_store: Store, steps: dict[str, dict[str, Any]], why: str
) -> None:
    taken(sqlite_store, appeal(unit=UNIT))
    for verb, said in steps.items():
        take(sqlite_store, verb, [1], **said)
    with pytest.raises(Refused, match=why):
        take(sqlite_store, "amend", [1], urgency="特急", limits="change")
    take(sqlite_store, "amend", [1], urgency="特急")
    assert one(sqlite_store, "SELECT limit_text FROM deadline WHERE step = 'close'") == ("5wd",)


def test_what_is_merged_keeps_its_limit_or_has_it_from_the_dispatch(sqlite_store: Store) -> None:
    for id in ("A1", "A2"):
        taken(sqlite_store, appeal(id, unit=UNIT))
    merge(sqlite_store, [2], lead_id=1)
    with pytest.raises(Refused, match="先拆分"):
        take(sqlite_store, "amend", [2], urgency="特急", limits="change")
    take(sqlite_store, "amend", [2], urgency="紧急")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"urgency": "特急", "limits": "dispatch"}, "原登记错在哪里"),
        ({"nature": "表扬", "limits": "change"}, "只需转知"),
        ({"urgency": "一般"}, "没有写明改什么"),
        ({"category": "没有的类别"}, "名录中没有类别“没有的类别”"),
        ({"channel": "没有的渠道"}, "名录中没有来源渠道“没有的渠道”"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_and_says_why(
    sqlite_store: Store, said: dict[str, Any], why: str
) -> None:
    taken(sqlite_store, appeal(unit=UNIT))
    with pytest.raises(Refused, match=why):
        take(sqlite_store, "amend", [1], **said)


def test_each_answer_says_beforehand_when_it_would_be_due(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock, acknowledged_at=wuhan("2026-11-12 10:00"))
    take(sqlite_store, "contact", [1])
    assert views.foresee_limits(sqlite_store, 1, {"urgency": "特急"}) == {
        "keep": "办结 5个工作日 11-19 周四 17:30（已过）",
        "change": "办结 24小时 11-21 周六 10:00",
        "dispatch": "办结 24小时 11-13 周五 09:00（已过）",
    }
    assert views.foresee_limits(sqlite_store, 1, {"nature": "求助"}) == {}


def test_the_trail_tells_old_and_new_values_and_dates(sqlite_store: Store, clock: Clock) -> None:
    late(sqlite_store, clock, acknowledged_at=wuhan("2026-11-12 10:00"))
    take(sqlite_store, "contact", [1])
    take(sqlite_store, "amend", [1], urgency="特急", limits="change", reason="升级")
    keeper, now = sqlite_store.timekeeper(), sqlite_store.now()
    with sqlite_store.reading() as reader:
        trail = views.ticket_view(reader, keeper, 1, now).trail
        whole = rows_of(reader, "SELECT reason FROM event WHERE verb = 'ticket.amend'")
    assert trail[-1].text == (
        "修改登记：紧急程度 一般改为特急；新时限从变更起算；"
        "办结 2026-11-19 17:30 改为 2026-11-21 10:00"
    )
    assert whole == [("升级",)]


def test_who_hands_it_on_does_not_start_the_kept_limit_again(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock)
    amended_by_file(sqlite_store, urgency="特急")
    take(sqlite_store, "dispatch", [1], unit_id=unit_id(sqlite_store, "武汉市公安局"))
    assert one(sqlite_store, CLOSE)[:3] == STAYS


def test_a_limit_of_its_unit_goes_along_with_a_matter_handed_on(
    sqlite_store: Store, clock: Clock
) -> None:
    own = '\n[[limits]]\nunit = "武汉市公安局"\nclose = "3wd"\n'
    usual = '[[limits]]\nnature = "咨询"'
    clock.travel_to("2026-11-20 10:00")
    load_policy(sqlite_store, text_of(sqlite_store, (usual, own + usual)), "公安局三日")
    late(sqlite_store, clock)
    take(sqlite_store, "dispatch", [1], unit_id=unit_id(sqlite_store, "武汉市公安局"))
    text = text_of(sqlite_store, ('close = "5wd"', 'close = "9wd"'))
    load_policy(sqlite_store, text, "调整", recompute=True)
    assert one(sqlite_store, CLOSE)[0] == "9wd"
    take(sqlite_store, "close", [1], outcome="已解决")
    take(sqlite_store, "rework", [1], reason="不满意")
    assert one(sqlite_store, CLOSE)[0] == "3wd"


def test_a_paper_of_before_the_change_has_the_date_of_then(
    sqlite_store: Store, clock: Clock
) -> None:
    late(sqlite_store, clock)
    before = clock.now
    clock.travel(hours=1)
    take(sqlite_store, "amend", [1], urgency="特急", limits="change")
    keeper, unit = sqlite_store.timekeeper(), unit_id(sqlite_store, UNIT)
    with sqlite_store.reading() as reader:
        due = [
            facts_of(reader, keeper, sqlite_store.timekeeper, [1], unit, at)[0].due_at
            for at in (before, clock.now)
        ]
    assert due == [wuhan("2026-11-19 17:30"), wuhan("2026-11-21 11:00")]
