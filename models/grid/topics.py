"""我要参与 as values: what residents are asked, how many said what; nobody is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from models.grid.cell_reading import beyond
from models.store import Query, Source
from rules.errors import DubanError
from rules.grid import OPINION_KINDS, topic_number

MOST = 2000
"""Topics of the list; those that are open come first."""

SHOWN = 200
"""Proposals of one topic that are read."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic; ``opinions`` is how many have come in. Instants are aware UTC."""

    id: int
    version: int
    code: str
    place: str
    kind: str
    title: str
    choices_text: str
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    answer: str | None
    opinions: int

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the choices of a vote; none of a call for proposals."""
        return tuple(json.loads(self.choices_text))

    @property
    def kind_name(self) -> str:
        """Return 投票 or 建议."""
        return OPINION_KINDS[self.kind]

    def state(self, now: datetime) -> str:
        """Return how it stands in a word."""
        if self.closed_at is not None:
            return "已结束"
        return "已截止" if self.closes_at is not None and self.closes_at < now else "进行中"


_SELECT = """
SELECT t.id, t.version, t.code, coalesce(g.name, t.code) AS place, t.kind, t.title,
       t.choices AS choices_text, t.opened_at, t.closes_at, t.closed_at, t.answer,
       (SELECT count(*) FROM opinion o WHERE o.topic_id = t.id) AS opinions
FROM opinion_topic t LEFT JOIN grid g ON g.code = t.code
"""
_EVERY = Query(
    TopicView,
    f"""{_SELECT} WHERE t.code >= :code AND t.code < :beyond
ORDER BY t.closed_at IS NOT NULL, t.id DESC LIMIT :most""",
)
_BY_ID = Query(TopicView, f"{_SELECT} WHERE t.id = :id")
_TITLED = "SELECT id FROM opinion_topic WHERE title = :title ORDER BY id DESC LIMIT 1"


def opinion_topics(source: Source, code: str = "4") -> list[TopicView]:
    """Return the topics of a place, those open first; ``code`` is how their codes begin."""
    return source.read(_EVERY, code=code, beyond=beyond(code), most=MOST)


def topic_of(source: Source, id: int) -> TopicView:
    """Return one topic; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的议题：请用 duban opinion list 查看")
    return found


def topic_named(source: Source, word: str) -> TopicView:
    """Return the topic of a number or a title, of equal titles the newest."""
    id = topic_number(word)
    if id is None:
        id = source.value(_TITLED, title=word.strip())
    if id is None:
        raise DubanError(f"没有议题“{word}”：请用 duban opinion list 查看编号")
    return topic_of(source, int(id))


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many chose one thing; proposals have no choice."""

    choice: str
    count: int


_COUNTED = Query(
    ChoiceCount,
    """
SELECT choice, count(*) AS count FROM opinion
WHERE topic_id = :id AND choice IS NOT NULL GROUP BY choice
""",
)


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One proposal, and the number of the appeal it became, if it did."""

    id: int
    cell: str
    text: str
    at: datetime
    ticket: str | None


_PROPOSALS = Query(
    OpinionView,
    """
SELECT o.id, coalesce(g.name, o.code) AS cell, o.text, o.at, t.number AS ticket
FROM opinion o LEFT JOIN grid g ON g.code = o.code LEFT JOIN ticket t ON t.id = o.ticket_id
WHERE o.topic_id = :id AND o.text <> '' ORDER BY o.at DESC, o.id DESC LIMIT :most
""",
)


def counted(source: Source, topic: TopicView) -> list[ChoiceCount]:
    """Return how many chose what, in the order of the choices, those nobody chose too."""
    found = {one.choice: one.count for one in source.read(_COUNTED, id=topic.id)}
    return [ChoiceCount(choice, found.get(choice, 0)) for choice in topic.choices]


def proposals_of(source: Source, topic_id: int) -> list[OpinionView]:
    """Return what was proposed, the newest first."""
    return source.read(_PROPOSALS, id=topic_id, most=SHOWN)
