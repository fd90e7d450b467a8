"""Who judges: reads the trail and the painted frames, and nothing else of the program.

An act may stand only if, before one of the keys pressed since the last judgement and before the
act was written, the painted frame named its matter (of many, how many they are), its unit and what
would be done. Where a question stands over a screen it is the question that must name them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from models.store.rows import Query
from models.store.store import Store
from rules.casework.words import VERB_NAMES

COUNTED = re.compile(r"(?:·|办理|派出|对|个单位|签发)([\d,]*\d)[件份处]")
"""How a title or a sentence says on how many matters an act will fall; a list's own count is none.
"""

TAIL = 10
"""Signs of a number's end that a list shows."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key, or the mouse, the frame painted when it was pressed, and the trail's length then."""

    key: str
    frame: str
    trail: int


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the trail with what names its matter and its unit on a screen."""

    seq: int
    verb: str
    batch: str
    number: str
    draft: str
    unit: str
    unit_name: str
    payload: str

    @property
    def names(self) -> tuple[str, ...]:
        """What its matter may be called."""
        said = json.loads(self.payload)
        tickets = said.get("tickets", ()) if self.verb == "order.draft" else ()
        week = f"第{int(said['period'][-2:])}周" if "-W" in said.get("period", "") else ""
        month = f"{int(said['period'][-2:])}月" if not week and "period" in said else ""
        about = said.get("about", "") if self.verb == "letter.draft" else ""
        others = (one[-TAIL:] for one in (*tickets, about))
        names = (self.number[-TAIL:], self.draft, week, month, *others)
        return tuple(name for name in names if name)


_SINCE = Query(
    Told,
    """
SELECT e.seq, e.verb, coalesce(e.batch, '') AS batch, coalesce(t.number, o.number, '') AS number,
       CASE WHEN o.id IS NULL THEN '' ELSE '草稿#' || o.id END AS draft,
       coalesce(u.short_name, '') AS unit, coalesce(u.name, '') AS unit_name, e.payload
FROM event e LEFT JOIN ticket t ON e.subject_kind = 'ticket' AND t.id = e.subject_id
LEFT JOIN supervision_order o ON e.subject_kind = 'order' AND o.id = e.subject_id
LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.seq > :seq AND e.operator = :login ORDER BY e.seq
""",
)

SENTENCES = {
    "ticket.dispatch": ("派单", "派出", "交办", "相似", "规则"),
    "ticket.transfer": ("派单", "派出", "转派", "采用"),
    "ticket.refuse_return": ("不同意退单", "退回补正"),
    "ticket.refuse_extension": ("不同意延期", "退回补正"),
    "ticket.refuse_pause": ("不同意挂起", "退回补正"),
    "ticket.arbitrate": ("分歧裁定", "裁定由"),
    "order.reject": ("退回",),
    "ticket.keep": ("保留",),
    "ticket.take": ("采用",),
    "ticket.urge": ("催办",),
    "ticket.close": ("办结",),
    "ticket.send_back": ("退回",),
    "ticket.look": ("查看联系方式", "联系方式"),
    "order.draft": ("拟制督办单", "新拟督办单"),
    "letter.draft": ("公文",),
    "edition.publish": ("发布",),
    "calendar.load": ("装入日历", "恢复上一版日历"),
}
"""How a screen calls what the trail calls otherwise; of the rest it uses the trail's own word."""

BESIDE = (
    "seal",
    "crossing",
    "review.open",
    "ticket.supervise",
    "ticket.lapse",
    "ticket.correct",
    "deadline.recompute",
    "edition.file",
    "flag.raise",
)
"""What follows from an act and is none of its own."""

PASSIVE = (
    *("export", "edition.draft", "order.export", "order.copy", "ticket.export"),
    *("operator", "view"),
)
"""What changes no matter."""

WITH_UNIT = ("ticket.dispatch", "ticket.transfer", "ticket.join", "order.draft", "order.sign")
"""Acts that give a matter to a unit; others leave the unit as it is."""


