"""我要参与: a topic is opened, opinions are counted, one for each voter, and it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from models.grid.door_codes import DoorCodes
from models.grid.place import require_place
from models.grid.topics import TopicView, topic_named, topic_of
from models.intake import Digester
from models.store import Journal, Query, Work, canonical, retried
from models.tables import Opinion, OpinionTopic
from rules.errors import DubanError, Refused
from rules.grid import Untaken, Voiced, asked, choice_of, code_typed, unnamed
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store

CHUNK = 2000
"""Lines of one transaction."""


@retried
def open_topic(
    store: Store,
    code: str,
    title: str,
    *,
    kind: str,
    choices: Sequence[str] = (),
    closes_at: datetime | None = None,
    at: datetime | None = None,
) -> TopicView:
    """Ask a place's residents: a vote between choices, or a call for proposals."""
    with store.writing(at=at, journal=Journal("opinion_topic.open")) as work:
        work.require(verb="opinion_topic.open")
        found = asked(title, kind, choices)
        place = require_place(work, code_typed(code), work.timekeeper().local(work.at).date())
        if closes_at is not None and closes_at <= work.at:
            raise Refused("截止时间已过：请写将来的时间，或不写")
        id = work.insert(
            OpinionTopic,
            code=place.code,
            kind=kind,
            title=harmless_line(title),
            choices=canonical(list(found)),
            opened_at=work.at,
            closes_at=closes_at,
            operator_id=work.operator.id,
        )
        told = {"name": harmless_line(title), "code": place.code}
        work.event("opinion_topic.open", "opinion_topic", id, payload=told)
        return topic_of(work, id)


@retried
def close_topic(store: Store, topic: TopicView, answer: str) -> TopicView:
    """End a topic with what its community says to it; no opinion comes in any more."""
    with store.writing(journal=Journal("opinion_topic.close")) as work:
        work.require(verb="opinion_topic.close")
        now = topic_of(work, topic.id)
        if now.closed_at is not None:
            raise Refused(f"议题#{now.id} 已结束")
        if now.version != topic.version:
            raise Refused(f"议题#{now.id} 刚被他人改动：请刷新后核对再办")
        words = unnamed(answer)
        if not words:
            raise Refused("没有写答复：写一句社区怎么回应")
        before = {"closed_at": None, "answer": None}
        work.update(OpinionTopic, now.id, now.version, before, closed_at=work.at, answer=words)
        told = {"new": now.opinions}
        work.event("opinion_topic.close", "opinion_topic", now.id, reason=words, payload=told)
        return topic_of(work, now.id)


@dataclass
class Counted:
    """What became of opinions: counted now, counted before, and refused with why."""

    new: int = 0
    unchanged: int = 0
    refused: list[Untaken] = field(default_factory=list)


def take_opinions(store: Store, lines: Sequence[Voiced], file: str) -> Counted:
    """Count opinions, in transactions of ``CHUNK`` lines; the same file again counts nothing."""
    counted = Counted()
    for start in range(0, len(lines), CHUNK):
        some = _take_some(store, lines[start : start + CHUNK], file)
        counted.new += some.new
        counted.unchanged += some.unchanged
        counted.refused += some.refused
    return counted


@dataclass(frozen=True, slots=True)
class _Given:
    """An opinion that is counted, by the digest of who gave it."""

    voter: str
    choice: str | None
    text: str
    at: datetime


_GIVEN = Query(
    _Given, "SELECT voter, choice, text, at FROM opinion WHERE topic_id = :id AND voter IS NOT NULL"
)


@dataclass
class _Ballot:
    """One topic while lines are counted: what it has, and how many are new."""

    topic: TopicView
    given: dict[str, _Given]
    new: int = 0


@retried
def _take_some(store: Store, lines: Sequence[Voiced], file: str) -> Counted:
    with store.writing() as work:
        work.require(verb="opinion_topic.take")
        counting = _Counting(work)
        for line in lines:
            try:
                counting.take(line)
            except DubanError as refusal:
                counting.counted.refused.append(Untaken(line.line, line.cells, str(refusal)))
        counting.tell(file)
        return counting.counted


class _Counting:
    """Counts the opinions of one transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._codes = DoorCodes(work, work.policy.grid.years)
        self._digester = Digester(work)
        self._local = work.timekeeper().local
        self._ballots: dict[int, _Ballot] = {}
        self._named: dict[str, int] = {}
        self.counted = Counted()

    def take(self, line: Voiced) -> None:
        """Count one line; ``Refused`` says why it does not count."""
        if line.at > self._work.now:
            raise Refused("时间在将来：请核对时间")
        code = self._codes.place(line.scanned, self._local(line.at).date())
        ballot = self._ballot(line.topic)
        topic = ballot.topic
        _require_open(topic, line.at)
        if not code.startswith(topic.code):
            raise Refused(f"议题#{topic.id} 问的是{topic.place}，这个码在别处：不计")
        if (topic.kind == "vote") != bool(line.choice):
            raise Refused(f"议题#{topic.id} 是{topic.kind_name}：请写对{_COLUMN[topic.kind]}这一列")
        choice = choice_of(line.choice, topic.choices) if line.choice else None
        # a digest that holds for this topic alone, so that no list follows a voter through topics
        whose = line.person if choice else f"{line.person}|{line.text}"
        voter = self._digester.of(f"opinion|{topic.id}|{whose}")
        before = ballot.given.get(voter)
        if before is not None:
            if (before.choice, before.text) != (choice, line.text) or before.at != line.at:
                raise Refused(
                    f"这位参与人在议题#{topic.id} 已{_DONE[topic.kind]}：一人一次，不再计"
                )
            self.counted.unchanged += 1
            return
        self._work.insert(
            Opinion,
            topic_id=topic.id,
            code=code,
            voter=voter,
            choice=choice,
            text=line.text,
            at=line.at,
        )
        ballot.given[voter] = _Given(voter, choice, line.text, line.at)
        ballot.new += 1
        self.counted.new += 1

    def _ballot(self, word: str) -> _Ballot:
        id = self._named.get(word)
        if id is None:
            topic = topic_named(self._work, word)
            id = self._named[word] = topic.id
            if id not in self._ballots:
                given = {one.voter: one for one in self._work.read(_GIVEN, id=id)}
                self._ballots[id] = _Ballot(topic, given)
        return self._ballots[id]

    def tell(self, file: str) -> None:
        """Put it on record how many were counted of each topic."""
        for id, ballot in self._ballots.items():
            if ballot.new:
                told = {"new": ballot.new, "file": file}
                self._work.event("opinion_topic.take", "opinion_topic", id, payload=told)


_COLUMN = {"vote": "选项", "proposal": "内容"}
_DONE = {"vote": "投过票", "proposal": "提过同样的建议"}


def _require_open(topic: TopicView, at: datetime) -> None:
    if topic.closed_at is not None and topic.closed_at < at:
        raise Refused(f"议题#{topic.id} 已结束：这之后的不计")
    if topic.closes_at is not None and topic.closes_at < at:
        raise Refused(f"议题#{topic.id} 已截止：这之后的不计")
    if at < topic.opened_at:
        raise Refused(f"时间早于议题#{topic.id} 发起：请核对时间")
