"""``duban police``: groups loaded, messages by hand and file, times of answer and arrival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from console.command import At, Call, Verb, argument, call_of, option, say, switch, verb_group, warn
from console.frame import WrongUsage
from console.police.group_entry import handed
from console.police.police_facts import GROUP, MESSAGE, MINUTES, write_minutes, write_unread
from models import police
from models.police import MessageView
from rules.police import (
    CLUE,
    GROUP_COLUMNS,
    MESSAGE as PLAIN,
    MESSAGE_COLUMNS,
    UNRANKED,
    Message,
    Times,
    Unread,
    clue_word,
    shown_once,
)
from seed.channels import read_group_messages, read_groups

app = verb_group(
    "社区警务群：群名册、群内诉求和线索、应答到场反馈的分钟时限。警情打110，不在此登记。"
)

Id = Annotated[str, typer.Argument(metavar="编号", help="群内诉求的编号")]


@app.command("groups", cls=Verb, help="列出警务群；写文件则装入名册，--dry-run 只看会变什么。")
def groups(
    ctx: typer.Context,
    file: Path | None = argument("文件", "名册（.csv .xlsx .tsv），不写则列出", None),
    dry_run: bool = switch("--dry-run", "只试算，不装入"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """List the groups, or load a list of them."""
    call = call_of(ctx)
    if file is None:
        with call.store().reading() as reader:
            found = police.group_list(reader)
        call.answer_rows(GROUP, found, none="没有警务群：用 duban police groups 名册 装入")
        return
    loaded = police.load_groups(call.store(), read_groups(file), dry_run=dry_run)
    place = _rejects(file, rejects, GROUP_COLUMNS, () if dry_run else loaded.refused)
    value = {
        "new": list(loaded.new),
        "changed": list(loaded.changed),
        "unchanged": loaded.unchanged,
        "absent": loaded.absent,
        "refused": _reasons(loaded.refused),
        "rejects": place,
        "dry_run": dry_run,
    }

    def told() -> None:
        verb = "将新增" if dry_run else "新增"
        counts = f"{verb}{len(loaded.new)}个群，修改{len(loaded.changed)}个"
        say(f"{counts}，没有变化{loaded.unchanged}个，退回{len(loaded.refused)}行")
        if loaded.absent:
            say(f"名册没有写到的{loaded.absent}个群保持不变：停用用 duban police end")
        _say_refused(loaded.refused, place)

    call.answer(value, told)


@app.command("end", cls=Verb, help="停用一个警务群，写明理由；登记过的保留。")
def end(
    ctx: typer.Context,
    name: str = argument("警务群", "群名称、社区或社区编码"),
    reason: str = option("--reason", "理由", "停用的理由", ...),
) -> None:
    """Let a group end."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        group = police.group_named(reader, name)
    police.end_group(call.store(), group, reason)
    call.answer({"group": group.name}, lambda: say(f"已停用警务群“{group.name}”"))


@app.command("list", cls=Verb, help="列出群内诉求和线索：待办的在前，按最近的时限。")
def list_messages(
    ctx: typer.Context,
    waiting: bool = switch("--waiting", "只列待办的"),
    limit: int = option("--limit", "数", "最多几条", 200, min=1),
) -> None:
    """List messages."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = police.message_list(reader, limit)
    rows = [one for one in found if one.waits] if waiting else found
    call.answer_rows(MESSAGE, rows, none="没有群内诉求")


@app.command("add", cls=Verb, help="登记一条群内诉求，或一条线索（只有编号、时间、回执）。")
def add(
    ctx: typer.Context,
    group: str = argument("警务群", "群名称、社区或社区编码"),
    text: str = argument("内容", "群内诉求的内容；线索不写", ""),
    visit: bool = switch("--visit", "要到场"),
    clue: bool = switch("--clue", "是线索：内容不进本系统"),
    number: str = option("--number", "编号", "线索编号，不写则自动编号", ""),
    receipt: str = option("--receipt", "回执", "主管机关的受理回执", ""),
    calm: bool = switch("--calm", "看过，确不是警情"),
    at: At = None,
) -> None:
    """Keep one message or clue."""
    call = call_of(ctx)
    if clue and text:
        raise WrongUsage("线索的内容不进本系统：不写内容，可写 --number --receipt")
    message = Message(
        group,
        CLUE if clue else PLAIN,
        _at(call, at) or call.now(),
        text,
        visit,
        Times(),
        clue_word(number, "线索编号"),
        clue_word(receipt, "受理回执"),
    )
    _show(call, police.record_message(call.store(), message, calm=calm))


@app.command("load", cls=Verb, help="收群内诉求的文件：新的登记，已有的补应答、到场、反馈。")
def load(
    ctx: typer.Context,
    file: Path = argument("文件", "群内诉求（.csv .xlsx .tsv）"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Take a file of messages."""
    call = call_of(ctx)
    lines = read_group_messages(file, call.timekeeper().zone, call.now())
    taken = police.take_messages(call.store(), lines)
    place = _rejects(file, rejects, MESSAGE_COLUMNS, taken.refused)
    value = {
        "new": taken.new,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "refused": _reasons(taken.refused),
        "rejects": place,
    }

    def told() -> None:
        counts = f"登记{taken.new}条，补登{taken.changed}条，没有变化{taken.unchanged}条"
        say(f"{counts}，退回{len(taken.refused)}行")
        _say_refused(taken.refused, place)

    call.answer(value, told)


