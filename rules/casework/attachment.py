"""附件: what is kept of a file or page that belongs to a matter, and what may be opened of it.

Only the place is kept, and the SHA-256 of what stood there; the file itself is never taken in.
"""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from rules.errors import Refused

LONGEST = 1000
"""Signs that a place may have."""

_KINDS = {
    "文档": "pdf doc docx wps odt ofd rtf txt md",
    "表格": "xls xlsx et ods csv",
    "演示": "ppt pptx dps odp",
    "图片": "jpg jpeg png gif bmp webp tif tiff heic",
    "录音": "mp3 wav m4a amr aac ogg flac",
    "录像": "mp4 mov avi mkv wmv 3gp webm",
    "邮件": "eml msg",
}

KIND_OF = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()}
"""What people call a file by its suffix. Only such files are opened: none of them is a program."""

PAGE = "网页"

STATE_NAMES = {
    "same": "未变",
    "changed": "变了",
    "missing": "找不到",
    "unhashed": "没有校验值",
    "page": "没有校验值",
}
"""How an attachment stands against what was kept of it."""


def is_page(place: str) -> bool:
    """Whether a place is an address on the web, not a file."""
    return place.startswith(("http://", "https://"))


def read_place(typed: str) -> str:
    """Return a typed place as it is kept: an address of http or https, or a path.

    ``file://`` is a path. Refused where it is another scheme, or cannot be kept.
    """
    place = typed.strip().strip('"')
    if not place:
        raise Refused("没有写附件：请写文件路径，或 http、https 网址")
    if len(place) > LONGEST or not place.isprintable():
        raise Refused(f"附件的路径或网址不能超过{LONGEST}字，也不能有控制字符")
    if "://" not in place:
        return place
    try:
        found = urlsplit(place)
    except ValueError:
        found = None
    if found is not None and found.scheme.lower() in ("http", "https") and found.hostname:
        return f"{found.scheme.lower()}://{place.partition('://')[2]}"
    if found is not None and found.scheme.lower() == "file" and found.netloc in ("", "localhost"):
        return unquote(found.path)
    raise Refused("附件只收文件路径和 http、https 网址，请改正")


def name_of(place: str) -> str:
    """Return what an attachment is called: the name of its file, or its address."""
    if is_page(place):
        return place
    windows = "\\" in place and "/" not in place
    path: PurePath = PureWindowsPath(place) if windows else PurePosixPath(place)
    return path.name or place


def kind_of(place: str) -> str:
    """Return what people call the kind of an attachment, 其他 where its suffix tells nothing."""
    if is_page(place):
        return PAGE
    return KIND_OF.get(_suffix(place), "其他")


def openable(place: str) -> bool:
    """Whether an attachment may be handed to the system to be opened."""
    return is_page(place) or _suffix(place) in KIND_OF


def _suffix(place: str) -> str:
    _, dot, suffix = name_of(place).rpartition(".")
    return suffix.lower() if dot else ""


def size_told(size: int | None) -> str:
    """Return a size as people read it, "" for none."""
    if size is None:
        return ""
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}"
    return f"{size} 字节"
