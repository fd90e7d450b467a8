"""Drafting a letter: its facts are looked up, its author adds words, a title, an addressee."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Known, Seen, require_unmoved
from models.letters.composing import Composing, compose, told_of
from models.letters.letter import LetterView, letters_by_id, refuse_accused
from models.letters.told import Asked, Scene
from models.orders import Draft, SheetForm, print_sheet
from models.store import retried
from models.tables import Letter
from rules.errors import Refused
from rules.paper import LETTERS, Content
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.orders import Keeping, RenderSheet
    from models.store import Source, Store, Work

WORDS = 4000  # characters that an author may add


@retried
def draft_letter(
    store: Store,
    kind: str,
    asked: Asked,
    *,
    recipient: str | None = None,
    title: str | None = None,
    words: str | None = None,
    at: datetime | None = None,
) -> LetterView:
    """Draft a letter of a kind; ``Refused`` where there is nothing decided that it could tell.

    An upward one needs ``recipient`` and ``words``: whom it goes to, and what its author says.
    """
    with store.writing(at=at) as work:
        work.require(verb="letter.draft")
        scene = Scene(work, work.policy, work.timekeeper(), work.at)
        told = told_of(scene, kind, asked)
        to = one_line(recipient) or told.recipient
        if not to:
            raise Refused("请写明呈送哪位领导：--to")
        if LETTERS[kind].upward and not (words or "").strip():
            raise Refused("呈送领导的公文要写明情况和建议：--text")
        if (twin := work.value(_OPEN, kind=kind, source=told.asked.source_id)) is not None:
            raise Refused(f"这项批复或核查已拟公文草稿#{twin}：请签发或作废后再拟")
        id = work.insert(
            Letter,
            kind=kind,
            ticket_id=told.asked.ticket_id,
            order_id=told.asked.order_id,
            source_id=told.asked.source_id,
            unit_id=told.asked.unit_id,
            recipient=to,
            title=one_line(title) or told.title,
            words=paragraphs_of(words),
            drafted_at=work.at,
            drafted_by=work.operator.id,
        )
        [view] = letters_by_id(work, [id])
        refuse_accused(work, view)
        payload: dict[str, Any] = {"noun": view.noun}
        if view.ticket or view.order:
            payload["about"] = view.ticket or view.order
        work.event("letter.draft", "letter", id, unit_id=view.unit_id, payload=payload)
        return view


_OPEN = """
SELECT id FROM letter WHERE kind = :kind AND status = 'draft' AND source_id IS NOT NULL
  AND source_id = CAST(:source AS integer)
"""


@retried
def amend_letter(store: Store, letter: LetterView, **said: str) -> LetterView:
    """Change the title, the addressee or the author's words of a draft as it was seen."""
    with store.writing() as work:
        work.require(verb="letter.amend")
        now = draft_as_seen(work, letter, "修改")
        changes: dict[str, Any] = {}
        for field, text in said.items():
            changes[field] = paragraphs_of(text) if field == "words" else one_line(text)
            if field != "words" and not changes[field]:
                raise Refused("标题和主送不能为空：请填写")
        work.update(Letter, now.id, now.version, **changes)
        payload = {"changed": sorted(changes)}
        work.event("letter.amend", "letter", now.id, unit_id=now.unit_id, payload=payload)
        return letters_by_id(work, [now.id])[0]


@retried
def circulate_letter(
    store: Store,
    letter: LetterView,
    form: SheetForm,
    render: RenderSheet,
    keep: Keeping | None = None,
    making: Making | None = None,
) -> tuple[str, bytes]:
    """Print the sheet on which a draft is approved, as it was seen."""
    with store.writing() as work:
        work.require(verb="letter.circulate")
        now = draft_as_seen(work, letter, "打印发文稿纸")
        refuse_accused(work, now)
        return print_sheet(work, (making or Making()).words(work, now), form, render, keep)


def letter_words(letter: LetterView) -> Draft:
    """Return the draft of a letter as it is approved."""
    return Draft(
        kind="letter",
        id=letter.id,
        version=letter.version,
        name=letter.name,
        noun=letter.noun,
        title=letter.title,
        recipient=letter.recipient,
        copied_to="",
        drafter=letter.drafted_by,
        drafted_at=letter.drafted_at,
        words=(
            letter.kind,
            letter.recipient,
            letter.title,
            letter.lines,
            letter.ticket or "",
            letter.order or "",
            letter.source_id or 0,
        ),
    )


@dataclass(frozen=True, slots=True)
class Making:
    """How letters are made: put together, approved by their words, what is kept of a signed one.

    A room with a kind of its own has its own; ``keep`` is called in the transaction that signs.
    """

    compose: Composing = compose
    words: Callable[[Source, LetterView], Draft] = lambda _, letter: letter_words(letter)
    keep: Callable[[Work, LetterView, Content], object] = lambda *_: None


def require_seen(work: Work, letter: LetterView, seen: Seen | None) -> None:
    """Refuse to act on a letter that is no longer as it was seen."""
    known = Known(letter.id, letter.version, letter.name, letter)
    require_unmoved(work, "letter", known, seen)


def draft_as_seen(work: Work, letter: LetterView, what: str) -> LetterView:
    """Return a draft that is as it was seen; ``what`` is done to drafts alone."""
    [now] = letters_by_id(work, [letter.id])
    require_seen(work, now, {letter.id: letter.version})
    if now.status != "draft":
        raise Refused(f"{now.name} {now.label}，不能{what}：只有草稿可以")
    return now


def one_line(text: str | None) -> str:
    """Return what somebody typed as one line that does no harm."""
    return harmless_line(text or "")


def paragraphs_of(text: str | None) -> str:
    """Return what somebody typed as harmless paragraphs; ``Refused`` where it is too long."""
    lines = [line for each in (text or "").splitlines() if (line := harmless_line(each))]
    told = "\n".join(lines)
    if len(told) > WORDS:
        raise Refused(f"另写的话有{len(told)}字，最多{WORDS}字：请精简")
    return told
