"""Who judges: reads the trail and the painted frames, and nothing else of the program.

An act may stand only if, before one of the keys pressed since the last judgement, the painted
frame named its matter (of many, how many they are), its unit and what would be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

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
    """A key, or the mouse, and the frame that was painted when it was pressed."""

    key: str
    frame: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the trail with what names its matter and its unit on a screen."""

    seq: int
    verb: str
    batch: str
    number: str
    unit: str
    unit_name: str


_SINCE = Query(
    Told,
    """
SELECT e.seq, e.verb, coalesce(e.batch, '') AS batch,
       coalesce(t.number, o.number, '草稿#' || e.subject_id, '') AS number,
       coalesce(u.short_name, '') AS unit, coalesce(u.name, '') AS unit_name
FROM event e LEFT JOIN ticket t ON e.subject_kind = 'ticket' AND t.id = e.subject_id
LEFT JOIN supervision_order o ON e.subject_kind = 'order' AND o.id = e.subject_id
LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.seq > :seq AND e.operator = :login ORDER BY e.seq
""",
)

SENTENCES = {
    "ticket.dispatch": ("派单", "派出", "相似", "规则"),
    "ticket.transfer": ("派单", "派出"),
    "ticket.keep": ("保留",),
    "ticket.take": ("采用",),
    "ticket.urge": ("催办",),
    "ticket.close": ("办结",),
    "ticket.send_back": ("退回",),
    "ticket.look": ("查看联系方式", "联系方式"),
    "order.draft": ("督办单",),
}
"""How a screen calls what the trail calls otherwise; of the rest it uses the trail's own word."""

DRAFTING = ("拟制督办单", "新拟督办单", "d或回车拟制", "d拟制")
"""Where a draft is asked for: it has no number yet to be named by."""

BESIDE = ("seal", "crossing", "review.open", "ticket.supervise", "ticket.lapse", "ticket.correct")
"""What follows from an act and is none of its own."""

PASSIVE = ("export", "order.export", "order.copy", "ticket.export", "operator", "view")
"""What changes no matter."""


class Judge:
    """Judges acts of one operator; ``unseen`` describes those that nobody can have seen."""

    def __init__(self, store: Store, login: str) -> None:
        """``store`` is where to read what ``login`` did; what is there now is taken as it is."""
        self._store = store
        self._login = login
        self._seq = 0
        self.acts = 0
        self.unseen: list[str] = []
        self._read()

    def judge(self, presses: Sequence[Press]) -> None:
        """Judge what was done since, by the keys pressed since."""
        for act in self._read():
            self.acts += 1
            if not any(self._shows(press.frame, act) for press in presses):
                keys = " ".join(f"{press.key}{_lacks(press.frame, act)}" for press in presses)
                self.unseen.append(f"{_named(act)} after {keys}")

    def _read(self) -> Iterator[list[Told]]:
        with self._store.reading() as reader:
            events = reader.read(_SINCE, seq=self._seq, login=self._login)
        if events:
            self._seq = events[-1].seq
        found = []
        for _, group in groupby(events, key=lambda event: event.batch):
            own = [e for e in group if not e.verb.startswith((*BESIDE, *PASSIVE))]
            if own:
                found.append(own)
        return iter(found)

    def _shows(self, frame: str, act: Sequence[Told]) -> bool:
        """Return whether a frame names what an act does to what."""
        if act[0].verb.endswith((".undo", ".redo")):
            return True  # u names what it took back; that it was the last act is tested by itself
        return not _lacks(frame, act)


def _lacks(frame: str, act: Sequence[Told]) -> str:
    """Return what a frame does not name of an act: 句 its sentence, 位 its unit, 件 its matter."""
    flat = "".join(frame.split())
    verb = act[0].verb
    words = SENTENCES.get(verb, (VERB_NAMES.get(verb, verb),))
    if verb == "order.draft":
        return "" if any(question in flat for question in DRAFTING) else "句"
    lacking = "" if any(word in flat for word in words) else "句"
    return lacking + ("" if _unit_in(flat, act) else "位") + ("" if _named_in(flat, act) else "件")


def _named_in(flat: str, act: Sequence[Told]) -> bool:
    """Return whether a frame names the one matter of an act, or counts the many."""
    numbers = {event.number for event in act}
    if len(numbers) == 1 and act[0].number[-TAIL:] in flat:
        return True
    # of several chosen some may have been left out: the sentence counted them all
    counts = [int(n.replace(",", "")) for n in COUNTED.findall(flat)]
    return any(count >= max(2, len(numbers)) for count in counts)


def _unit_in(flat: str, act: Sequence[Told]) -> bool:
    """Return whether a frame names the unit of a dispatch; other acts leave the unit as it is."""
    if act[0].verb not in ("ticket.dispatch", "ticket.transfer", "ticket.join"):
        return True
    return any(event.unit in flat or event.unit_name in flat for event in act if event.unit)


def _named(act: Sequence[Told]) -> str:
    return f"{act[0].verb} {act[0].number} ({len(act)}) {act[0].unit}"
