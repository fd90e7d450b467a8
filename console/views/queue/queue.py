"""``duban queue``: the supervision queue, worst first."""

from __future__ import annotations

from typing import Any

import typer

from console.command import (
    COLOUR_STYLES,
    Call,
    Verb,
    call_of,
    colour_code,
    level_mark,
    one_verb,
    option,
    say,
    say_table,
    state_code,
    step_code,
)
from console.views.queue.columns import remaining_of, status_of
from models.views import (
    QueueCounts,
    QueueRow,
    QueueStates,
    against_their_units,
    queue_counts,
    queue_moment,
    queue_snapshot,
    queue_states,
    queue_total,
    queue_window,
)
from rules.casework import COUNTED_STATES, QUEUE_STATES, QueueFilter, listed_title
from rules.clocks import STEP_NAMES

SHOWN = 50  # rows of a table on a terminal, unless --limit says otherwise

COUNTS = ("red", "yellow", "blue", "paused", "provisional")

app = one_verb()


@app.command(cls=Verb, help="督办队列：哪一件最先出问题。")
def queue(
    ctx: typer.Context,
    colour: str | None = option("--colour", "颜色", "红 黄 蓝 挂起（或英文）"),
    unit: str | None = option("--unit", "单位", "名称、简称、代码或拼音首字母"),
    area: str | None = option("--area", "地方", "所在区、街道、社区"),
    step: str | None = option("--step", "步骤", "派单 签收 首次联系 办结 审核等"),
    channel: str | None = option("--channel", "渠道", "来源渠道"),
    urgency: str | None = option("--urgency", "程度", "一般 紧急 特急"),
    state: str | None = option("--state", "状态", "在办 待核 不满意 已办结 全部"),
    days: int = option("--days", "天数", "不满意、已办结看多少天以内的", 30, min=0, max=36500),
    limit: int | None = option("--limit", "件数", "最多列出多少件", min=0, max=10**9),
) -> None:
    """List the matters that need supervision, worst first."""
    call = call_of(ctx)
    store = call.store()
    wanted = QueueFilter(
        colour=colour_code(colour),
        unit=unit,
        area=area,
        step=step_code(step),
        channel=channel,
        urgency=urgency,
        state=state_code(state),
        days=days,
    )
    now = queue_moment(store.timekeeper(), store.now())
    most = limit if limit is not None or call.settings.json else SHOWN
    with store.reading() as reader:
        ids = queue_snapshot(reader, wanted, now, limit=most, unfold=True)
        chunks = [ids[i : i + 500] for i in range(0, len(ids), 500)]
        withheld = {id for part in chunks for id in against_their_units(reader, part) if unit}
        rows = [r for part in chunks for r in queue_window(reader, part) if r.id not in withheld]
        tallied = queue_counts(reader, wanted, now)
        states = queue_states(reader, wanted, now)
        found = queue_total(reader, wanted, now)
    lines = [_line(call, row) for row in rows]
    call.answer(
        {
            "total": found,
            "counts": call.object(tallied, *COUNTS),
            "states": call.object(states, *COUNTED_STATES),
            "rows": lines,
            "withheld": len(withheld),
        },
        lambda: _show(call, rows, lines, (tallied, states), found, len(withheld)),
    )


def _line(call: Call, row: QueueRow) -> dict[str, Any]:
    store = call.store()
    keeper, now = store.timekeeper(), store.now()
    masking = store.policy.privacy.on_screen
    still = row.paused_at is not None or row.closed_at is not None or row.for_analysis
    colour = None if still else keeper.colour(row.blue_at, row.yellow_at, row.red_at, now)
    red = colour == "red"
    level = keeper.level(row.limit_text, row.started_at, row.due_at, now) if red else 0
    return {
        "number": row.number,
        "kind": row.kind,
        "title": masking.about(row).text(listed_title(row.title, row.nature, row.confidential)),
        "unit": row.unit,
        "step": row.step,
        "status": status_of(row),
        "colour": colour,
        "level": level,
        "due_at": None if row.for_analysis else call.iso(row.due_at),
        "remaining_seconds": None if still else int((row.due_at - now).total_seconds()),
        "provisional": bool(row.provisional),
        "closed_at": call.iso(row.closed_at),
        "late": row.late,
    }


def _due(call: Call, row: QueueRow) -> str:
    """Return when a matter is due; what others answer never is."""
    if row.for_analysis:
        return ""
    return (call.due(row.due_at) or "") + ("（暂定）" if row.provisional else "")


def _show(
    call: Call,
    rows: list[QueueRow],
    lines: list[dict[str, Any]],
    counted: tuple[QueueCounts, QueueStates],
    found: int,
    withheld: int,
) -> None:
    tallied, states = counted
    keeper, now = call.store().timekeeper(), call.store().now()
    say("  ".join(f"{QUEUE_STATES[name]} {getattr(states, name)}" for name in COUNTED_STATES))
    say(
        f"红 {tallied.red}  黄 {tallied.yellow}  蓝 {tallied.blue}  "
        f"挂起 {tallied.paused}  暂定 {tallied.provisional}  共 {found} 件"
    )
    if withheld:
        say(f"另有{withheld}件反映的正是承办单位，没有列出：请转派其他单位或移送")
    if not rows:
        say("没有符合条件的事项")
        return
    say_table(
        ("颜色", "余时", "编号", "事项", "单位", "步骤", "状态", "到期"),
        (
            (
                level_mark(line["colour"], line["level"]),
                remaining_of(row, keeper, now),
                row.number,
                line["title"],
                row.unit,
                STEP_NAMES.get(row.step, row.step),
                line["status"],
                _due(call, row),
            )
            for row, line in zip(rows, lines, strict=True)
        ),
        styles=(COLOUR_STYLES.get(line["colour"] or "") for line in lines),
    )
    if found > len(rows) + withheld:
        say(f"只列出前{len(rows)}件，共{found}件：用 --limit 多列，或加条件缩小范围")
