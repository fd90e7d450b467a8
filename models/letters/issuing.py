"""Signing letters, giving them up, noting a leader's answer, and what leaves the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Seen
from models.letters.composing import Signature
from models.letters.letter import LetterView, letters_by_id, refuse_accused
from models.letters.lettering import Making, require_seen
from models.letters.told import Scene
from models.orders import (
    BASES,
    Keeping,
    Stamping,
    approved,
    digest_of,
    kept_paper,
    orders_by_id,
    signs_own_draft,
    stamped,
    void_mark,
)
from models.paper import Press, Template, templates_for
from models.rota import require_signer
from models.store import retried
from models.tables import Letter, Paper
from rules.errors import DubanError, Refused
from rules.paper import LETTERS, RANK_NAMES, not_below
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Source, Store, Work

_HEAD = "SELECT hash FROM trail_head"


@retried
def sign_letters(
    store: Store,
    ids: Sequence[int],
    *,
    signer: str,
    basis: str,
    press: Press,
    at: datetime | None = None,
    seen: Seen | None = None,
    as_changed: bool = False,
    making: Making | None = None,
) -> list[LetterView]:
    """Sign drafts in one transaction: all get their numbers and papers, or none.

    Every sentence is put together anew as of the signing: one that no longer holds is refused.
    ``press`` fills the template in force with each. ``as_changed`` signs also what changed since
    its sheet was printed, and a draft whose template was loaded later.
    """
    press.ready()
    making = making or Making()
    with store.writing(at=at) as work:
        work.require(verb="letter.sign")
        letters = letters_by_id(work, list(dict.fromkeys(ids)))
        for letter in letters:
            require_seen(work, letter, seen)
            _check_signer(work, letter, signer, basis)
            if LETTERS[letter.kind].upward and at is not None:
                raise Refused(f"{letter.noun}的数字取签发当时，不能另写签发时间：请去掉 --at")
            refuse_accused(work, letter)
        sheets = approved(work, [making.words(work, one) for one in letters], as_changed=as_changed)
        made_with = templates_for(work, press, letters, as_changed=as_changed)
        head = work.value(_HEAD)  # unlocked: it is locked last
        for letter in letters:
            sheet, template = sheets.get(letter.id, {}), made_with[letter.kind]
            _sign_one(work, letter, signer, basis, press, template, head, sheet, making)
        return letters_by_id(work, [letter.id for letter in letters])


def _check_signer(work: Work, letter: LetterView, signer: str, basis: str) -> None:
    if letter.status != "draft":
        raise Refused(f"{letter.name} {letter.label}，不是草稿：请去掉它后重试")
    if basis not in BASES:
        raise Refused(f"签发依据只能是 {'、'.join(BASES)}：请改正")
    require_signer(work, letter.kind, signer, letter.noun)
    if letter.order_id is not None and letter.kind == "closing_notice":
        _require_not_below(work, letter.order_id, signer)


def _require_not_below(work: Work, order_id: int, signer: str) -> None:
    """Refuse a 销号通知 signed by somebody below who signed the order."""
    [order] = orders_by_id(work, [order_id])
    mine = work.policy.rank_of(signer) or "deputy"
    theirs = work.policy.rank_of(order.signer or "") or "principal"
    if not not_below(mine, theirs):
        raise Refused(
            f"{order.name} 由{order.signer}签发，销号须由不低于{RANK_NAMES[theirs]}的领导批准："
            f"{signer}是{RANK_NAMES[mine]}"
        )


def _sign_one(
    work: Work,
    letter: LetterView,
    signer: str,
    basis: str,
    press: Press,
    template: Template,
    head: str,
    sheet: dict[str, Any],
    making: Making,
) -> None:
    alone = signs_own_draft(work, letter.name, letter.drafted_by_id)
    work.require_apart("letter.sign", letter.drafted_by_id)
    keeper = work.timekeeper()
    code, year = work.policy.papers.of(letter.kind).code, keeper.local(work.at).year
    serial = work.next_number(f"paper:{code}:{year}")
    number = f"{code}〔{year}〕{serial}号"
    post = next((one.post for one in work.policy.leaders if one.name == signer), "")
    scene = Scene(work, work.policy, keeper, work.at)
    content = making.compose(scene, letter, Signature(number, post + signer, head))
    paper = press.fill(template.content, content)
    work.update(
        Letter,
        letter.id,
        letter.version,
        status="signed",
        code=code,
        year=year,
        serial=serial,
        number=number,
        signed_at=work.at,
        signed_by=work.operator.id,
        signer=signer,
        basis=basis,
        alone=alone,
        head_hash=head,
    )
    _keep_paper(work, letter, number, paper, template)
    rests_on = sorted({seq for one in content.statements for seq in one.events})
    payload = {"number": number, "signer": signer, "basis": basis, "alone": alone}
    payload |= {"sha256": digest_of(paper), "head": head, "rests_on": rests_on, **sheet}
    payload |= template.told(letter.drafted_at)
    _tell(work, letter, payload)
    making.keep(work, letter, content)


def _keep_paper(
    work: Work, letter: LetterView, number: str, paper: bytes, template: Template
) -> None:
    work.insert(
        Paper,
        subject_kind="letter",
        subject_id=letter.id,
        name=f"{number}.docx",
        sha256=digest_of(paper),
        content=paper,
        made_at=work.at,
        template_revision=template.revision,
        template_sha256=template.sha256,
    )


def _tell(work: Work, letter: LetterView, payload: dict[str, Any]) -> None:
    """Record the signing on the letter, and on the appeal it is about."""
    work.event("letter.sign", "letter", letter.id, unit_id=letter.unit_id, payload=payload)
    if letter.ticket_id is not None:
        told = {"letter": letter.id, "noun": letter.noun, "number": payload["number"]}
        ticket = letter.ticket_id
        work.event("ticket.letter", "ticket", ticket, unit_id=letter.unit_id, payload=told)


@retried
def void_letter(store: Store, id: int, *, reason: str, seen: Seen | None = None) -> LetterView:
    """作废: a draft is given up; a signed letter keeps its number, which is never used again."""
    with store.writing() as work:
        work.require(verb="letter.void")
        [letter] = letters_by_id(work, [id])
        require_seen(work, letter, seen)
        why = harmless_line(reason)
        if not why:
            raise Refused("须写明作废理由：请填写后再办")
        if letter.status == "void":
            raise Refused(f"{letter.name} 已作废：不必重复")
        if letter.status == "signed":
            work.require("signer", verb="letter.void")
        changes = {"status": "void", "void_at": work.at, "void_reason": why}
        work.update(Letter, letter.id, letter.version, **changes)
        payload = {"number": letter.number} if letter.number else None
        work.event("letter.void", "letter", id, unit_id=letter.unit_id, reason=why, payload=payload)
        return letters_by_id(work, [id])[0]


@retried
def note_answer(
    store: Store, id: int, *, leader: str, text: str, at: datetime | None = None
) -> LetterView:
    """Note the 批示 that came back on an upward letter."""
    with store.writing(at=at) as work:
        work.require(verb="letter.answer")
        [letter] = letters_by_id(work, [id])
        said = harmless_line(text)
        if not LETTERS[letter.kind].upward or letter.status != "signed":
            raise Refused(f"{letter.name}（{letter.noun}，{letter.label}）没有批示可登记")
        if not said or not harmless_line(leader):
            raise Refused("请写明批示的领导和批示内容：--leader --text")
        if letter.signed_at is not None and work.at < letter.signed_at:
            raise Refused("批示时间早于签发时间：请核对时间")
        changes = {"answer": said, "answered_by": harmless_line(leader), "answered_at": work.at}
        work.update(Letter, letter.id, letter.version, **changes)
        payload = {"leader": harmless_line(leader)}
        work.event("letter.answer", "letter", id, reason=said, payload=payload)
        return letters_by_id(work, [id])[0]


def signed_letter(source: Source, id: int) -> tuple[str, bytes]:
    """Return the file name and bytes of a letter, as it was signed."""
    kept = kept_paper(source, "letter", id)
    if kept is None:
        raise DubanError("此公文尚未签发，没有正式文件：请先签发")
    return kept


@retried
def export_letter(
    store: Store, id: int, stamp: Stamping, keep: Keeping | None = None
) -> tuple[str, bytes]:
    """Return the name and the signed bytes of a letter; a void one is marked by ``stamp``."""
    with store.reading() as reader:
        [letter] = letters_by_id(reader, [id])
        refuse_accused(reader, letter)
        name, content = signed_letter(reader, id)
    mark = void_mark(store.timekeeper(), letter.number, letter.void_at, letter.void_reason)
    name, content, told = stamped(name, content, mark, stamp)
    with store.writing() as work:
        work.event("letter.export", "letter", id, payload=told)
        if keep is not None:
            keep(name, content)
    return name, content
