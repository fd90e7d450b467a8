"""Suggested units: how often right, how sure they say they are, beside two plain rivals.

Run: ``.venv/bin/pip install -e '.[bench]'``, ``.venv/bin/python -m tests.bench.dispatching``.

1. The labelled messages of ``../shared/data`` (示例 附件2; skipped where absent): the first-level
   category stands for the unit, ten parts held out in turn. They have neither place nor category
   to go by, so only their words speak. The constants of ``rules.text`` were once chosen on other
   splits of the same messages: a little is flattered.
2. The demo city: the last 2,400 dispatches of 20,000 asked in the order of time of those before
   them. Its units are drawn by topic and place, so that nobody can do better than the ceiling
   that the draw leaves (printed). That an invented city is easy to guess says little about a real
   one; that the sureness is true there says that the reckoning is.

Beside ours stand naming the largest class, and a linear classifier (multinomial logistic
regression on the same traits by tf-idf, by stochastic gradient with AdaGrad). For each the
reliability is printed: what was said in ten cells of sureness, and what came, where sureness is
what the bands of *other* guesses say (other parts; earlier time).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from rules.casework.appeal import Appeal
from rules.dispatch.blending import blended, likeliest, weights_from
from rules.dispatch.habits import OWN, Asked
from rules.dispatch.measuring import HELD, Past, said_in_time
from rules.dispatch.sureness import band_of, bands_of, calibration_error
from rules.text.similarity import Described, Memory, guesses, traits
from seed.channels.reading import read_file
from seed.demo.answerers import ANY, LOCAL, ROLES, RURAL
from seed.demo.city import City
from seed.demo.topics import Topic, read_topics
from seed.reference.catalogue import reference
from tests.bench.suggestions import NOW
from tests.seed.demo_city import keeper

LABELLED = Path(__file__).resolve().parents[3] / "shared/data/teddy2020c/示例_附件2_e2.xlsx"

PARTS = 10

TICKETS = 20_000

Chances = Mapping[int, float]

Judged = tuple[Chances, int]

Told = tuple[int, Mapping[str, int]]


class Linear:
    """Multinomial logistic regression on rows of traits, weighed by tf-idf and of length 1."""

    def __init__(self, told: Sequence[Told], epochs: int = 12, rate: float = 0.5) -> None:
        """Learn from (label, traits)."""
        met = Counter(trait for _, own in told for trait in own)
        self._places = {t: n for n, t in enumerate(t for t, times in met.items() if times > 1)}
        self._rarity = {t: log(1 + len(told) / met[t]) for t in self._places}
        self.labels = sorted({label for label, _ in told})
        index = {label: n for n, label in enumerate(self.labels)}
        self._weights = np.zeros((len(self._places) + 1, len(self.labels)))
        moved = np.full_like(self._weights, 1e-8)
        rows = [(index[label], *self._row(own)) for label, own in told]
        dice = random.Random(1)
        for _ in range(epochs):
            dice.shuffle(rows)
            for label, places, values in rows:
                wrong = self._soft(places, values)
                wrong[label] -= 1
                slope = np.outer(values, wrong)
                moved[places] += slope**2
                self._weights[places] -= rate * slope / np.sqrt(moved[places])

    def chances(self, own: Mapping[str, int]) -> Chances:
        """Return the chance of each label."""
        found = self._soft(*self._row(own))
        return dict(zip(self.labels, found.tolist(), strict=True))

    def _soft(self, places: Any, values: Any) -> Any:
        score = values @ self._weights[places]
        raised = np.exp(score - score.max())
        return raised / raised.sum()

    def _row(self, own: Mapping[str, int]) -> tuple[Any, Any]:
        known = [trait for trait in own if trait in self._places]
        values = np.array([(1 + log(own[t])) * self._rarity[t] for t in known] + [0.0])
        values /= np.linalg.norm(values) or 1.0
        values[-1] = 0.3
        return np.array([*(self._places[t] for t in known), len(self._places)]), values


def right(judged: Sequence[Judged]) -> str:
    """Return the shares in which the first guess, and one of the first three, was right."""
    said = [(likeliest(chances)[:3], unit) for chances, unit in judged]
    first = sum(found[:1] == [unit] for found, unit in said) / len(said)
    three = sum(unit in found for found, unit in said) / len(said)
    return f"first guess {first:.1%}  first three {three:.1%}"


def reliability(parts: Sequence[Sequence[Judged]], fitted: Sequence[Sequence[Judged]]) -> None:
    """Print what was said and what came of first guesses, by bands of other guesses."""
    told = []
    for part, others in zip(parts, fitted, strict=True):
        bands = bands_of(
            (chances[unit], unit == truth)
            for chances, truth in others
            for unit in likeliest(chances)[:3]
        )
        for chances, truth in part:
            unit = next(iter(likeliest(chances)), None)
            band = band_of(bands, chances[unit]) if unit is not None else None
            if band is not None:
                told.append((band.sure, unit == truth))
    print(f"    calibration error {calibration_error(told):.1%} of {len(told)} guesses")
    for cell in range(10):
        inside = [each for each in told if cell <= min(each[0] * 10, 9.99) < cell + 1]
        if inside:
            said = sum(sure for sure, _ in inside) / len(inside)
            came = sum(true for _, true in inside) / len(inside)
            print(f"    said {said:4.0%}  was {came:4.0%}  of {len(inside)}")


def labelled() -> list[Told]:
    """Return (label, traits) of each message that carries one label."""
    rows = [
        row
        for row in read_file(LABELLED, zone=ZoneInfo("Asia/Shanghai"), now=NOW)
        if isinstance(row, Appeal) and row.category and "；" not in row.category
    ]
    names = sorted({str(row.category) for row in rows})
    return [
        (names.index(str(row.category)), traits(Described(row.title, row.content))) for row in rows
    ]


def messages() -> None:
    """Print the guesses on real labelled messages."""
    if not LABELLED.exists():
        print(f"labelled messages absent: {LABELLED.name}")
        return
    told = labelled()
    random.Random(7).shuffle(told)
    print(f"{len(told)} labelled messages, {len({n for n, _ in told})} classes, {PARTS} parts")
    ours: list[list[Judged]] = []
    linear: list[list[Judged]] = []
    largest: list[Judged] = []
    for part in range(PARTS):
        asked, known = told[part::PARTS], [t for n, t in enumerate(told) if n % PARTS != part]
        memory, classes = Memory(known), Counter(label for label, _ in known)
        model = Linear(known, epochs=30)
        ours.append(
            [({g.answer: g.share for g in guesses(memory.alike(o))}, label) for label, o in asked]
        )
        linear.append([(model.chances(own), label) for label, own in asked])
        largest += [(dict(classes), label) for label, _ in asked]
    print(f"  largest classes  {right(largest)}")
    for name, found in (("linear", linear), ("suggested", ours)):
        print(f"  {name:15}  {right([each for part in found for each in part])}")
        others = [
            [each for m, part in enumerate(found) if m != n for each in part]
            for n in range(len(found))
        ]
        reliability(found, others)


def demo() -> None:
    """Print the guesses on the demo city's units."""
    told = dispatched()
    pasts = [past for _, past in told]
    said = list(said_in_time(pasts, HELD))
    third = len(said) // 3
    weights = weights_from(said[:third])
    ours = [(blended(voices, weights), unit) for voices, unit in said[third:]]
    later = pasts[: len(said) - third][::-1]
    known = [(past.unit, past.traits) for past in reversed(pasts[len(said) - third :])]
    model = Linear(known, epochs=3)
    linear = [(model.chances(past.traits), past.unit) for past in later]
    like = [(dict(voices[3] or {}), unit) for voices, unit in said[third:]]
    counted = Counter(past.unit for past in pasts[HELD:])
    print(f"demo city: {len(counted)} units, {len(later)} dispatches asked after {len(known)}")
    print(f"  largest units    {right([(dict(counted), past.unit) for past in later])}")
    print(f"  linear           {right(linear)}")
    print(f"  only words       {right(like)}")
    print(f"  suggested        {right(ours)}  (voices {[round(w, 2) for w in weights]})")
    best = [ceiling(topic) for (topic, _), _ in zip(reversed(told), said, strict=False)]
    first = sum(chances[0] for chances in best) / len(best)
    three = sum(sum(chances[:3]) for chances in best) / len(best)
    print(f"  who knows topic and draw, but no earlier matter: {first:.1%}, {three:.1%}")
    half = len(ours) // 2
    reliability([ours[half:]], [ours[:half]])


