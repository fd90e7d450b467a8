"""The verbs of ``duban``, each read from its own room only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from console.cli.call import Call
from console.cli.chinese import Verbs, verb_group, wrong_usage
from console.settings import Settings, WrongUsage

ROOMS = {
    "demo": "demo",
    "import": "intake",
    "queue": "queue",
    "desk": "desk",
    "due": "due",
    "ticket": "ticket",
    "rate": "rate",
    "trail": "trail",
    "sweep": "sweep",
    "rank": "rank",
    "flags": "flags",
    "order": "order",
    "policy": "policy",
    "calendar": "calendar",
    "units": "units",
    "operator": "operator",
    "template": "template",
    "export": "export",
    "selftest": "selftest",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
    "store": "store",
    "info": "info",
}


INTERRUPTED = 130  # what typer gives back for Ctrl-C


ABOUT = """督办台：哪一件快要逾期、哪个单位在失守、接下来该签发什么。

不写命令直接运行 duban，打开督办台界面。"""


class AllVerbs(Verbs):
    """Every verb, its room imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs in the order a newcomer meets them."""
        return list(ROOMS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb's command, or ``None`` for a verb there is not."""
        if cmd_name not in ROOMS:
            return None
        return get_command(import_module(f"console.cli.{ROOMS[cmd_name]}").app)


def program() -> Any:
    """Return the whole command line as one group."""
    return get_command(verb_group(ABOUT, cls=AllVerbs))


def run(settings: Settings, words: list[str]) -> int:
    """Run one verb; return its exit code. Raises ``DubanError`` for what a person can mend."""
    with Call(settings) as call:
        try:
            outcome = program().main(
                args=words, prog_name="duban", standalone_mode=False, obj=call
            )
        except typer.TyperException as error:
            raise WrongUsage(wrong_usage(error)) from error
        except typer.Abort:
            raise KeyboardInterrupt from None
    if outcome == INTERRUPTED:
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, int) else 0