class Judge:
    """Judges acts of one operator; ``unseen`` describes those that nobody can have seen.

    ``verbs`` counts the acts by their verb.
    """

    def __init__(self, store: Store, login: str) -> None:
        """``store`` is where to read what ``login`` did; what is there now is taken as it is."""
        self._store = store
        self._login = login
        self._seq = 0
        self.acts = 0
        self.verbs: Counter[str] = Counter()
        self.unseen: list[str] = []
        self._read()
        self.verbs.clear()

    @property
    def trail(self) -> int:
        """How long the trail is now."""
        with self._store.reading() as reader:
            return int(reader.value("SELECT coalesce(max(seq), 0) FROM event"))

    def judge(self, presses: Sequence[Press]) -> None:
        """Judge what was done since, by the keys pressed since."""
        for act in self._read():
            self.acts += 1
            before = [press for press in presses if press.trail < act[0].seq]
            if not any(shows(press.frame, act) for press in before):
                keys = " ".join(f"{press.key}{lacks(press.frame, act)}" for press in before)
                self.unseen.append(f"{_named(act)} after {keys}")

    def _read(self) -> list[list[Told]]:
        with self._store.reading() as reader:
            events = reader.read(_SINCE, seq=self._seq, login=self._login)
        if events:
            self._seq = events[-1].seq
        found = []
        for _, group in groupby(events, key=lambda event: event.batch):
            own = [e for e in group if not e.verb.startswith(BESIDE)]
            if own:
                self.verbs[own[0].verb] += 1
            if own and not own[0].verb.startswith(PASSIVE):
                found.append(own)
        return found


def shows(frame: str, act: Sequence[Told]) -> bool:
    """Return whether a frame names what an act does to what."""
    if act[0].verb.endswith((".undo", ".redo")):
        return True  # u names what it took back; that it was the last act is tested by itself
    return not lacks(frame, act)


def lacks(frame: str, act: Sequence[Told]) -> str:
    """Return what a frame does not name of an act: 句 its sentence, 位 its unit, 件 its matter."""
    flat = "".join(spoken(frame).split())
    verb = act[0].verb
    words = SENTENCES.get(verb, (VERB_NAMES.get(verb, verb),))
    lacking = "" if any(word in flat for word in words) else "句"
    return lacking + ("" if _unit_in(flat, act) else "位") + ("" if _named_in(flat, act) else "件")


def spoken(frame: str) -> str:
    """Return the text of the question that stands over a frame, else that of the whole frame."""
    lines = frame.splitlines()
    for top in reversed(range(len(lines))):
        left, corner, rest = lines[top].partition("╭")
        if corner and "╮" in rest:
            begin = cell_len(left)
            inside = _inside(lines[top + 1 :], begin, begin + 1 + rest.index("╮"))
            if inside is not None:
                return "\n".join(inside)
    return frame


def _inside(lines: Sequence[str], left: int, right: int) -> list[str] | None:
    """Return what stands between two edges down to the lower one; None if it is not whole."""
    found: list[str] = []
    for line in lines:
        before, at = set_cell_size(line, left), set_cell_size(line, right)
        edge = line[len(before) : len(before) + 1]
        if edge == "╰":
            return found
        if edge != "│" or line[len(at) : len(at) + 1] != "│":
            return None
        found.append(at[len(before) + 1 :])
    return None


def _named_in(flat: str, act: Sequence[Told]) -> bool:
    """Return whether a frame names the one matter of an act, or counts the many."""
    matters = {event.names for event in act}
    if act[0].verb == "order.sign":  # a draft has its number only now
        matters = {(event.draft,) for event in act}
        if len(matters) == 1:
            return act[0].draft in flat
    if len(matters) == 1 and (any(n in flat for n in act[0].names) or not act[0].names):
        return True
    # of several chosen some may have been left out: the sentence counted them all
    counts = [int(n.replace(",", "")) for n in COUNTED.findall(flat)]
    return any(count >= max(2, len(matters)) for count in counts)


def _unit_in(flat: str, act: Sequence[Told]) -> bool:
    """Return whether a frame names the units that an act gives its matters to."""
    if act[0].verb not in WITH_UNIT:
        return True
    if act[0].verb == "order.draft" and _named_in(flat, act):
        return True  # one a unit, whichever it is: who named the appeals has said enough
    if act[0].verb != "order.sign":
        return any(event.unit in flat or event.unit_name in flat for event in act if event.unit)
    return all(event.unit_name in flat for event in act if event.verb == "order.sign")


def _named(act: Sequence[Told]) -> str:
    return f"{act[0].verb} {act[0].number} ({len(act)}) {act[0].unit}"
