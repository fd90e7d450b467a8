"""公文 as values: one letter, a list of letters, a letter by what people call it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.casework import kept_out
from models.orders import held_tickets
from models.store import Query, Source
from rules.casework import LETTER_NAMES
from rules.errors import DubanError, Refused
from rules.paper import LETTERS

OWN_KINDS = tuple(kind for kind, one in LETTERS.items() if one.subject != "report")
"""The kinds that are drafted and signed here; reports have a room of their own."""

STATUSES = {"draft": "待签发", "signed": "已签发", "void": "已作废"}


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter; instants are aware UTC.

    ``ticket`` and ``order`` are the numbers of what it tells of, ``source_id`` the request or the
    review, ``lines`` what its author adds, ``sha256`` the digest of the signed paper.
    """

    id: int
    version: int
    kind: str
    status: str
    number: str | None
    ticket_id: int | None
    ticket: str | None
    order_id: int | None
    order: str | None
    source_id: int | None
    unit_id: int | None
    recipient: str
    title: str
    lines: str
    drafted_at: datetime
    drafted_by_id: int
    drafted_by: str
    signed_at: datetime | None
    signer: str | None
    basis: str | None
    alone: bool
    head_hash: str | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    void_at: datetime | None
    void_reason: str | None
    sha256: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """Return what its author adds, a paragraph each."""
        return tuple(line.strip() for line in self.lines.splitlines() if line.strip())

    @property
    def label(self) -> str:
        """Return the status in the field's words."""
        return STATUSES[self.status]

    @property
    def noun(self) -> str:
        """Return what its kind is called."""
        return LETTER_NAMES[self.kind]

    @property
    def name(self) -> str:
        """Return what people call it: its number, or the draft and its id."""
        return self.number or f"公文草稿#{self.id}"


_SELECT = """
SELECT l.id, l.version, l.kind, l.status, l.number, l.ticket_id, t.number AS ticket, l.order_id,
    o.number AS "order", l.source_id, l.unit_id, l.recipient, l.title, l.words AS lines,
    l.drafted_at, l.drafted_by AS drafted_by_id, d.name AS drafted_by, l.signed_at, l.signer,
    l.basis, l.alone, l.head_hash, l.answer, l.answered_by, l.answered_at, l.void_at, l.void_reason,
    (SELECT p.sha256 FROM paper p WHERE p.subject_kind = 'letter' AND p.subject_id = l.id
     ORDER BY p.id LIMIT 1) AS sha256
FROM letter l JOIN operator d ON d.id = l.drafted_by LEFT JOIN ticket t ON t.id = l.ticket_id
LEFT JOIN supervision_order o ON o.id = l.order_id
"""
_BY_ID = Query(LetterView, f"{_SELECT} WHERE l.id IN (:ids)")
_LISTED = Query(
    LetterView,
    f"{_SELECT} WHERE l.status IN (:statuses) AND l.kind IN (:kinds) "
    "ORDER BY l.status <> 'draft', l.id DESC LIMIT :limit",
)
_OF_NUMBER = "SELECT id FROM letter WHERE number = :text"
_OF_ID = "SELECT id FROM letter WHERE id = :id"


def listing(
    source: Source,
    *,
    statuses: Sequence[str] = (),
    kinds: Sequence[str] = (),
    limit: int = 2000,
) -> list[LetterView]:
    """Return letters, drafts first, then the newest."""
    wanted = {"statuses": list(statuses or STATUSES), "kinds": list(kinds or OWN_KINDS)}
    return source.read(_LISTED, **wanted, limit=limit)


def letters_by_id(source: Source, ids: Sequence[int]) -> list[LetterView]:
    """Return the letters of ``ids`` in that order; refuses an id that is no letter."""
    found = {view.id: view for view in source.read(_BY_ID, ids=list(ids))} if ids else {}
    for missing in (i for i in ids if i not in found):
        raise DubanError(f"没有编号为 {missing} 的公文：请用 duban letter list 查看")
    return [found[i] for i in ids]


def letter_by_name(source: Source, text: str) -> int:
    """Return the id of a letter named by id (``12``) or by number (``武网复〔2026〕3号``)."""
    word = text.strip()
    found = source.value(_OF_NUMBER, text=word)
    if found is None and word.isdecimal() and len(word) < 19:
        found = source.value(_OF_ID, id=int(word))
    if found is None:
        raise DubanError(f"没有公文 {text}：请用 duban letter list 查看编号或文号")
    return int(found)


def refuse_accused(source: Source, letter: LetterView) -> None:
    """Refuse to give a unit a letter on an appeal that is against it."""
    if letter.unit_id is None:
        return
    held = [letter.ticket_id] if letter.ticket_id is not None else []
    if letter.order_id is not None:
        held += held_tickets(source, letter.order_id)
    barred = kept_out(source, held)
    for id in held:
        if accused := barred.get(id, {}).get(letter.unit_id):
            raise Refused(
                f"{letter.name} 所涉诉求反映的是{accused}，不能给其看：请作废，或移送有权机关"
            )
