"""The topics of the demo city: what citizens appeal about, and who answers it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

FILES = ("housing", "utilities", "streets", "people")

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """One kind of appeal: its words, its weight in the year, and the roles that answer it.

    ``units`` weighs roles (see :mod:`seed.demo.answerers`), ``natures`` the natures; ``season``,
    ``hours`` and ``trend`` name curves of :mod:`seed.demo.seasons`. ``urgent`` and ``grave`` are
    the chances of 紧急 and 特急. The texts hold slots such as ``{小区}``, filled by a scene.
    """

    category: str
    units: Weights
    natures: Weights
    weight: float
    titles: tuple[str, ...]
    facts: tuple[str, ...]
    effects: tuple[str, ...]
    done: tuple[str, ...]
    season: str = "even"
    hours: str = "any"
    trend: str = "steady"
    object: str | None = None
    urgent: float = 0.02
    grave: float = 0.002

    @property
    def consults(self) -> bool:
        """Whether it mostly asks a question rather than complains."""
        return max(self.natures, key=lambda pair: pair[1])[0] == "咨询"


def read_text(name: str) -> dict[str, Any]:
    """Return one text file of the demo city as tables."""
    folder = files("seed.demo") / "texts"
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def read_topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of the files."""
    return tuple(_topic(raw) for name in FILES for raw in read_text(name)["topic"])


def _topic(raw: dict[str, Any]) -> Topic:
    read: dict[str, Any] = dict(raw)
    read |= {key: tuple(raw[key]) for key in ("titles", "facts", "effects", "done")}
    read |= {key: _weights(raw[key]) for key in ("units", "natures")}
    return Topic(**read)


def _weights(text: str) -> Weights:
    """Read ``"属地 9, 城管 1"``."""
    pairs = (part.split() for part in text.split(","))
    return tuple((name, int(weight)) for name, weight in pairs)
