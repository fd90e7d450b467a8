"""把握: what suggestions are worth in this city, measured by a person's order and kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from models.dispatch.remembering import pasts_to_measure
from models.store import Query, Source, Store, retried
from models.tables import DispatchMeasure
from rules.dispatch import LEAST_MEASURED, Band, Measured, measured
from rules.errors import Refused


@dataclass(frozen=True, slots=True)
class Measure:
    """One measurement as it is kept; ``error`` in thousandths."""

    id: int
    at: datetime
    asked: int
    first: int
    three: int
    largest: int
    error: int
    told_weights: str
    told_bands: str

    @property
    def weights(self) -> tuple[float, ...]:
        """How each voice is heard, 1 in sum."""
        return tuple(weight / 1000 for weight in json.loads(self.told_weights))

    @property
    def bands(self) -> tuple[Band, ...]:
        """What came true of guesses by how likely they looked, the least likely first."""
        return tuple(
            Band(low / 1000, asked, right, said / 1000)
            for low, said, asked, right in json.loads(self.told_bands)
        )


_LATEST = Query(
    Measure,
    """
SELECT id, at, asked, first, three, largest, error, weights AS told_weights, bands AS told_bands
FROM dispatch_measure ORDER BY id DESC LIMIT 1
""",
)


def latest_measure(source: Source) -> Measure | None:
    """Return the last measurement; None where nobody measured."""
    return source.first(_LATEST)


def calibrate(store: Store, *, today: date) -> Measure:
    """Measure on the dispatches that are remembered and keep what was found.

    Seconds for tens of thousands, read outside the transaction. Refused where there are too few.
    """
    with store.reading() as reader:
        found = measured(pasts_to_measure(reader, today))
    if found is None:
        raise Refused(
            f"已派单的件不足，测不出把握：至少要有 {3 * LEAST_MEASURED} 件（举报、保密不计）"
        )
    return _kept(store, found)


@retried
def _kept(store: Store, found: Measured) -> Measure:
    with store.writing() as work:
        work.require(verb="dispatch.calibrate")
        id = work.insert(
            DispatchMeasure,
            at=work.at,
            operator_id=work.operator.id,
            asked=found.asked,
            first=found.first,
            three=found.three,
            largest=found.largest,
            error=round(found.error * 1000),
            weights=json.dumps([round(weight * 1000) for weight in found.weights]),
            bands=_bands(found),
        )
        told = {"cases": found.asked, "first": found.first, "three": found.three}
        work.event("dispatch.calibrate", "measure", id, payload=told)
        kept = latest_measure(work)
    assert kept is not None
    return kept


def _bands(found: Measured) -> str:
    return json.dumps(
        [
            [round(band.low * 1000), round(band.said * 1000), band.asked, band.right]
            for band in found.bands
        ]
    )