@app.command("answer", cls=Verb, help="登记应答；要到场的写 --visit。")
def answer(
    ctx: typer.Context, id: Id, visit: bool = switch("--visit", "要到场"), at: At = None
) -> None:
    """Record that the police answered."""
    call = call_of(ctx)
    when = _at(call, at) or call.now()
    given = Times(answered_at=when)
    _show(call, police.tell_times(call.store(), _named(call, id), given, wants_visit=visit))


@app.command("arrive", cls=Verb, help="登记到场。")
def arrive(ctx: typer.Context, id: Id, at: At = None) -> None:
    """Record that somebody came."""
    call = call_of(ctx)
    when = _at(call, at) or call.now()
    _show(call, police.tell_times(call.store(), _named(call, id), Times(arrived_at=when)))


@app.command("inform", cls=Verb, help="登记反馈：结果已在群内告知。")
def inform(ctx: typer.Context, id: Id, at: At = None) -> None:
    """Record that the result was told."""
    call = call_of(ctx)
    when = _at(call, at) or call.now()
    _show(call, police.tell_times(call.store(), _named(call, id), Times(told_at=when)))


@app.command("receipt", cls=Verb, help="登记线索的受理回执。")
def receipt(ctx: typer.Context, id: Id, word: str = argument("回执", "主管机关受理的编号")) -> None:
    """Record by which number a clue was taken."""
    call = call_of(ctx)
    _show(call, police.record_receipt(call.store(), _named(call, id), word))


@app.command("appeal", cls=Verb, help="转为诉求：不归公安办的，登记为社区警务群渠道的诉求。")
def appeal(
    ctx: typer.Context,
    id: Id,
    title: str = option("--title", "标题", "诉求的标题，不写取内容第一句", ""),
    nature: str = option("--nature", "性质", "诉求性质", "求助"),
    unit: str = option("--unit", "单位", "同时派给哪个单位", ""),
) -> None:
    """Register a message as an appeal."""
    call = call_of(ctx)
    view = _named(call, id)
    typed = {"title": title, "nature": nature, "unit": unit}
    made = police.hand_on(call.store(), view, handed(call.store(), view, typed))
    given = f"，已派{made.unit}" if made.unit else "，待派"
    call.answer(
        call.object(made, "number", "unit", "due_at"),
        lambda: say(f"#{view.id} 已转为 {made.number}{given}"),
    )


@app.command("minutes", cls=Verb, help="应答、到场用时的中位数和九成数，仅供公安内部，不排名。")
def minutes(
    ctx: typer.Context,
    since: str | None = option("--since", "日期", "从哪天起，不写为30天前"),
    until: str | None = option("--until", "日期", "到哪天止（不含），不写为现在"),
    out: Path | None = option("--out", "文件", "写成文件（.xlsx .csv）"),
) -> None:
    """Tell how fast the police answered and arrived."""
    call = call_of(ctx)
    last = call.at(until) or call.now() + timedelta(seconds=1)
    first = call.at(since) or last - timedelta(days=30)
    if first >= last:
        raise WrongUsage("--since 要早于 --until")
    with call.store().reading() as reader:
        rows = police.minute_rows(reader, first, last)
    if out is not None:
        written = write_minutes(out, rows)
        police.exported(call.store(), out.name, written)
    value = {"rows": call.objects(MINUTES, rows), "note": UNRANKED, "file": out and str(out)}

    def told() -> None:
        call.table(MINUTES, rows)
        say(UNRANKED, *([str(out)] if out else []))

    call.answer(value, told)


def _named(call: Call, word: str) -> MessageView:
    plain = word.lstrip("#")
    if not plain.isdecimal() or len(plain) > 10:
        raise WrongUsage(f"{word} 不是编号：用 duban police list 查看")
    with call.store().reading() as reader:
        return police.message_of(reader, int(plain))


def _at(call: Call, typed: str | None) -> datetime | None:
    """Return ``--at``, which must be one instant and not two."""
    found = call.at(typed)
    if found is not None and typed is not None:
        shown_once(typed, found, call.timekeeper().zone)
    return found


def _show(call: Call, view: MessageView) -> None:
    call.answer_rows(MESSAGE, [view])


def _reasons(refused: Sequence[Unread]) -> list[dict[str, object]]:
    return [{"line": one.line, "reason": one.reason} for one in refused]


def _rejects(
    file: Path, place: Path | None, names: Sequence[str], refused: Sequence[Unread]
) -> str | None:
    """Write the lines that were not taken beside the file; return where."""
    if not refused:
        return None
    place = place or file.with_name(f"{file.stem}-退回.csv")
    write_unread(place, names, refused)
    return str(place)


def _say_refused(refused: Sequence[Unread], place: str | None) -> None:
    say(*(f"第{one.line}行：{one.reason}" for one in refused[:10]))
    if place is not None:
        warn(f"退回的行在 {place}：改好后再收一次")
