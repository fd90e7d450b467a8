"""The command ``duban``: with no verb the console, with one the command line."""

from __future__ import annotations

import gc
import os
import sys

from console import command, store
from console.frame import Settings, WrongUsage, read, report
from rules.errors import DubanError


class NoScreen(DubanError):
    """There is no terminal that could show the console."""


def main(argv: list[str] | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    _never_choke_on_a_character()
    try:
        settings, words = read(sys.argv[1:] if argv is None else argv, os.environ)
        if words == ["--version"]:
            code = tell_version()
        elif words:
            code = command.run(settings, words, open_console)
        else:
            code = open_console(settings)
        sys.stdout.flush()
        return code
    except (Exception, KeyboardInterrupt) as error:
        return report(error)


def tell_version() -> int:
    """Print which Duban this is."""
    print(store.program_version())
    return 0


def open_console(settings: Settings) -> int:
    """Open the screens; only the standard library, rich and textual are imported before them."""
    if settings.json:
        raise WrongUsage("--json 要跟一个命令：例如 duban queue --json")
    _require_a_terminal()
    gc.set_threshold(100_000, 20, 50)  # what imports make stays: collecting meanwhile costs 15 %
    from console.app import run

    run(settings)
    return 0


def _require_a_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoScreen("这里没有终端，打不开界面：请在终端里运行 duban，或用 duban queue 等命令")
    if os.environ.get("TERM", "") in {"dumb", ""} and os.name != "nt":
        raise NoScreen("这个终端（TERM=dumb）画不了界面：请换终端，或用 duban queue 等命令")


def _never_choke_on_a_character() -> None:
    """Let a terminal that lacks a glyph print ``?`` for it rather than fail."""
    if sys.stdout is None:  # started with stdout closed: work on, say nothing
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
