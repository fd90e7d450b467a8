"""F5 核查: matters handed out one after the other, each decided by digits on what is drawn."""

from __future__ import annotations

from models.bureau.operators import add_operator
from models.casework import take
from models.review.leasing import take_next
from models.review.verdicts import judge
from models.store.store import Store
from models.store.verifying import verify_trail
from tests.console.review.unsatisfied import unsatisfied
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

BROAD = (160, 48)

VERDICTS = "SELECT verdict FROM review ORDER BY id"

CAUSE = "SELECT cause, reason FROM review WHERE decided_at IS NOT NULL"


def test_six_matters_are_verified_one_after_the_other_in_few_keys(town: Store) -> None:
    ids = unsatisfied(town, 6)
    take(town, "callback", [ids[2]], result="接通", text="已经修好了")
    journeys = (
        ("１",),  # a full-width digit, as an input method sends it
        ("enter", "2", "1"),
        ("3", "1"),
        ("4", *"未修好", "enter"),
        ("6", "5", *"照片", "enter"),
        ("7",),
    )
    typed = sum(len(keys) for keys in journeys)

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        assert "我已核0 · 待核6" in stage.frame()
        for keys in journeys:
            await stage.press(*keys)
            assert stage.told().startswith("已"), stage.frame()
        assert "没有待核查的不满意件" in stage.frame()
        assert "我已核5 · 待核1" in stage.frame()

    play(town, journey, size=BROAD)
    assert column(town, VERDICTS) == ["unit", "unit", "rerated", "rework", "excluded", None]
    assert one(town, f"{CAUSE} AND cause = 'slow'") == ("slow", None)
    with town.reading() as reader:
        assert verify_trail(reader).ok
    print(f"核查6件：{typed}键，其中文字{len('未修好') + len('照片')}")


def test_a_matter_stands_in_its_parts_at_every_size(town: Store) -> None:
    unsatisfied(town, 1)

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        first = next(line for line in stage.frame().splitlines() if "─ 诉求 " in line)
        assert "─ 答复 " in first and "─ 历次 " in first and "─ 同单位同类件 " in first
        assert "评价 结果不满意" in stage.frame() and "1维持·单位责任" in stage.frame()
        await stage.resize(80, 24)
        first = next(line for line in stage.frame().splitlines() if "─ 诉求 " in line)
        assert "答复" not in first
        assert "138****4567" in stage.frame() and "13871234567" not in stage.frame()
        await stage.press("end")
        assert "0跳过" in stage.frame()

    play(town, journey, size=BROAD)


def test_the_last_verdict_is_taken_back_and_its_matter_is_in_hand_again(town: Store) -> None:
    first, second = unsatisfied(town, 2)

    def number(id: int) -> str:
        return str(one(town, "SELECT number FROM ticket WHERE id = :id", id=id)[0])

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        assert number(first) in stage.frame()
        await stage.press("9")
        assert "没有可撤销的办理" in stage.told()
        await stage.press("1")
        assert number(second) in stage.frame()
        await stage.press("9")
        assert "已撤销：维持·单位责任" in stage.told()
        assert number(first) in stage.frame()
        await stage.press("1", "1")
        assert "没有待核查的不满意件" in stage.frame()

    play(town, journey)
    assert column(town, VERDICTS) == ["unit", "unit"]


def test_what_is_passed_over_comes_last_and_is_free_for_others(town: Store) -> None:
    unsatisfied(town, 1)

    async def journey(stage: Stage) -> None:
        await stage.press("f5", "0")
        assert "跳过的1件还在：按 0 再看一遍" in stage.frame()
        assert column(town, "SELECT holder FROM review_lease") == []
        await stage.press("0")
        assert "1维持·单位责任" in stage.frame()
        assert take_next(town, "another") is None
        await stage.press("f2")
        assert take_next(town, "another") is not None
        await stage.press("f5")
        assert "另有1件由他人在核" in stage.frame()

    play(town, journey)


def test_a_verdict_on_what_moved_meanwhile_is_refused_and_nothing_typed_is_lost(
    town: Store,
) -> None:
    [id] = unsatisfied(town, 1)

    async def journey(stage: Stage) -> None:
        await stage.press("f5", "2")
        take(town, "note", [id], text="市民来电")
        await stage.press(*"第三方", "enter")
        assert "刚被他人（批注）改动" in stage.told()
        assert "第三方" in stage.frame()
        await stage.press("enter")
        assert "已维持·非单位责任" in stage.told()

    play(town, journey)
    assert one(town, CAUSE) == (None, "第三方")


def test_the_number_is_shown_for_the_reason_on_record_and_covered_again(town: Store) -> None:
    unsatisfied(town, 2)

    async def journey(stage: Stage) -> None:
        await stage.press("f5", "8")
        assert "13871234567" in stage.frame() and "核查回访" in stage.frame()
        await stage.press("7")
        assert "13871234567" not in stage.frame()
        assert "已登记未接通另约" in stage.told()

    play(town, journey)
    assert column(town, "SELECT reason FROM event WHERE verb = 'ticket.look'") == ["核查回访"]


def test_the_menu_of_an_appeal_in_review_offers_the_verdicts_first(town: Store) -> None:
    [id] = unsatisfied(town, 1)

    async def journey(stage: Stage) -> None:
        number = one(town, "SELECT number FROM ticket WHERE id = :id", id=id)[0]
        await stage.press(":")
        await stage.paste(number)
        await stage.press("enter", ".")
        assert "1 维持·单位责任" in stage.frame() and "回访" in stage.frame()
        await stage.press("2", "2")
        await stage.paste("政策所限")
        await stage.press("enter", "enter")
        assert "已维持·非单位责任" in stage.told()
        assert "拖延" in stage.frame() and "政策所限" in stage.frame()

    play(town, journey, size=BROAD)


def test_an_exclusion_is_decided_on_the_desk_by_another_person(town: Store) -> None:
    [id] = unsatisfied(town, 1, "supervisor", "signer")
    judge(town, "exclude", [id], code="untrue", evidence="现场照片")

    async def journey(stage: Stage) -> None:
        await stage.press("f9")
        while "现场照片" not in stage.frame():
            await stage.press("=")
        assert "剔除待批     1" in stage.frame() and "反映情况不属实" in stage.frame()
        await stage.press("1")
        assert "申请人不能批准自己的申请" in stage.told()
        town.login = "tester"
        await stage.press("1")
        assert "已同意剔除" in stage.told()
        assert "剔除待批     —" in stage.frame()

    play(town, journey, size=BROAD)
    assert one(town, "SELECT approved FROM exclusion") == (True,)


def test_what_is_in_hand_is_given_back_when_the_console_is_left(town: Store) -> None:
    unsatisfied(town, 2)

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        assert column(town, "SELECT count(*) FROM review_lease") == [2]
        assert stage.app.session is not None
        stage.app.session.leave()

    play(town, journey)
    assert column(town, "SELECT count(*) FROM review_lease") == [0]


def test_who_may_not_verify_sees_why_and_how_much_waits(town: Store) -> None:
    add_operator(town, "reader", roles=["viewer"])
    unsatisfied(town, 3)
    town.login = "reader"

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        assert "我已核0 · 待核3" in stage.frame() and "正在" not in stage.frame()
        assert "权限" in stage.frame()

    play(town, journey)
