"""Appeals put together into problems, one after the other as they came.

An appeal goes to the problem it is tied to most strongly: to what most of its appeals say, never
to a single one of them, so that unlike appeals do not follow each other in like a chain. Where it
fits none, it waits; with others that it is tied to it makes a new one, once enough different
citizens are among them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rules.problems.tying import RARE_WORDS, SHARED, Known, Tie, tied

NEAR_BY = timedelta(days=7)
"""How far apart appeals may come that only words tie: everyday matters come all the year round."""

APART = timedelta(days=3)
"""How far apart they come on an average."""

LATELY = timedelta(days=30)
"""How far apart appeals may come at most: later it is another problem of the same name."""

AT_ONCE = 5
"""Different citizens that make a problem of words alone."""

NEAR = 40
"""Waiting appeals with a key that are looked at, the newest."""


LONG_AGO, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """An appeal as it is put together with others; ``voice`` tells its citizen, if known."""

    ticket_id: int
    voice: str | None
    at: datetime
    keys: tuple[Known, ...]

    @property
    def whose(self) -> object:
        """What tells it from others: an unknown citizen is nobody else's."""
        return self.voice or self.ticket_id


@dataclass(slots=True)
class Group:
    """A problem: ``counts`` is how many of its appeals have each key, of ``size`` all told.

    ``id`` is negative until it is kept. One that is not ``free`` was decided on by a person, and
    never goes into another. ``came`` are the appeals that came to it.
    """

    id: int
    size: int = 0
    counts: Counter[int] = field(default_factory=Counter)
    free: bool = True
    came: dict[int, Told] = field(default_factory=dict)
    looked: int = 0
    first_at: datetime = NEVER
    last_at: datetime = LONG_AGO

    def at_once(self, at: datetime) -> bool:
        """Whether an appeal of a time belongs to those that come thick and fast."""
        if at + NEAR_BY < self.first_at or at - NEAR_BY > self.last_at:
            return False
        span = max(at, self.last_at) - min(at, self.first_at)
        return (self.size + 1) * APART >= span

    def lasts(self, since: datetime, until: datetime) -> bool:
        """Whether it lasts in a time; what a person decided lasts for ever."""
        return not self.free or (self.first_at - LATELY <= until and since - LATELY <= self.last_at)


