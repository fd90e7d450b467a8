"""``duban policy``: the bureau's rules as they stand, and a file checked before it is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from console.bureau.clauses import policy_draft
from console.clocks import agreed, answer, as_object, summary
from console.command import (
    Call,
    Fact,
    Past,
    Verb,
    argument,
    call_of,
    option,
    past_period,
    say,
    switch,
    verb_group,
)
from console.frame import exists, plain_text
from models.bureau import check_words, idle_conditions
from models.clocks import load_policy, rehearse_policy
from models.ranking import rehearse_policy_past
from models.views import newest_policy
from rules.bureau import (
    UNCHECKED,
    Clause,
    Policy,
    checked_policy,
    in_sentences,
    missing_default,
    read_policy,
)
from seed.reference import example_policies, example_policy, shipped_policy

app = verb_group("本单位的规则：查看、检查、试算、装入。")


@app.command("show", cls=Verb, help="写出现行规则全文（TOML），或用话逐条说明。")
def policy_show(
    ctx: typer.Context,
    explain: bool = switch("--explain", "不写全文，用话说明办公时间和每条时限"),
) -> None:
    """Print the policy in force, or the one being tried, as it is written or in sentences."""
    call = call_of(ctx)
    version, text = None, ""
    if call.settings.policy is not None:
        text = plain_text(call.settings.policy)
    elif exists(call.settings):
        with call.store().reading() as reader:
            version, text = newest_policy(reader)
    else:
        text = shipped_policy()
    told = in_sentences(read_policy(text)) if explain else ()
    call.answer(
        {"version": version, "text": text, **({"told": _told(told)} if explain else {})},
        lambda: say(*_lines(told)) if explain else say(text.rstrip()),
    )


@app.command("check", cls=Verb, help="检查规则文件能否使用，不作任何改动。")
def policy_check(
    ctx: typer.Context,
    file: Path = argument("文件", "要检查的规则文件（TOML）"),
) -> None:
    """Say whether a policy file can be used; change nothing."""
    call = call_of(ctx)
    policy = read_policy(plain_text(file))
    check_words(policy, call.unit_words())
    told, cautions = in_sentences(policy), _cautions(call, policy)
    counts = f"时限{len(policy.limits)}条，派单规则{len(policy.routing)}条"
    call.answer(
        {
            "ok": True,
            "bureau": policy.bureau.name,
            "limits": len(policy.limits),
            "routing": len(policy.routing),
            "cautions": cautions,
            "told": _told(told),
        },
        lambda: say(f"可以使用：{policy.bureau.name}，{counts}", *cautions, "", *_lines(told)),
    )


def _told(clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    return [{"of": clause.of, "sentences": list(clause.sentences)} for clause in clauses]


def _lines(clauses: Sequence[Clause]) -> Iterator[str]:
    """Give a policy in sentences, the entries of its limits by their number in the file."""
    number = 0
    for clause in clauses:
        number += clause.entry
        yield f"时限第{number}条  {clause.line}" if clause.entry else clause.line


def _cautions(call: Call, policy: Policy) -> list[str]:
    """Return what a policy asks for and does not get, or will not get from this store."""
    unchecked = UNCHECKED if policy.draft else None
    told = filter(None, (unchecked, policy.privacy.caution, missing_default(policy)))
    if not exists(call.settings):
        return list(told)
    with call.store().reading() as reader:
        return [*told, *idle_conditions(policy, reader)]


EXAMPLE: tuple[Fact[Any], ...] = (
    Fact("name", "名称"),
    Fact("title", "样例"),
    Fact("summary", "主要时限"),
)


@app.command("examples", cls=Verb, help="列出各地规则样例；写上名称则写出该样例全文。")
def policy_examples(
    ctx: typer.Context,
    name: str | None = argument("名称", "样例名，例如 广东 或 guangdong", None),
) -> None:
    """List the policies of other places, or print one of them to adapt."""
    call = call_of(ctx)
    if name is not None:
        example = example_policy(name)
        told = call.object(example, "name", "title", "text")
        call.answer(told, lambda: say(example.text.rstrip()))
        return
    call.answer_rows(EXAMPLE, list(example_policies()))


app.command("draft", cls=Verb, help="由办法原文（.txt、.docx、网页）草拟规则，写出待核对的 TOML。")(
    policy_draft
)


@app.command("rehearse", cls=Verb, help="试算：在办时限按此规则重算会怎样，不作任何改动。")
def policy_rehearse(
    ctx: typer.Context,
    file: Path = argument("文件", "要试算的规则文件（TOML）"),
    past: Past = None,
) -> None:
    """Say what counting clocks again by a policy would do, or would have done; write nothing."""
    call = call_of(ctx)
    text, store, period = plain_text(file), call.store(), past_period(call, past)
    told = rehearse_policy(store, text)
    answer(call, told, rehearse_policy_past(store, text, period) if period else None)


@app.command("load", cls=Verb, help="装入规则：此后起算的时限按它；在办的写 --recompute 才重算。")
def policy_load(
    ctx: typer.Context,
    file: Path = argument("文件", "要装入的规则文件（TOML）"),
    recompute: bool = switch("--recompute", "在办时限也按新规则重算，逐件留痕"),
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
    yes: bool = switch("--yes", "不再询问"),
) -> None:
    """Make a new version of the policy."""
    call = call_of(ctx)
    text = plain_text(file)
    policy = checked_policy(text)
    store = call.store(create=True)
    if recompute and not agreed(
        call, lambda: rehearse_policy(store, text), "按此规则重算在办时限", yes=yes
    ):
        say("没有装入")
        return
    why = reason or f"装入规则 {file.name}"
    loaded = load_policy(store, text, why, recompute=recompute)
    done = as_object(call, loaded.done) if loaded.done else {}
    lines = summary(loaded.done) if loaded.done else ["在办时限未动；要一并重算请加 --recompute"]
    lines = [*lines, *_cautions(call, policy)]
    call.answer(
        {"version": loaded.version, "recompute": recompute, **done},
        lambda: say(f"已装入，现行规则为第{loaded.version}版", *lines),
    )
