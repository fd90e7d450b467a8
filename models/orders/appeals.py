"""What the trail tells of the matters on a paper, and how their texts may be told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.casework import kept_back
from rules.clocks import Timekeeper
from rules.orders import Act, Facts, Told, still_standing
from rules.text import MASKED, Masking


@dataclass(frozen=True, slots=True)
class _Event:
    """One event of a matter."""

    subject_id: int
    seq: int
    at: datetime
    verb: str
    unit_id: int | None
    reason: str | None
    payload: str


_EVENTS = Query(
    _Event,
    """
SELECT subject_id, seq, at, verb, unit_id, reason, payload FROM event
WHERE subject_kind = :kind AND subject_id IN (:ids) AND verb IN (:verbs) ORDER BY seq
""",
)


@dataclass(frozen=True, slots=True)
class Trail:
    """Events of some matters by an instant that nobody took back, and the reasons they gave."""

    told: Mapping[int, Sequence[Told]]
    reasons: Mapping[int, str]

    def seqs(
        self, id: int, verb: str, at: datetime, unit_id: int | None = None, **said: int
    ) -> tuple[int, ...]:
        """Return the numbers of the events of a matter that tell of one act.

        ``said`` is what their payloads name, such as the row that was made.
        """
        return tuple(
            one.seq
            for one in self.told.get(id, ())
            if one.verb == verb
            and one.at == at
            and unit_id in (None, one.unit_id)
            and all(one.payload.get(name) == value for name, value in said.items())
        )


def trail_of(
    source: Source, kind: str, ids: Sequence[int], verbs: Sequence[str], at: datetime
) -> Trail:
    """Return the events of some verbs of matters of a kind, those that happened by an instant."""
    wanted = [f"{kind}.{verb}" for verb in (*verbs, "undo", "redo")]
    found: dict[int, list[Told]] = defaultdict(list)
    reasons: dict[int, str] = {}
    for one in source.read(_EVENTS, kind=kind, ids=list(ids), verbs=wanted) if ids else ():
        verb = one.verb.removeprefix(f"{kind}.")
        told = Told(one.seq, one.at, verb, one.unit_id, json.loads(one.payload))
        found[one.subject_id].append(told)
        if one.reason:
            reasons[one.seq] = one.reason
    standing = {
        id: [one for one in still_standing(events) if one.at <= at] for id, events in found.items()
    }
    return Trail(standing, reasons)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose appeal it is."""

    id: int
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_WHOSE = Query(
    _Whose,
    """
SELECT t.id, t.nature, t.confidential, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN (:ids)
""",
)


def _maskings(source: Source, ids: Sequence[int]) -> dict[int, Masking | None]:
    """Return how the texts of appeals are told on a paper; None of one that is kept back."""
    return {
        one.id: None if kept_back(one.nature, one.confidential) else MASKED.about(one)
        for one in source.read(_WHOSE, ids=list(ids))
    }


_VERBS = (
    "instruct",
    "fulfil",
    "urge",
    "join",
    "assist",
    "send_back",
    "grant_extension",
    "grant_pause",
    "resume",
    "begin_account",
    "end_account",
)
"""What is told of appeals besides how they stood."""


@dataclass(frozen=True, slots=True)
class Appeals:
    """The appeals on an order: what befell them by an instant, and how their texts are told.

    ``masks`` are None of an appeal that is kept back.
    """

    source: Source
    keeper: Timekeeper
    unit_id: int
    at: datetime
    facts: Mapping[int, Facts]
    masks: Mapping[int, Masking | None]
    trail: Trail

    @classmethod
    def of(
        cls,
        source: Source,
        keeper: Timekeeper,
        unit_id: int,
        facts: Sequence[Facts],
        at: datetime,
    ) -> Appeals:
        """Read whose appeals they are, and their trail."""
        ids = [one.ticket_id for one in facts]
        trail = trail_of(source, "ticket", ids, _VERBS, at)
        known = {one.ticket_id: one for one in facts}
        return cls(source, keeper, unit_id, at, known, _maskings(source, ids), trail)

    def act(self, ticket_id: int, verb: str, at: datetime, **said: int) -> Act:
        """Return an act on an appeal, in the bureau's zone, with the events that tell of it."""
        return Act(self.keeper.local(at), self.trail.seqs(ticket_id, verb, at, **said))

    def masked(self, ticket_id: int, text: str) -> str:
        """Return words as a paper may tell them, "" of an appeal kept back."""
        masking = self.masks[ticket_id]
        return masking.text(text) if masking is not None else ""
