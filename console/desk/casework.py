"""Casework as the screens ask for it: which steps are lawful, and taking one; every call blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk import Chosen, Desk

if TYPE_CHECKING:
    from models.casework import Reminded, Undoable
    from rules.casework import Position


LOOKED_AT = 60
"""How many of the chosen matters are asked what may be done with them."""


ARGUMENTS: dict[str, tuple[str, ...]] = {
    "dispatch": ("unit_id",),
    "transfer": ("unit_id",),
    "join": ("unit_id",),
    "acknowledge": (),
    "contact": ("text",),
    "progress": ("text",),
    "reply": ("text",),
    "assist": ("unit_id", "text"),
    "close": ("outcome",),
    "send_back": ("text",),
    "ask_return": ("code", "text"),
    "grant_return": (),
    "refuse_return": ("text",),
    "arbitrate": ("unit_id", "text"),
    "ask_extension": ("limit", "text"),
    "grant_extension": (),
    "refuse_extension": ("text",),
    "ask_pause": ("text",),
    "grant_pause": ("text",),
    "refuse_pause": ("text",),
    "resume": (),
    "rate": ("outcome", "work"),
    "rework": ("text",),
    "reopen": ("text",),
    "note": ("text",),
    "urge": (),
    "instruct": ("leader", "text"),
    "fulfil": ("text",),
}
"""The steps that can be taken here, and what of ``Said`` each needs, in the order of its verb."""


OPTIONS: dict[str, dict[str, str]] = {
    "dispatch": {"routed_by": "routed_by"},
    "transfer": {"reason": "text"},
    "grant_return": {"unit_id": "unit_id", "reason": "text"},
    "close": {"reason": "text"},
    "rework": {"limit_text": "limit"},
    "instruct": {"limit_text": "limit"},
}
"""What of ``Said`` a step takes besides, by the name its verb has for it."""


CALLED = {"transfer": "dispatch"}


UNSEEN = {"rate", "rework", "reopen", "note"}
"""Steps that no change of the matter makes unsafe, or of matters that no clock leads any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said when they took a step; ``None`` is nothing said."""

    text: str | None = None
    unit_id: int | None = None
    limit: str | None = None
    outcome: str | None = None
    work: str | None = None
    code: str | None = None
    routed_by: str | None = None
    leader: str | None = None
    promised: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lawful:
    """A step that may be taken on ``count`` of the matters that were looked at."""

    verb: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """The steps that may be taken on what is chosen, or ``why`` none of those asked for may.

    ``single``: one step was asked for by its key, so no menu need be shown for it.
    """

    chosen: tuple[Chosen, ...]
    steps: tuple[Lawful, ...]
    status: str
    why: str = ""
    single: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step came to: matters done, those skipped with the reason, and units reminded."""

    count: int
    skipped: tuple[tuple[str, str], ...] = ()
    reminders: tuple[Reminded, ...] = ()


def take(desk: Desk, verb: str, chosen: Sequence[Chosen], said: Said) -> Taken:
    """Take a step on the chosen; ``LostRace`` if one has changed since it was seen."""
    from models import casework

    if verb == "urge":
        return _urge(desk, chosen, said)
    if verb in ("instruct", "fulfil"):
        return _instruct(desk, verb, chosen, said)
    step = getattr(casework, CALLED.get(verb, verb))
    given = [getattr(said, name) for name in ARGUMENTS[verb]]
    besides = {name: getattr(said, field) for name, field in OPTIONS.get(verb, {}).items()}
    if verb not in UNSEEN:
        besides["seen"] = {one.ticket_id: one.version for one in chosen}
    done = step(desk.store, [one.ticket_id for one in chosen], *given, at=said.at, **besides)
    return Taken(len(done.done), done.skipped)


def _urge(desk: Desk, chosen: Sequence[Chosen], said: Said) -> Taken:
    """Remind units: by a text to copy, or by telephone where somebody answered."""
    from models import casework

    ids = [one.ticket_id for one in chosen]
    if said.text is None:
        urged = casework.urge(desk.store, ids, at=said.at)
    else:
        urged = casework.urge_by_phone(desk.store, ids, said.text, said.promised or "", at=said.at)
    count = sum(len(reminder.numbers) for reminder in urged.reminders)
    return Taken(count, urged.skipped, urged.reminders)


