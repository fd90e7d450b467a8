"""核验: the chain of events, and that every row stands as the trail says.

Each subject's rows must add up to the seal of its newest event that carries one. Heads of the trail
kept in signed orders and published editions must stand in the chain, numbers given must be
there, and what the sweep keeps up must follow from the clocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import SQLModel

from models.store.counts import COUNTS, miscounted
from models.store.findings import (
    COLOURED,
    COUNTERS,
    FILED,
    GIVEN,
    MOST,
    NAMES,
    PLACED,
    WAITING,
    WORDS,
    Finding,
    Verification,
)
from models.store.pairs import unindexed
from models.store.permitted import WORKING
from models.store.reader import Reader, SqliteReader
from models.store.retrying import retried
from models.store.rows import Query, Row, aware
from models.store.seals import KEY_CHANGED, MODULUS, SubjectKey, read_seal, usable
from models.store.standing import standing
from models.store.trail import EVENT_COLUMNS, StoredEvent, chain_hash

if TYPE_CHECKING:
    from models.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the trail ends."""

    count: int
    hash: str


_HEAD = Query(_Head, "SELECT count, hash FROM trail_head")
_BEFORE = "SELECT hash FROM event WHERE seq = :seq"
_SEAL_KEY = "SELECT value FROM setting WHERE key = 'seal_key'"


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A head of the trail that something signed carries."""

    table: str
    id: int
    hash: str


_ANCHORS = Query(
    _Anchor,
    """
SELECT 'supervision_order' AS "table", id, head_hash AS hash FROM supervision_order
WHERE head_hash IS NOT NULL AND head_hash <> ''
UNION ALL SELECT 'edition', id, head_hash FROM edition
WHERE head_hash IS NOT NULL AND head_hash <> ''
""",
)


@dataclass
class _Chain:
    """What reading the chain tells: where it breaks, and what each subject should add up to."""

    prev: str = ""
    seen: int = 0
    first_bad: int | None = None
    seals: dict[SubjectKey, int] = field(default_factory=dict)
    by: dict[SubjectKey, int] = field(default_factory=dict)

    def bad(self, seq: int) -> None:
        """Note the first event that is wrong."""
        self.first_bad = self.first_bad or seq


_IN_FILE = """
SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'
"""
_ON_SERVER = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
AND a.attnum > 0 AND NOT a.attisdropped
"""


def _missing(reader: Reader) -> frozenset[str]:
    """Return the tables that are not there, or without one of their columns."""
    there: dict[str, set[str]] = defaultdict(set)
    for table, column in reader.rows(_IN_FILE if isinstance(reader, SqliteReader) else _ON_SERVER):
        there[table].add(column)
    return frozenset(
        t.name for t in SQLModel.metadata.tables.values() if not set(t.c.keys()) <= there[t.name]
    )


def verify_store(store: Store, anchors: Sequence[str] = (), since: int = 1) -> Verification:
    """Verify a store as whoever is logged in, for a bureau's an administrator or auditor.

    What is verified holds every citizen's name: where the login does not see them at its work,
    the trail says first that it looks.
    """
    if store.kind == "postgresql" and not store.operator.roles & WORKING:
        _record(store)
    with store.reading() as reader:
        return verify_trail(reader, anchors=anchors, since=since)


@retried
def _record(store: Store) -> None:
    """Write down that everything is read to be verified."""
    with store.writing() as work:
        work.require(verb="audit.verify")
        work.event("audit.verify", "backup", None)


def verify_trail(
    reader: Reader,
    anchor: str | None = None,
    *,
    anchors: Sequence[str] = (),
    since: int = 1,
    state: bool = True,
) -> Verification:
    """Recompute chain and state; ``anchor`` and each of ``anchors`` must stand in the chain.

    ``since``: only events from there on, and the subjects they touch. A rewrite of everything is
    consistent in itself: only an anchor kept elsewhere finds it. Without ``state`` only the chain.
    """
    return _Verifying(reader, since, state).run([a for a in (anchor, *anchors) if a])


def read_head(reader: Reader) -> tuple[int, str]:
    """Return how many events there are, and the hash of the last."""
    head = reader.first(_HEAD)
    return (0, "") if head is None else (head.count, head.hash)


