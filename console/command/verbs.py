"""The verbs of ``duban``, each read from its own room only when it is called."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from console.command.call import Call
from console.command.chinese import Verbs, verb_group, wrong_usage
from console.frame import Settings, WrongUsage

VERBS = {
    "demo": "store.demo",
    "import": "intake.exchange:import_app",
    "queue": "views.queue.queue",
    "find": "views.finding",
    "desk": "views.desk.desk",
    "due": "clocks.due",
    "ticket": "intake.new_ticket:ticket_app",
    "dispatch": "dispatch.dispatch",
    "directory": "dispatch.directory",
    "dispute": "dispatch.dispute",
    "rate": "casework.ticket:rate_app",
    "trail": "views.record.record",
    "sweep": "clocks.due:sweep_app",
    "rank": "ranking.rank",
    "flags": "ranking.rank:flags_app",
    "insight": "insight.insight",
    "problem": "problems.problem",
    "review": "review.review",
    "callback": "review.callback",
    "objection": "review.objection",
    "order": "orders.order",
    "letter": "letters.letter",
    "report": "reports.report",
    "dossier": "letters.dossier",
    "entity": "entities.entity",
    "merge": "merging.merges",
    "cell": "grid.cell",
    "opinion": "grid.opinion",
    "campaign": "campaigns.campaign",
    "emergency": "campaigns.emergency",
    "police": "police.police",
    "reception": "receptions.day_report_command",
    "council": "councils.council",
    "visit": "visits.visit",
    "rota": "rota.rota",
    "pledge": "receptions.pledge_command",
    "paper": "paper.templates",
    "policy": "bureau.policy",
    "calendar": "clocks.calendar",
    "units": "bureau.units",
    "grid": "grid.codes",
    "operator": "bureau.operator",
    "privacy": "privacy.privacy",
    "template": "intake.exchange:template_app",
    "profile": "intake.profile",
    "export": "intake.exchange:export_app",
    "handout": "bureau.handout",
    "handover": "casework.handover",
    "selftest": "clocks.due:selftest_app",
    "audit": "store.audit:audit_app",
    "backup": "store.archives:backup_app",
    "restore": "store.archives:restore_app",
    "store": "store.archives:store_app",
    "info": "store.info",
}
"""The room and file of each verb; its command is called ``app`` where no other name is written."""

INTERRUPTED = 130  # what typer gives back for Ctrl-C

ABOUT = """督办台：哪一件快要逾期、哪个单位在失守、接下来该签发什么。

不写命令直接运行 duban，打开督办台界面。"""


class AllVerbs(Verbs):
    """Every verb, its room imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs in the order a newcomer meets them."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb's command, or ``None`` for a verb there is not."""
        if cmd_name not in VERBS:
            return None
        file, _, name = VERBS[cmd_name].partition(":")
        return get_command(getattr(import_module(f"console.{file}"), name or "app"))


def program() -> Any:
    """Return the whole command line as one group."""
    return get_command(verb_group(ABOUT, cls=AllVerbs))


def run(
    settings: Settings,
    words: list[str],
    open_console: Callable[[Settings], object] | None = None,
) -> int:
    """Run one verb; return its exit code. Raises ``DubanError`` for what a person can mend.

    ``open_console`` is how a verb that ends in the screens opens them.
    """
    with closing(Call(settings, open_console)) as call:
        try:
            outcome = program().main(args=words, prog_name="duban", standalone_mode=False, obj=call)
        except typer.TyperException as error:
            raise WrongUsage(wrong_usage(error)) from error
        except typer.Abort:
            raise KeyboardInterrupt from None
    if outcome == INTERRUPTED:
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, int) else 0
