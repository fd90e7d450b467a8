"""Random trails of appeals, and an obvious reading of them, one event after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rules.orders import Told

BEGUN = datetime(2026, 11, 2, 1, tzinfo=UTC)

UNITS = (1, 2, 3)

ROUTES: dict[str, tuple[str, ...]] = {
    "waiting": ("dispatch",),
    "handled": (
        "acknowledge",
        "reply",
        "reply",
        "reply",
        "transfer",
        "grant_return",
        "grant_extension",
        "grant_pause",
        "ask_supplement",
        "decline",
        "close",
        "note",
    ),
    "paused": ("resume", "reply"),
    "asked": ("supplement", "note"),
    "answered": ("send_back", "close", "close", "note"),
    "closed": ("reopen", "rework", "note"),
}
"""What may be done with an appeal as it stands."""

AFTER = {
    "dispatch": "handled",
    "reply": "answered",
    "send_back": "handled",
    "grant_return": "waiting",
    "grant_pause": "paused",
    "ask_supplement": "asked",
    "supplement": "handled",
    "decline": "answered",
    "resume": "handled",
    "close": "closed",
    "reopen": "handled",
    "rework": "handled",
}
"""How it stands after that, where that changes it."""

ANSWERS = ("reply", "decline")

PAUSES = ("grant_pause", "ask_supplement")

CORRECTED = {"reply": "replied_at", "close": "closed_at", "acknowledge": "acknowledged_at"}


def history(draw: random.Random) -> list[Told]:
    """Return the trail of one appeal: lawful steps, some recorded late, corrected, taken back."""
    at = BEGUN + timedelta(hours=draw.randrange(200))
    events = [_intake(draw, at)]
    states = ["handled" if "dispatched_at" in events[0].payload else "waiting"]
    floor = at
    for seq in range(2, 2 + draw.randrange(14)):
        at += timedelta(minutes=draw.choice((0, 7, 60, 60, 600, 2000)))
        if draw.random() < 0.12 and len(states) > 1:
            events.append(_undone(seq, at, events))
            _, states = states.pop(), states
            floor = at
            continue
        last = events[-1]
        if draw.random() < 0.1 and last.verb in CORRECTED:
            earlier = last.at - timedelta(minutes=draw.randrange(30))
            told = {CORRECTED[last.verb]: [_iso(last.at), _iso(earlier)]}
            events.append(Told(seq, at, "correct", None, told))
            states.append(states[-1])
            continue
        verb = draw.choice(ROUTES[states[-1]])
        when = at
        if verb in ("reply", "acknowledge") and draw.random() < 0.3:
            when = max(floor, at - timedelta(minutes=draw.randrange(500)))
        floor = max(floor, when)
        unit = draw.choice(UNITS) if verb in ("dispatch", "transfer", "rework") else None
        events.append(Told(seq, when, verb, unit, _payload(verb, events)))
        states.append(AFTER.get(verb, states[-1]))
    return events


def _intake(draw: random.Random, at: datetime) -> Told:
    if draw.random() < 0.2:
        return Told(1, at, "intake", None, {"number": "WH"})
    handed = at + timedelta(minutes=draw.randrange(300))
    return Told(1, at, "intake", draw.choice(UNITS), {"dispatched_at": _iso(handed)})


def _payload(verb: str, events: Sequence[Told]) -> dict[str, Any]:
    if verb == "rework":
        return {"round": 2 + sum(one.verb == "rework" for one in standing(events))}
    return {"outcome": "已解决"} if verb == "close" else {}


def _undone(seq: int, at: datetime, events: Sequence[Told]) -> Told:
    """Return an undo of the last act that stands."""
    last = next(one for one in reversed(events) if _stands(one, events) and one.verb != "undo")
    return Told(seq, at, "undo", None, {"from": last.seq, "to": last.seq, "verb": last.verb})


def _iso(at: datetime) -> str:
    return at.isoformat()


# the slow reading


def standing(events: Sequence[Told]) -> list[Told]:
    """Return the events that tell of something and that nobody took back."""
    return [one for one in events if one.verb != "undo" and _stands(one, events)]


def _stands(event: Told, events: Sequence[Told]) -> bool:
    return not any(
        later.verb == "undo"
        and later.seq > event.seq
        and later.payload["from"] <= event.seq <= later.payload["to"]
        and _stands(later, events)
        for later in events
    )


def happened(events: Sequence[Told], until: datetime) -> Iterator[Told]:
    """Give what had happened by an instant, one act an event, each when it truly was."""
    left = standing(events)
    for place, event in enumerate(left):
        if event.verb == "correct":
            continue
        truly = event.at
        column = CORRECTED.get(event.verb)
        for later in left[place + 1 :]:
            if later.verb in (event.verb, "rework"):
                break
            if column and later.verb == "correct" and column in later.payload:
                truly = datetime.fromisoformat(later.payload[column][1])
        if event.verb == "intake" and (handed := event.payload.get("dispatched_at")):
            if event.at <= until:
                yield replace(event, payload={})
            if datetime.fromisoformat(handed) <= until:
                yield Told(event.seq, datetime.fromisoformat(handed), "dispatch", event.unit_id)
        elif truly <= until:
            yield replace(event, at=truly)


@dataclass(frozen=True)
class Slow:
    """What an obvious reading finds of an appeal at an instant."""

    round: int
    lead: int | None
    answered: datetime | None
    replies: int
    sent_back: int
    closed: datetime | None
    paused: datetime | None
    asked: bool
    since: datetime | None


def slowly(events: Sequence[Told], until: datetime) -> Slow | None:
    """Return what held of an appeal, found by looking back from the end for each thing alone."""
    told = list(happened(events, until))
    if not told:
        return None
    begun = max((n for n, one in enumerate(told) if one.verb == "rework"), default=0)
    present = told[begun:]

    def last(*verbs: str) -> Told | None:
        return next((one for one in reversed(present) if one.verb in verbs), None)

    moved = last("dispatch", "transfer", "rework", "grant_return")
    answer = last(*ANSWERS, "send_back", "reopen")
    close = last("close", "reopen")
    pause = last(*PAUSES, "resume", "supplement", "close")
    lead = moved.unit_id if moved and moved.verb != "grant_return" else None
    handed = [one for one in present if one.verb in ("dispatch", "transfer", "rework")]
    return Slow(
        round=1 + sum(one.verb == "rework" for one in told),
        lead=lead,
        answered=answer.at if answer and answer.verb in ANSWERS else None,
        replies=sum(one.verb in ANSWERS for one in told),
        sent_back=sum(one.verb == "send_back" for one in present),
        closed=close.at if close and close.verb == "close" else None,
        paused=pause.at if pause and pause.verb in PAUSES else None,
        asked=pause is not None and pause.verb == "ask_supplement",
        since=handed[-1].at if handed else None,
    )