class _Verifying:
    """One pass over trail and tables."""

    def __init__(self, reader: Reader, since: int, state: bool) -> None:
        self.reader, self.since, self.state = reader, max(since, 1), state
        self.chain = _Chain(seen=self.since - 1)
        self.found: list[Finding] = []
        self.wanted: dict[str, list[_Anchor | None]] = defaultdict(list)
        self.missing = _missing(reader)
        for name in sorted(self.missing):
            self._tell(name, "", 0, f"表 {name} 不在库中，或缺了列")

    def run(self, anchors: Sequence[str]) -> Verification:
        head = self._read("trail_head", lambda: self.reader.first(_HEAD)) or _Head(0, "")
        for anchor in anchors:
            self.wanted[anchor].append(None)
        if self.since == 1:
            for one in self._read("supervision_order", lambda: self.reader.read(_ANCHORS)) or ():
                self.wanted[one.hash].append(one)
        self._read("event", self._follow_chain)
        chain = self.chain
        if chain.seen != head.count or (chain.first_bad is None and chain.prev != head.hash):
            chain.bad(min(chain.seen, head.count) + 1)
        self._miss_anchors()
        subjects = self._state() if self.state else 0
        ok = chain.first_bad is None and not self.found
        told, more = tuple(self.found[:MOST]), max(len(self.found) - MOST, 0)
        return Verification(head.count, ok, chain.first_bad, head.hash, subjects, told, more)

    def _read(self, table: str, read: Callable[[], T]) -> T | None:
        """Return what is read, or note that the table cannot be."""
        if table in self.missing:
            return None
        return read()

    def _follow_chain(self) -> None:
        chain = self.chain
        if self.since > 1:
            chain.prev = str(self.reader.value(_BEFORE, seq=self.since - 1) or "")
        told = ", ".join(EVENT_COLUMNS)
        since = f"SELECT {told} FROM event WHERE seq >= {self.since} ORDER BY seq"
        for rows in self.reader.cells(since):
            for row in rows:
                chain.seen += 1
                self._link(row)

    def _link(self, row: Row) -> None:
        """Check one event against the one before, and keep the seal it carries."""
        chain = self.chain
        try:
            told = StoredEvent(*row)
            event = told._replace(at=aware(told.at), recorded_at=aware(told.recorded_at))
            linked = event.seq == chain.seen and event.prev_hash == chain.prev
            if not linked or chain_hash(chain.prev, event.covered) != event.hash:
                chain.bad(chain.seen)
            if event.seal is not None:
                subject = event.subject_kind, event.subject_id or 0
                chain.seals[subject], chain.by[subject] = read_seal(event.seal), event.seq
        except (ValueError, TypeError, AttributeError):
            chain.bad(chain.seen)
            chain.prev = str(row[-1])
            return
        chain.prev = event.hash
        if self.wanted:
            self.wanted.pop(event.hash, None)

    def _miss_anchors(self) -> None:
        """Tell of heads that stand nowhere in the chain."""
        for ones in self.wanted.values():
            for one in ones:
                if one is None:
                    self.chain.bad(1)
                else:
                    word = WORDS["order" if one.table == "supervision_order" else "edition"]
                    said = (
                        f"{word}（库内编号 {one.id}）所载的留痕末值不在留痕链中：留痕曾被整体改写"
                    )
                    self.found.append(Finding(one.table, word, one.id, said))

    def _state(self) -> int:
        """Compare every row with the seals; return how many subjects were reckoned."""
        if {"setting", "event"} & self.missing:
            return 0
        key = str(self.reader.value(_SEAL_KEY) or "")
        if not usable(key):
            self._tell("setting", "seal_key", 0, KEY_CHANGED)
            return 0
        expected = self.chain.seals
        left = dict(expected)
        rowed: set[SubjectKey] = set()
        only = None if self.since == 1 else list(expected)
        for rows in standing(self.reader.cells, key, only, self.missing):
            for subject, id, digest in rows.found:
                if subject is None:
                    self._tell(rows.table, "", id, f"表 {rows.table} 第 {id} 行不属于任何一件")
                elif subject in left:
                    left[subject] -= digest
                elif self.since == 1:
                    rowed.add(subject)
        wrong = sorted(s for s, rest in left.items() if rest % MODULUS)
        self._name(key, wrong, left)
        for kind, id in sorted(rowed):
            named = self._named(kind, [id]).get(id, "")
            self._tell(kind, named, id, f"{WORDS.get(kind, kind)} {named or id}：没有任何留痕封记")
        if self.since == 1:
            self._numbers()
            self._derived()
        return len(left)

    def _name(self, key: str, wrong: Sequence[SubjectKey], left: dict[SubjectKey, int]) -> None:
        """Tell of subjects that do not add up, with the row where it can be known."""
        shown = wrong[:MOST]
        rows: dict[SubjectKey, list[tuple[str, Any, int]]] = defaultdict(list)
        for chunk in standing(self.reader.cells, key, shown, self.missing):
            for subject, id, digest in chunk.found:
                if subject is not None and subject in left:
                    rows[subject].append((chunk.table, id, digest))
        for subject in shown:
            kind, id = subject
            word = f"{WORDS.get(kind, kind)} {self._named(kind, [id]).get(id, '')}".strip()
            by, own = self.chain.by[subject], rows[subject]
            added = next(((t, i) for t, i, d in own if (left[subject] + d) % MODULUS == 0), None)
            if added is not None:
                table, row = added
                self._tell(table, word, row, f"{word}：表 {table} 第 {row} 行没有留痕")
            elif not own:
                said = f"{word}（库内编号 {id}）：各行已不在库中（末次封记是留痕第 {by} 条）"
                self._tell(kind, word, id, said)
            else:
                said = f"{word}：各行与留痕第 {by} 条的封记不符，有人绕过督办台改动"
                self._tell(kind, word, id, said)
        self.found.extend(Finding(kind, "", id, "") for kind, id in wrong[MOST:])

    def _named(self, kind: str, ids: list[int]) -> dict[int, str]:
        query = NAMES.get(kind)
        return {} if query is None else {o.id: o.name for o in self.reader.read(query, ids=ids)}

    def _numbers(self) -> None:
        """Compare counters with the highest number given."""
        if {"counter", "ticket", "supervision_order", "letter"} & self.missing:
            return
        top: dict[str, int] = {}
        for told in self.reader.read(GIVEN):
            if told.last.isdecimal():
                top[told.key] = max(top.get(told.key, 0), int(told.last))
        for one in self.reader.read(COUNTERS):
            given = top.get(one.key, 0)
            if (one.key.startswith("paper:") or one.key in top) and given != one.last:
                said = f"编号计数 {one.key} 是 {one.last}，已给出的最大编号是 {given}"
                self._tell("counter", one.key, one.last, said)

    def _derived(self) -> None:
        """Check what the sweep keeps up."""
        if {"deadline", "ticket", "round"} & self.missing:
            return
        for one in self.reader.read(WAITING):
            self._tell("deadline", "", one.id, f"时限（第 {one.id} 行）已停，却还等着巡查")
        for one in self.reader.read(FILED):
            said = f"工单 {one.name}：时限上的地方、渠道或程度与工单不符，筛选会漏掉它"
            self._tell("ticket", one.name, one.id, said)
        for one in self.reader.read(PLACED):
            said = f"工单 {one.name}：办理轮次上的地方与工单不符，网格的数会错"
            self._tell("ticket", one.name, one.id, said)
        for id, number in unindexed(self.reader):
            said = f"工单 {number}：查找索引里没有它的标题，请备份后恢复，索引会重建"
            self._tell("ticket", number, id, said)
        if COUNTS not in self.missing and (wrong := miscounted(self.reader)):
            said = f"队列的计数有{wrong}处与各件不符，显示的件数会错：请备份后恢复，计数会重算"
            self._tell(COUNTS, "", 0, said)
        for one in self.reader.read(COLOURED):
            said = f"工单 {one.name}：历史最深颜色与各时限所到不符"
            self._tell("ticket", one.name, one.id, said)

    def _tell(self, table: str, subject: str, id: Any, said: str) -> None:
        self.found.append(Finding(table, subject, id if isinstance(id, int) else 0, said))
