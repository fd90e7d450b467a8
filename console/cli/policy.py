"""``duban policy``: the bureau's rules as they stand, and a file checked before it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say, say_table
from console.opening import exists, policy_text
from models.facts import newest_policy
from rules.policy import read_policy
from seed.reference import first_content
from seed.reference.examples import example_policies, example_policy

app = verb_group("查看与检查本单位的规则。")


@app.command("show", cls=Verb, help="写出现行规则全文（TOML）。")
def policy_show(ctx: typer.Context) -> None:
    """Print the policy in force, or the one being tried."""
    call = call_of(ctx)
    version, text = None, ""
    if call.settings.policy is not None:
        text = policy_text(call.settings.policy)
    elif exists(call.settings):
        with call.store().reading() as reader:
            version, text = newest_policy(reader)
    else:
        text = first_content().policy_text
    call.answer({"version": version, "text": text}, lambda: say(text.rstrip()))


@app.command("check", cls=Verb, help="检查规则文件能否使用，不作任何改动。")
def policy_check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="要检查的规则文件（TOML）")],
) -> None:
    """Say whether a policy file can be used; change nothing."""
    call = call_of(ctx)
    policy = read_policy(policy_text(file))
    call.answer(
        {"ok": True, "bureau": policy.bureau.name, "limits": len(policy.limits)},
        lambda: say(f"可以使用：{policy.bureau.name}，时限{len(policy.limits)}条"),
    )


@app.command("examples", cls=Verb, help="列出各地规则样例；写上名称则写出该样例全文。")
def policy_examples(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="名称", help="样例名，例如 广东 或 guangdong")
    ] = None,
) -> None:
    """List the policies of other places, or print one of them to adapt."""
    call = call_of(ctx)
    if name is not None:
        example = example_policy(name)
        told = {"name": example.name, "title": example.title, "text": example.text}
        call.answer(told, lambda: say(example.text.rstrip()))
        return
    rows = [(each.name, each.title, each.summary) for each in example_policies()]
    call.answer(
        [dict(zip(("name", "title", "summary"), row, strict=True)) for row in rows],
        lambda: say_table(("名称", "样例", "主要时限"), rows),
    )
