"""What is said of a file whose header nobody knows: its own columns, what is missing, what next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seed.channels.headers import Head, heads_in
from seed.channels.placing import Named, Placed, placed
from seed.channels.table import Record

_SHORT = 20  # signs of what may be the name of a column

_MOST = 12  # columns that are named

NEXT = "请按 : 输入“导入”逐列指明，或用 duban profile guess 写出来源格式，以后自动认出"


def unknown_header(tops: Iterable[Sequence[Record]], form: Named) -> str:
    """Say why none of the tables is taken, given the first filled rows of each."""
    rated = [
        (len(found.fields), _names(head), -start, head, found)
        for top in tops
        for start, head in heads_in(top)
        if len(head.rows) == 1
        for found in (placed(head, form, ()),)
    ]
    if not rated:
        return f"没有认识的表头：没有内容。{NEXT}"
    *_, head, found = max(rated, key=lambda each: each[:3])
    names = [name for name in head.names if name]
    more = f" 等{len(names)}列" if len(names) > _MOST else ""
    told = "、".join(name[:_SHORT] for name in names[:_MOST])
    return f"没有认识的表头：{told}{more}；{_missing(head, found)}。{NEXT}"


def _names(head: Head) -> int:
    """How many cells of a row look like names of columns: short texts without digits."""
    short = (name for name in head.names if name and len(name) <= _SHORT)
    return sum(1 for name in short if not any(map(str.isdigit, name)))


def _missing(head: Head, found: Placed) -> str:
    """Say which needed columns found no match, and which others did."""
    missing = "标题、内容" if not {"title", "content"} & found.fields.keys() else ""
    if "received_at" not in found.fields:
        missing += "、受理时间" if missing else "受理时间"
    known = [name for name in head.names if name and name not in found.passed]
    told = f"，认出的只有{'、'.join(known[:_MOST])}" if known and found.fields else ""
    return f"其中没有一列对得上{missing}{told}"
