"""``duban merge``: appeals under one lead; split, tell and object; what is merged."""

from __future__ import annotations

from typing import Any

import typer

from console.command import At, Call, Fact, Verb, Verbs, argument, call_of, option, say, verb_group
from console.frame import WrongUsage
from console.merging.offering import merged_words
from models import merging
from models.merging import Lead, Member
from models.views import ticket_ids
from rules.casework import listed_title, status_label
from rules.merging import KINDS, TOLD_HOW


class Merges(Verbs):
    """The verbs of a merge; where a number stands in their place, it is merged."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take numbers for the verb that is meant."""
        known = not args or args[0] in self.list_commands(ctx)
        return super().resolve_command(ctx, args if known else ["add", *args])


app = verb_group("并单：几件诉求并入一件主件，一次交办、一个时限、一次答复，评价每件照计。", Merges)


def _ids(call: Call, numbers: list[str]) -> list[int]:
    with call.store().reading() as reader:
        return list(ticket_ids(reader, numbers))


def _kind(typed: str | None) -> str | None:
    """Return the kind that was typed, as its code or its name."""
    for code, name in KINDS.items():
        if typed in (code, name):
            return code
    if typed is None:
        return None
    raise WrongUsage(f"没有并单类型 {typed}：请用 {'、'.join([*KINDS, *KINDS.values()])}")


NUMBERS = argument("编号", "工单编号，可写多个", default=...)


@app.command("add", cls=Verb, help="把几件诉求并入主件；不写主件的，由办得最远的一件作主件。")
def add(
    ctx: typer.Context,
    numbers: list[str] = NUMBERS,
    lead: str | None = option("--lead", "编号", "主件的编号"),
    kind: str | None = option("--kind", "类型", "repeat 重复件或 common 共性件，不写的按诉求人定"),
    at: At = None,
) -> None:
    """Merge appeals under a lead."""
    call = call_of(ctx)
    ids = _ids(call, numbers)
    lead_id = _ids(call, [lead])[0] if lead else None
    done = merging.merge(call.store(), ids, lead_id=lead_id, kind=_kind(kind), at=call.at(at))
    value = {
        "lead": done.lead,
        "kind": done.kind,
        "joined": _numbers(call, done.joined),
        "skipped": [{"number": number, "reason": why} for number, why in done.skipped],
    }
    call.answer(value, lambda: say(merged_words(done)))


def _numbers(call: Call, ids: tuple[int, ...]) -> list[str]:
    with call.store().reading() as reader:
        return [one.number for one in merging.standings(reader, ids)]


@app.command("split", cls=Verb, help="拆分：并入件各自办理；写主件的编号则全部拆分。")
def split(
    ctx: typer.Context,
    numbers: list[str] = NUMBERS,
    reason: str = option("--reason", "理由", "拆分的理由", default=...),
    at: At = None,
) -> None:
    """Let merged appeals go their own way."""
    call = call_of(ctx)
    left = merging.split(call.store(), _ids(call, numbers), reason=reason, at=call.at(at))
    call.answer({"left": _numbers(call, left)}, lambda: say(f"已拆分：{len(left)}件各自办理"))


@app.command("tell", cls=Verb, help="登记已告知诉求人；写主件的编号则登记全部未告知的并入件。")
def tell(
    ctx: typer.Context,
    numbers: list[str] = NUMBERS,
    how: str = option("--how", "方式", f"告知方式：{'、'.join(TOLD_HOW)}", default=TOLD_HOW[0]),
    at: At = None,
) -> None:
    """Record that citizens were told."""
    call = call_of(ctx)
    told = merging.inform(call.store(), _ids(call, numbers), how=how, at=call.at(at))
    call.answer({"told": _numbers(call, told)}, lambda: say(f"已登记告知{len(told)}位诉求人"))


@app.command("object", cls=Verb, help="异议：诉求人不同意并单，退出单独办理。")
def object_to(
    ctx: typer.Context,
    number: str = argument("编号", "工单编号", default=...),
    text: str = option("--text", "话", "诉求人的话", default=...),
    at: At = None,
) -> None:
    """Let a citizen object: the appeal leaves."""
    call = call_of(ctx)
    [id] = _ids(call, [number])
    merging.object_to(call.store(), id, words=text, at=call.at(at))
    call.answer({"left": [number]}, lambda: say(f"已登记异议：{number} 退出并单，单独办理"))


def _shown(call: Call, one: Lead | Member) -> str:
    masking = call.store().policy.privacy.on_screen.about(one)
    return masking.text(listed_title(one.title, one.nature, one.confidential))


@app.command("list", cls=Verb, help="列出主件；写编号的列出与它并在一起的各件。")
def list_merged(
    ctx: typer.Context, number: str | None = argument("编号", "主件或并入件的编号", default=None)
) -> None:
    """List leads, or what is under the lead of one appeal."""
    call = call_of(ctx)
    if number is None:
        with call.store().reading() as reader:
            leads = merging.leads(reader)
        call.answer_rows(_leads(call), leads, none="没有并单")
        return
    [id] = _ids(call, [number])
    with call.store().reading() as reader:
        members = merging.members_of(reader, id)
    call.answer_rows(_members(call), members, none=f"{number} 没有并单")


def _leads(call: Call) -> tuple[Fact[Lead], ...]:
    return (
        Fact("number", "主件"),
        Fact("kind", "类型", shown=lambda one: KINDS[one.kind]),
        Fact("merged", "并入", number=True),
        Fact("untold", "未告知", number=True),
        Fact("unit", "单位"),
        Fact("status", "状态", value=lambda one: status_label("ticket", one.state)),
        Fact("due_at", "到期"),
        Fact("title", "事项", value=lambda one: _shown(call, one)),
    )


def _members(call: Call) -> tuple[Fact[Member], ...]:
    return (
        Fact("number", "编号"),
        Fact("kind", "类型", shown=lambda one: KINDS[one.kind]),
        Fact("status", "状态", value=lambda one: status_label("ticket", one.state)),
        Fact("joined_at", "并入"),
        Fact("due_at", "原到期"),
        Fact("told_at", "告知"),
        Fact("left_at", "拆分"),
        Fact("rating", "评价", value=lambda one: one.result_rating),
        Fact("title", "事项", value=lambda one: _shown(call, one)),
    )
