"""The edge where errors become one line a person can act on; never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from console.frame.locations import log_file
from console.frame.settings import WrongUsage
from rules.errors import DubanError, system_reason

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def report(error: BaseException) -> int:
    """Say on stderr what went wrong, in one Chinese line; return the exit code."""
    _spare_the_last_flush()
    if isinstance(error, BrokenPipeError):
        return FAILED
    print(_line(error), file=sys.stderr)
    return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED


def _line(error: BaseException) -> str:
    if isinstance(error, DubanError):
        return " ".join(str(error).split())
    if isinstance(error, KeyboardInterrupt):
        return "已中断：未完成的一批没有写入，重新运行即可继续"
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"找不到文件 {error.filename}：请核对路径后重试"
    if isinstance(error, PermissionError) and error.filename:
        return f"没有权限读写 {error.filename}：请换一个位置或请管理员授权"
    if isinstance(error, IsADirectoryError) and error.filename:
        return f"{error.filename} 是文件夹：请写到文件名为止"
    if isinstance(error, OSError) and error.strerror:
        return f"读写{error.filename or '文件'}没有成功（{system_reason(error)}）：请处理后重试"
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
