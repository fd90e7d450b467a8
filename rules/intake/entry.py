"""What was typed into the boxes of a new appeal, understood: an appeal, and what comes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, tzinfo

from rules.casework import Appeal
from rules.clocks import MomentError, short_limit, typed_moment
from rules.errors import LimitError
from rules.grid import STREET, level_of
from rules.intake.boxes import ENTRY_KINDS, USUAL_CHANNELS, Box, boxes_of
from rules.text import half_width, printable

NOT_ACCUSED = "无"
"""What is typed for the accused unit where the one guessed from the text is none."""

LONGEST_TITLE = 30
"""Signs of a title that is taken from the content."""

MOST_NAMED = 7
"""Words of a choice that are named where another was typed."""

_ALL = frozenset(field.name for field in fields(Appeal)) - {"line", "fields", "date_only"}

_SENTENCE = re.compile(r"[。！？；!?;\n]")

_PHONE = re.compile(r"[0-9+*()-]+")


@dataclass(frozen=True, slots=True)
class Register:
    """What the words of a form may mean at one moment.

    ``places`` are the codes of the grid by every word for them, ``unit`` finds a unit by any of
    its words, ``opened_at`` is when the form was opened: an appeal was received then unless another
    time is typed. ``zone`` is the bureau's. ``ended`` says of codes that are none any more what to
    write.
    """

    channels: Sequence[str]
    categories: Sequence[str]
    places: Mapping[str, str]
    unit: Callable[[str], int | None]
    opened_at: datetime
    now: datetime
    zone: tzinfo
    ended: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An appeal to be registered by hand, with what is said of it at the same time.

    ``unit_id`` is whom it is handed to at once, ``accused_id`` whom it is against, ``cleared``: the
    units guessed from its text are none that it is against. ``instruction`` is a leader's word on
    it, ``remark`` what is noted: where it was printed, who received the citizen.
    """

    appeal: Appeal
    unit_id: int | None = None
    accused_id: int | None = None
    cleared: bool = False
    leader: str = ""
    instruction: str = ""
    limit: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, as far as it can be read.

    ``faults`` are boxes that say something nobody can use, ``missing`` those that must be filled;
    each with one line that says what to do.
    """

    entry: Entry
    faults: Mapping[str, str]
    missing: Mapping[str, str]


class _Fault(Exception):
    """A box says something nobody can use."""


def read_entry(typed: Mapping[str, str], register: Register) -> Reading:
    """Return what was typed into the boxes, by their names; one left out is empty."""
    kind = kind_of(typed.get("kind") or "")
    boxes = boxes_of(kind)
    said, read, faults = read_boxes(boxes, typed, register)
    if said["channel"] == "" and USUAL_CHANNELS.get(kind) in register.channels:
        said["channel"] = USUAL_CHANNELS[kind]
    missing = {box.name: f"须写明{box.label}" for box in boxes if box.needed and not said[box.name]}
    if not said["title"] and not said["content"]:
        missing["title"] = "标题和内容至少写一样"
    if read.get("unit") is not None and read.get("unit") == read.get("accused"):
        faults["unit"] = "反映的正是该单位：请改派，或留空进待派"
    return Reading(_entry(said, read, register), faults, missing)


def read_boxes(
    boxes: Sequence[Box], typed: Mapping[str, str], register: Register
) -> tuple[dict[str, str], dict[str, object], dict[str, str]]:
    """Return what boxes say as typed, what of it could be read, and what is wrong with the rest."""
    said: dict[str, str] = {}
    read: dict[str, object] = {}
    faults: dict[str, str] = {}
    for box in boxes:
        said[box.name] = printable(typed.get(box.name) or "").strip()
        try:
            read[box.name] = _read(box, said[box.name], register) if said[box.name] else None
        except _Fault as fault:
            faults[box.name] = str(fault)
    return said, read, faults


def kind_of(typed: str) -> str:
    """Return the kind of entry that its code or its word names, an ordinary one for neither."""
    typed = typed.strip()
    return next((code for code, word in ENTRY_KINDS.items() if typed in (code, word)), "appeal")


def _entry(said: Mapping[str, str], read: Mapping[str, object], register: Register) -> Entry:
    def instant(name: str) -> datetime | None:
        found = read.get(name)
        return found if isinstance(found, datetime) else None

    def number(name: str) -> int | None:
        found = read.get(name)
        return found if isinstance(found, int) else None

    def word(name: str) -> str | None:
        found = read.get(name)
        return found if isinstance(found, str) else None

    secret = word("confidential")
    appeal = Appeal(
        channel=said["channel"],
        title=said["title"] or first_sentence(said["content"]),
        content=said["content"],
        nature=word("nature") or "其他",
        urgency=word("urgency") or "一般",
        category=word("category"),
        object=said["object"] or None,
        reporter=said["reporter"] or None,
        phone=word("phone"),
        address=said["address"] or None,
        confidential=None if secret is None else secret == "是",
        grid=word("place"),
        received_at=instant("received") or register.opened_at,
        fields=_ALL,
    )
    return Entry(
        appeal,
        number("unit"),
        number("accused"),
        cleared=said["accused"] == NOT_ACCUSED,
        leader=said.get("leader", ""),
        instruction=said.get("instruction", ""),
        limit=word("limit") or "",
        remark=_remark(said, read),
    )


def _remark(said: Mapping[str, str], read: Mapping[str, object]) -> str:
    """Return what is noted of a report in the media, or of who received the citizen."""
    if "outlet" in said:
        parts = (said["outlet"], read.get("published"), said["link"])
        return f"媒体报道：{' '.join(str(part) for part in parts if part)}"
    if "receiver" in said:
        return f"接访：{read.get('held')} {said['receiver']}接待"
    return ""


def first_sentence(content: str) -> str:
    """Return a title made of the first words of a content."""
    first = next((part.strip() for part in _SENTENCE.split(content) if part.strip()), "")
    return first if len(first) <= LONGEST_TITLE else f"{first[:LONGEST_TITLE]}.."


def _read(box: Box, typed: str, register: Register) -> object:
    """Return what a box says; ``_Fault`` says why it cannot be used."""
    match box.kind:
        case "choice":
            return _choice(box, typed, register)
        case "category":
            return _category(typed, register.categories)
        case "place":
            return _place(typed, register)
        case "unit":
            return _unit(box, typed, register)
        case "moment":
            return _moment(typed, register)
        case "day":
            return _moment(typed, register).astimezone(register.zone).date()
        case "phone":
            return _phone(typed)
        case "limit":
            return _limit(typed)
    return typed


def _choice(box: Box, typed: str, register: Register) -> str:
    words = box.choices or {name: name for name in register.channels}
    found = next((code for code, word in words.items() if typed in (code, word)), None)
    if found is None:
        named = "、".join([*words.values()][:MOST_NAMED])
        more = "等" if len(words) > MOST_NAMED else ""
        raise _Fault(f"没有{box.label}“{typed}”：可写 {named}{more}")
    return found


def _category(typed: str, paths: Sequence[str]) -> str:
    """Return the path that is typed whole, or whose last levels are."""
    wanted = "/".join(part.strip() for part in re.split(r"[/／>＞]", typed))
    if wanted in paths:
        return wanted
    found = [path for path in paths if path.endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    if found:
        raise _Fault(f"“{typed}”有{len(found)}个：请写上级，如 {found[0]}")
    raise _Fault(f"没有类别“{typed}”：请照类别名录写，可只写末级")


def _place(typed: str, register: Register) -> str:
    """Return the code of a place; what is no known one stays as it was said."""
    places = register.places
    if (known := places.get("".join(typed.split()))) is not None:
        return known
    code = half_width(typed).replace(" ", "")
    if not code.isdecimal():
        return typed
    if why := register.ended.get(code):
        raise _Fault(why)
    if level_of(code) is None:
        raise _Fault(f"有{len(code)}位：应为4、6、9、12或15位")
    if code in places or (len(code) > STREET and code[:STREET] in places):
        return code
    raise _Fault(f"没有网格 {typed}：请核对代码，或写地名")


def _unit(box: Box, typed: str, register: Register) -> int | None:
    if box.name == "accused" and typed == NOT_ACCUSED:
        return None
    found = register.unit(half_width(typed))
    if found is None:
        raise _Fault(f"没有单位“{typed}”：请写名称、简称或代码")
    return found


def _moment(typed: str, register: Register) -> datetime:
    try:
        at = typed_moment(typed, register.now, register.zone)
    except MomentError as error:
        why = str(error).partition("可写")[0]
        raise _Fault(f"{why}可写 昨天15:00、11-20 09:00") from None
    if at > register.now:
        raise _Fault("还没有到：请写已经过去的时间")
    return at


def _phone(typed: str) -> str:
    digits = "".join(half_width(typed).split())
    count = sum(sign.isdigit() or sign == "*" for sign in digits)
    if not _PHONE.fullmatch(digits) or not 3 <= count <= 20:
        raise _Fault("不像电话号码：请核对，只写数字")
    return digits


def _limit(typed: str) -> str:
    try:
        return short_limit(typed)
    except LimitError as error:
        raise _Fault(str(error)) from None
