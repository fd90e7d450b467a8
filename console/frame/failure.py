"""What went wrong, as one line a person can act on, the same on screens and command line."""

from __future__ import annotations

from models.store import explained
from rules.errors import DubanError, system_reason


def told(error: BaseException) -> str | None:
    """Return what a person can do about an error; None where it is the program's own mistake."""
    if isinstance(error, DubanError):
        return " ".join(str(error).split())
    if (failed := explained(error)) is not None:
        return str(failed)
    if isinstance(error, UnicodeEncodeError):  # bytes of the call that no text can hold
        return "写的内容里有认不出的字节（不是 UTF-8）：请在 UTF-8 终端里重新输入"
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"找不到文件 {error.filename}：请核对路径后重试"
    if isinstance(error, PermissionError) and error.filename:
        return f"没有权限读写 {error.filename}：请换一个位置或请管理员授权"
    if isinstance(error, IsADirectoryError) and error.filename:
        return f"{error.filename} 是文件夹：请写到文件名为止"
    if isinstance(error, OSError) and error.strerror:
        return f"读写{error.filename or '文件'}没有成功（{system_reason(error)}）：请处理后重试"
    return None
