"""What the boxes of a new appeal offer as something is typed: the words there are for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Span, Text

from console.frame import Session
from console.intake.keeping import Kept, kept_forms
from console.widgets import Choice
from models import views
from rules.intake import BOXES, NOT_ACCUSED, Box
from rules.text import UnitWords, half_width
from seed import reference

if TYPE_CHECKING:
    from models.store import Reader
    from models.views import EntryWords, UnitChoice, Where
    from rules.clocks import Timekeeper

MOST = 60
"""Words listed at once."""

CLOSED = ("choice", "category", "unit", "place")
"""Kinds of box that say what is offered: what is typed stands for the first that it finds."""

Offered = Sequence[Choice[str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What a form needs to begin: its words, what each box offers, the forms that were left."""

    words: EntryWords
    spoken: UnitWords
    offered: Mapping[str, Offered]
    channel: str
    left: Sequence[Kept]
    keeper: Timekeeper


def read_begun(session: Session, boxes: Sequence[Box] = BOXES) -> Begun:
    """Read what a form of some boxes needs to begin; it blocks."""
    store = session.store
    today = store.timekeeper().local(store.now()).date()
    with store.reading() as reader:
        words = views.known_words(reader, today)
        channel = views.last_channel(reader, session.store.operator.login)
    leaders = session.store.policy.leaders
    units = [_unit(unit) for unit in session.bureau.units]
    offered: dict[str, Offered] = {
        "category": [_plain(path, _every(path)) for path in words.categories],
        "place": [_place(place) for place in words.places.values()],
        "unit": units,
        "accused": [
            *units,
            Choice(
                NOT_ACCUSED,
                Text(NOT_ACCUSED).append("  推测的单位不是被举报的", "dim"),
                NOT_ACCUSED,
                "w",
            ),
        ],
    }
    for box in boxes:
        if box.kind == "choice":
            listed = box.choices or {word: word for word in words.channels}
            offered[box.name] = [_chosen(code, word) for code, word in listed.items()]
        elif box.kind == "leader":
            offered[box.name] = [
                _plain(f"{one.post}{one.name}", reference.initials(one.post + one.name, one.name))
                if box.name == "receiver"
                else Choice(
                    one.name,
                    Text(f"{one.post}{one.name}"),
                    f"{one.post}{one.name}",
                    reference.initials(one.post + one.name, one.name),
                )
                for one in leaders
            ]
    left = kept_forms(session.store)
    spoken = UnitWords(words.units.spoken)
    return Begun(words, spoken, offered, channel, left, session.store.timekeeper())


def _place(place: Where) -> Choice[str]:
    """Return a place as it is offered; there are as many as the city has cells."""
    estates = "、".join(place.estates)
    told = f"{place.name}  {place.code} {place.unit} {estates}".rstrip()
    shown = Text(told, no_wrap=True, spans=[Span(len(place.name), len(told), "dim")])
    return Choice(place.name, shown, f"{place.name} {place.code} {estates}", place.initials)


@dataclass(frozen=True, slots=True)
class First:
    """A word that a box offers before its others: ``建议 市水务局  与 … 相似``."""

    head: str
    word: str
    why: str = ""


def offers_for(box: Box, typed: str, offered: Offered, first: Sequence[First] = ()) -> Offered:
    """Return what a box offers for what is typed, the best first."""
    word = "".join(half_width(typed).split()).lower()
    ranked = [(rank, choice) for choice in offered if (rank := choice.found_by(word)) is not None]
    if word:
        ranked.sort(key=lambda pair: pair[0])
    told = {choice.value: choice for _, choice in ranked}
    before = {one.word: _first(one, told[one.word]) for one in reversed(first) if one.word in told}
    after = [choice for value, choice in told.items() if value not in before]
    return [*reversed(before.values()), *after][:MOST]


def known_names(reader: Reader, typed: str) -> Offered:
    """Return the known objects that what is typed may mean; it blocks."""
    return [_plain(name, "") for name in views.known_objects(reader, typed)]


def exact(typed: str, offered: Offered) -> bool:
    """Return whether what is typed is one of the words offered."""
    return any(choice.value == typed for choice in offered)


def _plain(word: str, letters: str) -> Choice[str]:
    return Choice(word, Text(word, no_wrap=True), word.lower(), letters)


def _chosen(code: str, word: str) -> Choice[str]:
    """Return a word to choose; one that has a digit is found by it too."""
    digit = f"{code} " if code.isdecimal() else ""
    return Choice(
        word,
        Text(f"{digit}{word}", no_wrap=True),
        f"{digit}{word}".lower(),
        reference.initials(word),
    )


def _every(path: str) -> str:
    """Return the initials of a path from each of its levels on: 收费争议 is found by ``sfzy``."""
    levels = path.split("/")
    return reference.initials(*("".join(levels[at:]) for at in range(len(levels))))


def _unit(unit: UnitChoice) -> Choice[str]:
    shown = Text(unit.short_name, no_wrap=True)
    shown.append(f"  {unit.code} {unit.name}", "dim")
    words = " ".join((unit.name, unit.short_name, *unit.aliases, unit.code)).lower()
    return Choice(unit.short_name, shown, words, unit.initials.lower())


def _first(one: First, choice: Choice[str]) -> Choice[str]:
    shown = Text(f"{one.head} ", "bold", no_wrap=True).append(one.word, "none")
    return Choice(choice.value, shown.append(f"  {one.why}", "dim"), choice.words, choice.initials)
