"""What is said of a file whose header nobody knows: its own columns, what is missing, what next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seed.channels.headers import Head, heads_in, plain_name
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


_TIME = re.compile(r"(?:时间|日期|时刻)$")

_OTHER_TIME = re.compile(
    "打印|导出|制表|统计|填报|报送|回访|更新|修改|核查|督办|审核|审批|归档|跟进|催办|延期|提醒|最后|最近|出生"
)


def times_among(names: Sequence[str]) -> list[str]:
    """Return the columns that may say when a matter was received, though not by name."""
    plain = ((name, plain_name(name)) for name in names)
    return [name for name, bare in plain if _TIME.search(bare) and not _OTHER_TIME.search(bare)]


def unclear_receipt(times: Sequence[str]) -> str:
    """Say that no column is known to be the receipt, while some may be."""
    told = "、".join(f"“{name[:_SHORT]}”" for name in times[:_MOST])
    many = "哪一列" if len(times) > 1 else "这一列"
    return f"有时间列{told}，看不出{many}是不是受理时间。{NEXT}"


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