def dispatched() -> list[tuple[str, Past]]:
    """Return the demo city's dispatches, the latest first, each with its category."""
    first = reference()
    ids = {word: n for n, u in enumerate(first.units, 1) for word in (u.name, u.short_name)}
    city = City(2026, TICKETS, NOW, keeper(), first)
    found = []
    for appeal in city:
        unit = ids.get(appeal.unit or "")
        if unit is None or appeal.nature == "举报" or appeal.dispatched_at is None:
            continue
        named = tuple({n for word, n in ids.items() if word in appeal.title + appeal.content})
        described = Described(
            appeal.title, appeal.content, appeal.category, appeal.grid, appeal.object
        )
        day = appeal.dispatched_at.toordinal()
        asked = Asked(appeal.category, appeal.nature or "其他", appeal.grid, appeal.object, day)
        past = Past(asked, unit, traits(described), named)
        found.append((appeal.dispatched_at, appeal.category or "", past))
    found.sort(key=lambda each: each[0], reverse=True)
    return [(category, past) for _, category, past in found]


def ceiling(category: str) -> list[float]:
    """Return the chances of the units of a category by the city's own draw, the largest first."""
    topics = [topic for topic in read_topics() if topic.category == category]
    drawn: dict[object, float] = defaultdict(float)
    for topic in topics:
        share = topic.weight / sum(each.weight for each in topics)
        for unit, chance in _drawn(topic).items():
            drawn[unit] += share * chance
    return sorted(drawn.values(), reverse=True)


def _drawn(topic: Topic) -> dict[object, float]:
    found: dict[object, float] = defaultdict(float)
    whole = sum(weight for _, weight in topic.units)
    for role, weight in topic.units:
        names = ROLES.get(role, (OWN,)) if role not in (LOCAL, RURAL) else (OWN,)
        for name in names if role != ANY else range(1, 100):
            found[name] += weight / whole / (len(names) if role != ANY else 99)
    return dict(found)


if __name__ == "__main__":
    messages()
    demo()
