"""``duban desk``: what waits for the centre; conflicts and units' reports are decided here too."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from console.command import Call, Fact, Verb, argument, call_of, one_verb, option, say
from console.frame import WrongUsage
from models.intake import (
    AS_RECEIVED,
    CREDIT,
    DISCREDIT,
    decide_reports,
    keep_ours,
    take_theirs,
)
from models.views import (
    QUEUES,
    DeskRow,
    Waiting,
    desk_queues,
    desk_rows,
    reviews_waiting,
    with_reported,
    with_undelivered,
)

NAMES = "、".join(f"{key} {queue.name}" for key, queue in QUEUES.items())

app = one_verb()


@app.command(cls=Verb, help="待办：等中心决定的事，各有多少、最早等了多久。")
def desk(
    ctx: typer.Context,
    queue: str | None = argument("类别", f"只看一类：{NAMES}", None),
    keep: list[int] | None = option("--keep", "序号", "数据冲突：保留本库的值"),
    take: list[int] | None = option("--take", "序号", "数据冲突：采用来件的值"),
    credit: list[int] | None = option("--credit", "序号", "补录待核：采信所报时间"),
    received: list[int] | None = option("--received", "序号", "补录待核：按收到时间登记"),
    drop: list[int] | None = option("--drop", "序号", "补录待核：不采信，须写 --reason"),
    reason: str | None = option("--reason", "理由", "不采信的理由"),
    limit: int = option("--limit", "件数", "最多列出多少件", 50),
) -> None:
    """List the queues of decisions, or what waits in one."""
    call = call_of(ctx)
    if keep or take:
        _settle(call, keep or [], take or [])
    elif credit or received or drop:
        _decide(call, {CREDIT: credit, AS_RECEIVED: received, DISCREDIT: drop}, reason)
    elif queue is None:
        _list_queues(call)
    else:
        _list_rows(call, _key(queue), limit)


def _key(word: str) -> str:
    found = next((key for key, queue in QUEUES.items() if word in (key, queue.name)), None)
    if found is None:
        raise WrongUsage(f"没有待办类别 {word}：可写 {NAMES}")
    return found


WAITING: tuple[Fact[Waiting], ...] = (
    Fact("key"),
    Fact("name", "类别"),
    Fact("count", "件数", number=True),
    Fact("oldest_at", "最早"),
    Fact("", "命令行里", shown=lambda one: f"duban desk {one.key}"),
)

ROW: tuple[Fact[DeskRow], ...] = (
    Fact("id", "序号", number=True),
    Fact("number", "编号"),
    Fact("title", "事项"),
    Fact("unit", "单位"),
    Fact("since", "等待自", value=lambda row: row.since_at),
    Fact("said", "所请所答"),
    Fact("mark", "提示", value=lambda row: row.mark or None),
)

ROW_HEADINGS = ("序号", "编号", "等待自", "单位", "事项", "所请所答", "提示")


def _list_queues(call: Call) -> None:
    with call.store().reading() as reader:
        found, reviews = desk_queues(reader), reviews_waiting(reader)
    total = sum(one.count for one in found)
    queues = call.objects(WAITING, found)
    value = {"total": total, "queues": queues, "reviews": reviews.count}

    def shown() -> None:
        say(f"待办 {total} 件")
        call.table(WAITING, found)
        say(f"另有待核查 {reviews.count} 件：duban review next")

    call.answer(value, shown)


def _list_rows(call: Call, key: str, limit: int) -> None:
    store = call.store()
    policy = store.policy
    with store.reading() as reader:
        found = desk_rows(reader, key, limit=limit, masking=policy.privacy.on_screen)
    if key == "report":
        found = with_reported(found, store.timekeeper())
    if key == "deliver":
        limit_text = policy.orders.undelivered
        found = with_undelivered(found, store.timekeeper(), limit_text, store.now())
    call.answer_rows(ROW, found, ROW_HEADINGS, none="这一类没有待办")


def _settle(call: Call, keep: list[int], take: list[int]) -> None:
    store = call.store()
    kept = keep_ours(store, keep) if keep else 0
    taken = take_theirs(store, take) if take else 0
    call.answer({"kept": kept, "taken": taken}, lambda: say(f"保留{kept}处，采用{taken}处"))


def _decide(call: Call, told: Mapping[str, list[int] | None], reason: str | None) -> None:
    store = call.store()
    done = {how: decide_reports(store, ids, how, reason=reason) for how, ids in told.items() if ids}
    count = {name: done.get(name, 0) for name in told}
    call.answer(
        count,
        lambda: say(
            f"采信{count[CREDIT]}条，按收到时间登记{count[AS_RECEIVED]}条，不采信{count[DISCREDIT]}条"
        ),
    )
