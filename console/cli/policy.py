"""``duban policy``: the bureau's rules as they stand, and a file checked before it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say
from console.opening import exists, policy_text
from models.facts import newest_policy
from rules.policy import read_policy
from seed.reference import first_content

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
