"""A file being read: every filled row becomes an Appeal or a Reject, none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from rules.casework import Appeal, Reject
from seed.channels.instants import Instants
from seed.channels.layout import Layout
from seed.channels.rowreader import RowReader
from seed.channels.survey import Survey, survey

_YEARS_AHEAD = 50


@dataclass
class Reading:
    """A file under a profile; iterate over it, as often as needed.

    ``source`` names where identities are unique, ``zone`` is the bureau's, for sources that
    declare none. Dates more than fifty years after ``now`` are refused as unreadable.
    """

    layout: Layout
    source: str
    zone: tzinfo
    now: datetime

    @property
    def profile(self) -> str:
        """The name of the profile by which the file is read."""
        return self.layout.profile.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's own column names, in order; keys of ``Reject.raw``."""
        return self.layout.columns

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Headers that the profile does not know, or that name a field a second time."""
        return self.layout.unknown

    @property
    def total(self) -> int:
        """How many rows iterating will give."""
        return self.whole.rows

    @cached_property
    def whole(self) -> Survey:
        """What a first pass over the file tells."""
        return survey(self.layout)

    def __iter__(self) -> Iterator[Appeal | Reject]:
        """Yield an Appeal or a Reject for every filled row, in the file's order."""
        own = self.layout.profile.zone
        instants = Instants(
            zone=ZoneInfo(own) if own else self.zone,
            latest_year=self.now.year + _YEARS_AHEAD,
            day_first=self.whole.day_first,
            epoch=self.layout.profile.epoch,
        )
        reader = RowReader(self.layout, self.whole, self.source, instants)
        return map(reader.read, self.layout.rows())

    def originals(self, lines: Set[int]) -> Mapping[int, Mapping[str, str]]:
        """Read the file again for the rows at ``lines``, as they stand in it."""
        rows = self.layout.rows()
        return {each.line: self.layout.raw(each) for each in rows if each.line in lines}