def reminders_on_paper(desk: Desk, reminders: Sequence[Reminded]) -> Path:
    """Write one page a unit into the folder for reminders and return it."""
    from console.documents.reminder_paper import write_reminders
    from console.locations import exports_dir

    folder = exports_dir() / "催办"
    write_reminders(reminders, desk.bureau.name, desk.now(), folder)
    return folder


def _instruct(desk: Desk, verb: str, chosen: Sequence[Chosen], said: Said) -> Taken:
    """Record a leader's word on each of the chosen, or that the open ones were followed."""
    from models import casework

    done = 0
    for one in chosen:
        if verb == "instruct":
            casework.instruct(desk.store, one.ticket_id, said.leader or "", said.text or "",
                              said.limit, at=said.at)  # fmt: skip
        else:
            for id in _instructions(desk, one.ticket_id):
                casework.fulfil(desk.store, id, said.text or "", at=said.at)
        done += 1
    return Taken(done)


def _instructions(desk: Desk, ticket_id: int) -> list[int]:
    sql = "SELECT id FROM instruction WHERE ticket_id = :id AND done_at IS NULL ORDER BY id"
    with desk.store.reading() as reader:
        return [int(row[0]) for row in reader.rows(sql, id=ticket_id)]


def offer(desk: Desk, chosen: Sequence[Chosen], wanted: Iterable[str] = ()) -> Offer:
    """Return the lawful steps of the chosen, only those ``wanted`` where any are named."""
    from rules.casework import allowed_steps, status_label

    asked = tuple(wanted)
    places = _positions(desk, chosen[:LOOKED_AT])
    found: Counter[tuple[str, str]] = Counter()
    for place in places:
        for step in allowed_steps(place, desk.bureau.roles):
            if step.verb in ARGUMENTS and (not asked or step.verb in asked):
                found[step.verb, step.name] += 1
    order = {step.verb: rank for rank, step in enumerate(_table())}
    steps = sorted((Lawful(*key, count) for key, count in found.items()),
                   key=lambda step: order[step.verb])  # fmt: skip
    first = places[0]
    status = status_label(first.kind, first.state, facts=first.facts, round=first.round)
    why = "" if steps else _why(first, asked)
    return Offer(tuple(chosen), tuple(steps), status, why, single=bool(asked))


def again(desk: Desk, chosen: Sequence[Chosen]) -> list[Chosen]:
    """Return the chosen as they are now, for whoever has seen what changed."""
    with desk.store.reading() as reader:
        rows = reader.rows(_LEADING, ids=[one.ticket_id for one in chosen])
    now = {int(id): int(version) for id, version in rows}
    return [
        Chosen(one.ticket_id, now.get(one.ticket_id, 0), one.number, one.unit) for one in chosen
    ]


def undo(desk: Desk) -> str:
    """Take back the operator's last act; return it in words: ``签收 3件``."""
    from models.casework import undo as take_back

    return _named(take_back(desk.store))


def redo(desk: Desk) -> str:
    """Do again what was taken back; return it in words."""
    from models.casework import redo as do_again

    return _named(do_again(desk.store))


def _named(act: Undoable) -> str:
    from models.views import VERB_NAMES

    return f"{VERB_NAMES.get(f'ticket.{act.verb}', act.verb)} {act.matters}件"


_LEADING = """
SELECT ticket_id, version FROM deadline
WHERE ticket_id IN (:ids) AND subject_kind = 'ticket' AND stopped_at IS NULL AND leads
"""


def _positions(desk: Desk, chosen: Sequence[Chosen]) -> list[Position]:
    from models.matter import load_matter, position

    keeper, now = desk.store.timekeeper(), desk.store.now()
    with desk.store.reading() as reader:
        return [
            position(reader.rows, load_matter(reader.rows, one.ticket_id), keeper, now)
            for one in chosen
        ]


def _table() -> tuple[Lawful, ...]:
    from rules.casework import STEPS

    return tuple(Lawful(step.verb, step.name, 0) for step in STEPS if step.kind == "ticket")


def _why(place: Position, asked: Sequence[str]) -> str:
    """Return why the step first asked for cannot be taken."""
    from rules.casework import check_step
    from rules.errors import Refused

    if not asked:
        return "现在没有您能办的步骤"
    try:
        check_step(asked[0], place)
    except Refused as refusal:
        return str(refusal)
    return "您没有办理这一步的权限"
