"""What comes from codes on doors: 我要说事 become appeals of their cell, 我要参与 are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.grid.door_codes import DoorCodes
from models.grid.opinions import Counted, take_opinions
from models.intake import Entered, IntakeResult, enter_within, take_in
from models.store import Query, retried
from models.tables import Opinion
from rules.casework import DOORS, Appeal
from rules.errors import Refused
from rules.grid import Coming, Said, Untaken, Voiced
from rules.intake import Entry, first_sentence

if TYPE_CHECKING:
    from models.store import Store

CHANNEL = SOURCE = DOORS["neighbour"]

PROFILE = "door_codes"

_TOLD = frozenset(
    {"channel", "external_id", "title", "content", "reporter", "phone", "grid", "received_at"}
)


@dataclass(frozen=True, slots=True)
class TakenComing:
    """What became of a file: appeals as of any import, opinions, and every line refused."""

    appeals: IntakeResult
    opinions: Counted
    refused: tuple[Untaken, ...]


def take_coming(
    store: Store, lines: Sequence[Coming], *, file_name: str, file_digest: str
) -> TakenComing:
    """Take a file that comes from codes; each line is taken, or refused with why."""
    refused = [line for line in lines if isinstance(line, Untaken)]
    appeals = _appeals(store, [line for line in lines if isinstance(line, Said)], refused)
    taken = IntakeResult()
    if appeals:
        taken = take_in(
            store,
            appeals,
            source=SOURCE,
            profile=PROFILE,
            file_name=file_name,
            file_digest=file_digest,
        )
        cells = {line.line: line.cells for line in lines if isinstance(line, Said)}
        refused += [Untaken(one.line, cells[one.line], one.reason) for one in taken.rejects]
    voiced = [line for line in lines if isinstance(line, Voiced)]
    counted = take_opinions(store, voiced, file_name) if voiced else Counted()
    refused += counted.refused
    return TakenComing(taken, counted, tuple(sorted(refused, key=lambda one: one.line)))


def _appeals(store: Store, lines: Sequence[Said], refused: list[Untaken]) -> list[Appeal]:
    found: list[Appeal] = []
    with store.reading() as reader:
        codes = DoorCodes(reader, store.policy.grid.years)
        local = store.timekeeper().local
        for line in lines:
            try:
                code = codes.place(line.scanned, local(line.at).date())
            except Refused as refusal:
                refused.append(Untaken(line.line, line.cells, str(refusal)))
                continue
            found.append(_appeal(line, code))
    return found


def _appeal(line: Said, code: str) -> Appeal:
    return Appeal(
        channel=CHANNEL,
        external_id=line.external_id or None,
        title=first_sentence(line.content),
        content=line.content,
        reporter=line.reporter or None,
        phone=line.phone or None,
        grid=code,
        received_at=line.at,
        line=line.line,
        fields=_TOLD,
    )


@dataclass(frozen=True, slots=True)
class _Proposed:
    """A proposal, and the appeal it became, if it did."""

    topic_id: int
    code: str
    text: str
    ticket_id: int | None


_PROPOSED = Query(_Proposed, "SELECT topic_id, code, text, ticket_id FROM opinion WHERE id = :id")


@retried
def take_up(store: Store, opinion_id: int) -> Entered:
    """转为诉求: register a proposal as an appeal (建议) of its cell, received now."""
    with store.writing() as work:
        found = work.first(_PROPOSED, id=opinion_id)
        if found is None or not found.text:
            raise Refused(f"没有编号为 {opinion_id} 的建议：用 duban opinion show 查看")
        if found.ticket_id is not None:
            raise Refused(f"建议#{opinion_id} 已转为诉求：请打开那一件办理")
        appeal = Appeal(
            channel=CHANNEL,
            nature="建议",
            title=first_sentence(found.text),
            content=found.text,
            grid=found.code,
            received_at=work.at,
            fields=_TOLD | {"nature"},
        )
        entered = enter_within(work, Entry(appeal))
        work.update(Opinion, opinion_id, 0, {"ticket_id": None}, ticket_id=entered.ticket_id)
        told = {"number": entered.number}
        work.event("opinion_topic.take_up", "opinion_topic", found.topic_id, payload=told)
        return entered
