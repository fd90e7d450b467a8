"""Several columns that name one field: a day and a time are joined, rivals are not judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rules.text import harmless
from seed.channels.placing import level_of
from seed.channels.table import Cell, RowRefused, cell_text, doubt_in
from seed.channels.written import on_clock, pieces, plain

_QUOTED = 20  # signs of a cell in a reason

_DAY_ZERO = 1905  # years before are those of a time of day that a program keeps as a date

_SOME_DAY = datetime(2000, 1, 1)

_GUARD = re.compile(r'^(?:=\s*"|\')|"$')  # what keeps a program from shortening a number

_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)")


class _Told(NamedTuple):
    """What one cell tells: a day and a time of day as they may be joined, "" for none."""

    place: int
    day: str
    clock: str

    def same_day(self, other: _Told) -> bool:
        """Whether two cells name one date."""
        return _digits(self.day) == _digits(other.day)


class Joining:
    """Reads the columns of each such field as one: the first holds what they say together."""

    def __init__(
        self,
        columns: Sequence[str],
        several: Mapping[str, tuple[int, ...]],
        instants: frozenset[str],
    ) -> None:
        """Take the names of all columns, and the columns of each field that has several."""
        self._columns = columns
        self._moments = [places for name, places in several.items() if name in instants]
        texts = [places for name, places in several.items() if name not in instants]
        self._levels = [self._by_level(p) for p in texts if all(map(self._level, p))]
        self._texts = [places for places in texts if not all(map(self._level, places))]

    def merged(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Return a row with these columns merged; RowRefused where they contradict each other."""
        row = list(cells)
        for places in self._texts:
            row[places[0]] = self._one_of(places, cells)
        for place, levels in self._levels:
            row[place] = self._path(levels, cells)
        for places in self._moments:
            row[places[0]] = self._moment(places, cells)
        return row

    def _level(self, place: int) -> int:
        return level_of(self._columns[place])

    def _by_level(self, places: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Return the place that is read, and all places from the widest level on."""
        return places[0], tuple(sorted(places, key=self._level))

    def _path(self, places: Sequence[int], cells: Sequence[Cell]) -> Cell:
        """Return the levels of a category as one, where a cell may tell those above it too."""
        path = ""
        for place in places:
            if doubt_in(cells[place]):
                return cells[place]
            text = harmless(cell_text(cells[place])).strip()
            if text and not _is_nothing(cells[place]) and text != path:
                path = text if not path or text.startswith(f"{path}/") else f"{path}/{text}"
        return path

    def _one_of(self, places: Sequence[int], cells: Sequence[Cell]) -> Cell:
        """Return what the columns say, if they say one thing."""
        said: dict[str, int] = {}
        for place in places:
            if doubt_in(cells[place]):
                return cells[place]
            if text := _GUARD.sub("", harmless(cell_text(cells[place]))):
                said.setdefault(text, place)
        if len(said) > 1:
            raise self._contradiction(said.values(), cells)
        return cells[next(iter(said.values()), places[0])]

    def _moment(self, places: Sequence[int], cells: Sequence[Cell]) -> Cell:
        """Return the moment that the columns tell together."""
        told = [_told(place, cells[place]) for place in places if not _is_nothing(cells[place])]
        unclear = next((each for each in told if not (each.day or each.clock)), None)
        if unclear or len(told) < 2:
            return cells[unclear.place if unclear else told[0].place if told else places[0]]
        dated = [each for each in told if each.day]
        timed = [each for each in told if each.clock]
        for first, *others in filter(None, (dated, timed)):
            for other in others:
                alike = first.same_day(other) if first.day else True
                if not alike or (first.clock and other.clock and first.clock != other.clock):
                    raise self._contradiction((first.place, other.place), cells)
        whole = next((each for each in dated if each.clock), None)
        if whole or not timed:
            return cells[(whole or dated[0]).place]
        return f"{dated[0].day} {timed[0].clock}" if dated else cells[timed[0].place]

    def _contradiction(self, places: Iterable[int], cells: Sequence[Cell]) -> RowRefused:
        """Say which columns say what."""
        said = "与".join(
            f"“{self._columns[place]}”写的{harmless(cell_text(cells[place]))[:_QUOTED]}"
            for place in places
        )
        return RowRefused(f"{said}不一致：请只留一列，或用 duban import --map 指明用哪一列")


def _is_nothing(cell: Cell) -> bool:
    return cell is None or cell_text(cell).strip() in ("", "-", "—", "/", "无")


def _told(place: int, cell: Cell) -> _Told:
    """Take a cell apart into a day and a time of day; both are "" where it is no moment."""
    if isinstance(cell, datetime):
        clock = "" if cell.time() == time() else _clock_text(cell.time())
        return _Told(place, "" if cell.year < _DAY_ZERO else cell.date().isoformat(), clock)
    if isinstance(cell, date):
        return _Told(place, cell.isoformat(), "")
    if isinstance(cell, time):
        return _Told(place, "", _clock_text(cell))
    if isinstance(cell, float) and 0 <= cell < 1:
        cell = timedelta(seconds=round(cell * 86400))
    if isinstance(cell, timedelta):
        within = timedelta() <= cell < timedelta(1)
        return _Told(place, "", _clock_text((_SOME_DAY + cell).time()) if within else "")
    return _told_in_words(place, plain(cell_text(cell)))


def _told_in_words(place: int, text: str) -> _Told:
    found = pieces(text)
    if found is None:
        return _Told(place, "", "")
    if found.clock is None:
        return _Told(place, text, "")
    clock = found.clock["clock"]
    try:
        on_day = on_clock(_SOME_DAY, found.clock)
    except (ValueError, RowRefused):
        return _Told(place, "", "")
    day = "" if found.date is None else text.replace(clock, "").strip(" ,T_-")
    return _Told(place, day, clock if on_day.tzinfo else _clock_text(on_day.time()))


def _clock_text(clock: time) -> str:
    return clock.isoformat("seconds")


def _digits(day: str) -> list[int]:
    """Return the numbers of a date, to compare two ways of writing it."""
    return [int(number) for number in re.findall(r"\d+", _PACKED.sub(r"\1-\2-\3", day))]
