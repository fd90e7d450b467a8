"""The command ``duban``: with no verb the console, with one the command line."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from console import command, store
from console.frame import Settings, WrongUsage, log_file, read, told
from rules.errors import DubanError
from rules.text import harmless_line

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def report(error: BaseException) -> int:
    """Say on stderr what went wrong, in one Chinese line; return the exit code."""
    _spare_the_last_flush()
    if isinstance(error, BrokenPipeError):
        return FAILED
    print(harmless_line(_line(error)), file=sys.stderr)
    return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED


def _line(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "已中断：未完成的一批没有写入，重新运行即可继续"
    if (line := told(error)) is not None:
        return line
    written = write_log(error, log_file())
    where = f"，详情在 {written}（不含诉求内容）" if written else ""
    return f"程序内部出错（{type(error).__name__}）：请把此行报告给管理员{where}"


def write_log(error: BaseException, path: Path) -> Path | None:
    """Append the error's type and code lines to the log; its words may quote a citizen, so not."""
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(type(link).__qualname__)
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path


def _spare_the_last_flush() -> None:
    """Point a stdout that takes no more nowhere, so that Python's own end does not complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    gc.set_threshold(100_000, 20, 50)
    gc.disable()  # what a start makes stays; the app collects again once it has settled
    try:
        from console.app import run

        return run(settings)
    finally:
        gc.enable()


def _require_a_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
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