class Grouping:
    """Problems and waiting appeals, as far as they can concern the appeals that come."""

    def __init__(self, known: Mapping[int, Known], least: int) -> None:
        """``known`` are all keys met, ``least`` the different citizens that make a problem.

        ``joined`` tells which problem went into which.
        """
        self.groups: dict[int, Group] = {}
        self.joined: dict[int, int] = {}
        self._known = known
        self._least = least
        self._by_key: dict[int, set[int]] = defaultdict(set)
        self._waiting: dict[int, Told] = {}
        self._waiting_by_key: dict[int, list[int]] = defaultdict(list)
        self._barred: set[tuple[int, int]] = set()
        self._placed: set[int] = set()
        self._made = 0

    def know(self, groups: Iterable[Group], waiting: Iterable[Told]) -> None:
        """Take what is there already: problems, and appeals that belong to none, oldest first."""
        for group in groups:
            group.looked = group.size
            self.groups[group.id] = group
            self._point_at(group)
        for one in waiting:
            self._wait(one)

    def key(self, id: int) -> Known:
        """Return a key by its number."""
        return self._known[id]

    def bar(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep tickets out of problems that a person took them out of."""
        self._barred.update(pairs)

    def place(self, told: Told) -> None:
        """Put one appeal where it belongs."""
        best = self._best(told)
        if best is not None:
            self._join(best, told)
            self._look_again(best)
            return
        near = [one for one in self._near(told.keys) if _like(told, one)]
        if len({told.whose, *(one.whose for one in near)}) >= self._least:
            self._make([told, *near])
        if told.ticket_id not in self._placed:
            self._wait(told)

    def _best(self, told: Told) -> Group | None:
        """Return the problem that an appeal is tied to most strongly."""
        found, most = None, 0
        for id in _likely(told.keys, self._by_key):
            group = self.groups.get(id)
            if group is None or (told.ticket_id, id) in self._barred:
                continue
            tie = _tie(told, group)
            if tie is not None and tie.weight > most:
                found, most = group, tie.weight
        return found

    def _make(self, members: Sequence[Told]) -> None:
        """Make a problem of those of some appeals that are tied to what they all say."""
        counts = Counter(key.id for one in members for key in one.keys)
        ties = [(one, tied(one.keys, counts, len(members))) for one in members]
        staying = [one for one, tie in ties if tie is not None]
        named = any(tie is not None and tie.named for _, tie in ties)
        if len({one.whose for one in staying}) < (self._least if named else AT_ONCE):
            return
        self._made += 1
        group = Group(-self._made)
        for one in staying:
            group.counts.update(key.id for key in one.keys)
        self.groups[group.id] = group
        group.size = len(staying)
        for one in staying:
            self._join(group, one, counted=True)
        self._look_again(group)

    def _join(self, group: Group, told: Told, *, counted: bool = False) -> None:
        self._waiting.pop(told.ticket_id, None)
        group.came[told.ticket_id] = told
        self._placed.add(told.ticket_id)
        group.first_at = min(group.first_at, told.at)
        group.last_at = max(group.last_at, told.at)
        if not counted:
            group.size += 1
            group.counts.update(key.id for key in told.keys)
        for key in told.keys:
            if key.telling and group.counts[key.id] * SHARED >= group.size:
                self._by_key[key.id].add(group.id)

    def settle(self) -> None:
        """Look once more for what belongs to the problems to which appeals came."""
        for id in [group.id for group in self.groups.values() if group.came]:
            if group := self.groups.get(id):
                self._gather(group, self._said(group))

    def _look_again(self, group: Group) -> None:
        """Look for what belongs to a problem that has doubled, now that it says more."""
        if group.size >= 2 * group.looked:
            group.looked = group.size
            said = self._said(group)
            self._gather(group, said)
            self._unite(group, said)

    def _said(self, group: Group) -> list[Known]:
        """Return the keys that speak for a problem."""
        return [self._known[id] for id, n in group.counts.items() if n * SHARED >= group.size]

    def _gather(self, group: Group, said: Sequence[Known]) -> None:
        """Take in waiting appeals that are tied to a problem."""
        for one in self._near(said):
            tie = _tie(one, group)
            if tie is not None and (one.ticket_id, group.id) not in self._barred:
                self._join(group, one)

    def _unite(self, group: Group, said: Sequence[Known]) -> None:
        """Put a problem and another together that say the same of the same."""
        ids = {id for key in said if key.names for id in self._by_key.get(key.id, ())}
        for id in sorted(ids - {group.id}):
            other = self.groups.get(id)
            if other is None or not (group.free or other.free):
                continue
            if not group.lasts(other.first_at, other.last_at):
                continue
            tie = tied(said, other.counts, other.size)
            if tie is None or not tie.named:
                tie = tied(self._said(other), group.counts, group.size)
            if tie is not None and tie.named:
                goes, stays = (group, other) if self._goes(group, other) else (other, group)
                self._pour(goes, stays)
                if goes is group:
                    return

    def _goes(self, group: Group, other: Group) -> bool:
        """Whether the first goes into the second: what a person decided stays, else the larger."""
        if group.free != other.free:
            return group.free
        return group.size < other.size

    def _pour(self, goes: Group, stays: Group) -> None:
        stays.counts.update(goes.counts)
        stays.size += goes.size
        stays.came |= goes.came
        stays.first_at = min(stays.first_at, goes.first_at)
        stays.last_at = max(stays.last_at, goes.last_at)
        self._point_at(stays)
        del self.groups[goes.id]
        for id, into in self.joined.items():
            if into == goes.id:
                self.joined[id] = stays.id
        if goes.id > 0:
            self.joined[goes.id] = stays.id

    def _point_at(self, group: Group) -> None:
        """Let what most of a problem's appeals have lead to it."""
        for id, count in group.counts.items():
            if count * SHARED >= group.size and self._known[id].telling:
                self._by_key[id].add(group.id)

    def _wait(self, told: Told) -> None:
        self._waiting[told.ticket_id] = told
        for key in told.keys:
            self._waiting_by_key[key.id].append(told.ticket_id)

    def _near(self, keys: Iterable[Known]) -> list[Told]:
        """Return waiting appeals that could be tied by some keys, the oldest first."""
        telling = [key for key in keys if key.telling]
        for key in telling:
            if ids := self._waiting_by_key.get(key.id):
                ids[:] = [id for id in ids if id in self._waiting][-NEAR:]
        return [self._waiting[id] for id in _likely(telling, self._waiting_by_key)]


def _likely(keys: Iterable[Known], where: Mapping[int, Iterable[int]]) -> list[int]:
    """Return what stands where keys lead and shares a name, or several rare words, with them."""
    hits: dict[int, int] = {}
    for key in keys:
        step = RARE_WORDS if key.names else 1
        for id in where.get(key.id, ()):
            hits[id] = hits.get(id, 0) + step
    return sorted(id for id, n in hits.items() if n >= RARE_WORDS)


def _like(told: Told, other: Told) -> bool:
    """Return whether two appeals are tied to each other."""
    apart = abs(told.at - other.at)
    if apart > LATELY:
        return False
    tie = tied(told.keys, dict.fromkeys((key.id for key in other.keys), 1), 1)
    return tie is not None and (tie.named or apart <= NEAR_BY)


def _tie(told: Told, group: Group) -> Tie | None:
    """Return how an appeal is tied to a problem that lasts, by words alone if it comes at once."""
    if not group.lasts(told.at, told.at):
        return None
    tie = tied(told.keys, group.counts, group.size)
    return tie if tie is None or tie.named or group.at_once(told.at) else None
