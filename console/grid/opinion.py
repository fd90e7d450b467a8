"""``duban opinion``: 我要参与, and the file that comes from the codes on doors."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, say, verb_group
from console.grid.cell_facts import answer_taken
from models import grid
from models.grid import ChoiceCount, OpinionView, TopicView
from models.problems import link_or_leave
from rules.grid import CODE_COLUMNS
from rules.text import MASKED
from seed.channels import read_code_file

app = verb_group("我要参与：社区发起投票、征集建议；收一格一码来的说事和参与。")

FILE = argument("文件", f"表头：{'、'.join(CODE_COLUMNS)}")

TOPIC: tuple[Fact[TopicView], ...] = (
    Fact("id", "编号", number=True),
    Fact("kind", "种类", shown=lambda view: view.kind_name),
    Fact("code", ""),
    Fact("place", "地方"),
    Fact("title", "议题"),
    Fact("opinions", "意见", number=True),
    Fact("opened_at", "发起"),
    Fact("closes_at", "截止"),
    Fact("closed_at", "结束"),
    Fact("answer", "答复"),
)

CHOICE: tuple[Fact[ChoiceCount], ...] = (
    Fact("choice", "选项"),
    Fact("count", "票", number=True),
)

PROPOSAL: tuple[Fact[OpinionView], ...] = (
    Fact("id", "建议", number=True),
    Fact("cell", "网格"),
    Fact("text", "内容", value=lambda view: MASKED.text(view.text)),
    Fact("at", "时间"),
    Fact("ticket", "转为诉求"),
)


def _named(call: Call, word: str) -> TopicView:
    with call.store().reading() as reader:
        return grid.topic_named(reader, word)


@app.command("list", cls=Verb, help="列出议题，没有结束的在前。")
def list_topics(ctx: typer.Context) -> None:
    """List every topic."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        rows = grid.opinion_topics(reader)
    call.answer_rows(TOPIC, rows, none="没有议题：用 duban opinion open 发起")


@app.command("open", cls=Verb, help="发起投票（写选项）或征集建议（不写选项）。")
def open_(
    ctx: typer.Context,
    code: str = argument("代码", "问哪里的居民：社区、网格等的代码"),
    title: str = option("--text", "议题", "问居民什么", ...),
    choice: list[str] | None = option("--choice", "选项", "投票的选项，写2到9次"),
    until: str | None = option("--until", "时间", "截止时间"),
) -> None:
    """Ask residents."""
    call = call_of(ctx)
    view = grid.open_topic(
        call.store(),
        code,
        title,
        kind="vote" if choice else "proposal",
        choices=choice or (),
        closes_at=call.at(until),
    )
    call.answer_rows(TOPIC, [view])


@app.command("show", cls=Verb, help="一个议题：各选项多少票，或有哪些建议；不记是谁。")
def show(ctx: typer.Context, word: str = argument("议题", "编号或全称")) -> None:
    """Show one topic with what came in."""
    call = call_of(ctx)
    view = _named(call, word)
    with call.store().reading() as reader:
        votes, proposals = grid.counted(reader, view), grid.proposals_of(reader, view.id)
    value = {
        **call.objects(TOPIC, [view])[0],
        "choices": call.objects(CHOICE, votes),
        "proposals": call.objects(PROPOSAL, proposals),
    }

    def told() -> None:
        call.table(TOPIC, [view])
        if view.kind == "vote":
            call.table(CHOICE, votes)
        elif proposals:
            call.table(PROPOSAL, proposals)
        else:
            say("还没有人提建议")

    call.answer(value, told)


@app.command("close", cls=Verb, help="结束议题，写社区的答复；之后来的不计。")
def close(
    ctx: typer.Context,
    word: str = argument("议题", "编号或全称"),
    answer: str = option("--text", "答复", "社区怎么回应", ...),
) -> None:
    """Close a topic."""
    call = call_of(ctx)
    call.answer_rows(TOPIC, [grid.close_topic(call.store(), _named(call, word), answer)])


@app.command("ticket", cls=Verb, help="把一条建议登记为诉求（微邻里，建议）；给了编号，不能撤销。")
def ticket(ctx: typer.Context, id: int = argument("建议", "建议的编号")) -> None:
    """Register a proposal as an appeal."""
    call = call_of(ctx)
    entered = grid.take_up(call.store(), id)
    link_or_leave(call.store())
    call.answer(
        call.object(entered, "number", "unit", "step", "due_at"),
        lambda: say(f"建议#{id} 已登记为 {entered.number}"),
    )


@app.command("load", cls=Verb, help="收一格一码来的文件：逐行核码，说事成为诉求，参与计数。")
def load(
    ctx: typer.Context,
    file: Path = FILE,
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Take what came from the codes on doors."""
    call = call_of(ctx)
    lines = read_code_file(file, call.timekeeper().zone, call.now())
    digest = sha256(file.read_bytes()).hexdigest()
    taken = grid.take_coming(call.store(), lines, file_name=file.name, file_digest=digest)
    link_or_leave(call.store())
    appeals, opinions = taken.appeals, taken.opinions
    counts = {
        "appeals": appeals.new,
        "updated": appeals.updated,
        "opinions": opinions.new,
        "unchanged": appeals.unchanged + opinions.unchanged,
    }
    told = f"新诉求{appeals.new}件，新意见{opinions.new}条，没有变化{counts['unchanged']}行"
    answer_taken(call, file, rejects, CODE_COLUMNS, taken.refused, counts, told)
