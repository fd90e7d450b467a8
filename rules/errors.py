"""The one family of errors whose message a user reads."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "所在磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被占用",
}


class DubanError(Exception):
    """Something a person can put right; ``str()`` is one Chinese line saying what to do next."""


class PolicyError(DubanError):
    """A policy file says something the rules cannot use."""


class CalendarError(DubanError):
    """A calendar is missing, empty or contradicts itself."""


class LimitError(DubanError):
    """A limit such as ``5wd`` cannot be read."""


class Refused(DubanError):
    """The rules of casework do not allow this step now."""


def system_reason(error: OSError) -> str:
    """Return in Chinese why the operating system refused; its own words for what is rare."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
