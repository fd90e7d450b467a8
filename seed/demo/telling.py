"""One appeal of the demo city as a row of the exchange file tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from random import Random

from rules.casework import Appeal
from rules.clocks import Tags, Timekeeper
from rules.grid import COMMUNITY
from seed.demo.answerers import Answerer
from seed.demo.handling import Course, outcome
from seed.demo.people import Person, Registry
from seed.demo.places import Place
from seed.demo.races import Races, Ratings
from seed.demo.topics import CHANNELS, Topic
from seed.demo.wording import Said, Scene, Wording

COLUMNS = frozenset(f.name for f in fields(Appeal)) - {"line", "fields", "date_only", "number"}

SLOT_OF = {"店铺": "店", "工地": "项目"}  # the slot a kind of object fills; others fill 公司


@dataclass(frozen=True, slots=True)
class Matter:
    """What an appeal is about, so that others can speak of it too."""

    topic: Topic
    place: Place
    object: str | None
    answerer: Answerer
    citizen: Person


@dataclass(frozen=True, slots=True)
class Coming:
    """How one appeal comes in: the ``n``-th of its day, when, by which tags."""

    day: date
    n: int
    received: datetime
    tags: Tags
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it so far."""

    reply: str | None = None
    outcome: str | None = None
    ratings: Ratings | None = None


class Telling:
    """Writes appeals down."""

    def __init__(
        self,
        dice: Random,
        keeper: Timekeeper,
        races: Races,
        registry: Registry,
        phrases: Mapping[str, Mapping[str, Sequence[str]]],
        words: Mapping[str, Sequence[str]],
    ) -> None:
        self._dice, self._keeper, self._races = dice, keeper, races
        self._registry, self._words = registry, words
        self._wording = Wording(phrases, dice.random)

    def scene(self, place: Place) -> Scene:
        """Return an empty scene at a place."""
        return Scene(self._dice.random, place, self._registry, self._words)

    def tell(self, matter: Matter, coming: Coming, course: Course) -> Appeal:
        """Return the appeal as its row tells it at the present."""
        topic, place, answerer = matter.topic, matter.place, matter.answerer
        tags, dice = coming.tags, self._dice.random
        scene = self._scene_of(matter)
        said = self._wording.say(topic, scene, nature=tags.nature, channel=tags.channel)
        answer = self._answer(matter, coming, course, scene, said)
        given = answer.ratings
        dispatched = course.dispatched_at is not None
        by_code = tags.channel == "微邻里" and len(place.grid) == COMMUNITY
        helped = dispatched and dice() < 0.05 and answerer.unit.short_name != place.district
        return Appeal(
            channel=tags.channel,
            title=said.title,
            content=said.content,
            external_id=f"{CHANNELS[tags.channel].letters}{coming.day:%y%m%d}{coming.n:05d}",
            nature=tags.nature,
            category=topic.category,
            urgency=tags.urgency,
            object=matter.object,
            reporter=matter.citizen.name,
            phone=matter.citizen.phone,
            confidential=True if dice() < 0.03 else None,
            grid=place.grid + place.cell if by_code else place.grid,
            address=place.address(dice),
            unit=answerer.unit.name if dispatched else None,
            co_units=(place.district,) if helped else (),
            handler=answerer.people[int(dice() * 3)] if course.acknowledged_at else None,
            received_at=coming.received,
            dispatched_at=course.dispatched_at,
            acknowledged_at=course.acknowledged_at,
            contacted_at=course.contacted_at,
            reply=answer.reply,
            replied_at=course.replied_at,
            due_at=coming.due,
            closed_at=course.closed_at,
            outcome=answer.outcome,
            result_rating=given.result if given else None,
            work_rating=given.work if given else None,
            rated_at=course.rated_at,
            updated_at=course.latest(coming.received),
            fields=COLUMNS,
        )

    def _scene_of(self, matter: Matter) -> Scene:
        scene = self.scene(matter.place)
        scene["单位"] = matter.answerer.unit.short_name
        if matter.object is not None and matter.topic.object is not None:
            scene[SLOT_OF.get(matter.topic.object, "公司")] = matter.object
        return scene

    def _answer(
        self, matter: Matter, coming: Coming, course: Course, scene: Scene, said: Said
    ) -> Answer:
        if course.replied_at is None:
            return Answer()
        ending = outcome(matter.topic, coming.tags.nature, self._dice)
        empty = self._dice.random() < matter.answerer.empty
        if empty:
            reply = self._wording.empty_reply()
        else:
            reply = self._wording.reply(matter.topic, said, scene, ending)
        if course.closed_at is None:
            return Answer(reply)
        if course.rated_at is None:
            return Answer(reply, ending)
        return Answer(reply, ending, self._ratings(matter.answerer, course, ending, empty))

    def _ratings(self, answerer: Answerer, course: Course, ending: str, empty: bool) -> Ratings:
        assert course.rated_at is not None
        day = self._keeper.local(course.rated_at).date()
        trouble = course.late or empty or ending == "未解决"
        return self._races.rate(answerer, day, trouble=trouble)
