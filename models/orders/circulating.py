"""发文稿纸: a draft is printed for approval, so that what is signed is what was approved.

The sheet bears the version and the digest of the draft's words. Who signs words that changed since
the last sheet was printed is told so and must choose to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Known, require_unmoved
from models.orders.exporting import Keeping, digest_of
from models.orders.order import OrderView, orders_by_id, refuse_accused
from models.store import Query, canonical, retried
from models.tables import Circulation
from rules.casework import PAPER_NAMES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Source, Store, Work


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is approved; ``words`` is all that will be issued of it, ``noun`` its kind."""

    kind: str
    id: int
    version: int
    name: str
    noun: str
    title: str
    recipient: str
    copied_to: str
    drafter: str
    drafted_at: datetime
    words: tuple[object, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 over its words."""
        return hashlib.sha256(canonical([*self.words]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What the drafter writes on a sheet; what is empty is left to the pen."""

    opinion: str = ""
    urgency: str = ""
    secrecy: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be printed; instants are in the bureau's zone."""

    bureau: str
    draft: Draft
    form: SheetForm
    drafted_at: datetime
    printed_by: str
    printed_at: datetime


RenderSheet = Callable[[Sheet], bytes]


@retried
def circulate(
    store: Store,
    order: OrderView,
    form: SheetForm,
    render: RenderSheet,
    keep: Keeping | None = None,
) -> tuple[str, bytes]:
    """Print the sheet of an order's draft as it was seen; its bytes and digest are kept."""
    with store.writing() as work:
        work.require(verb="order.circulate")
        [now] = orders_by_id(work, [order.id])
        known = Known(now.id, now.version, now.name, now)
        require_unmoved(work, "order", known, {order.id: order.version})
        if now.status != "draft":
            raise Refused(f"{now.name} {now.label}，不是草稿：发文稿纸只为草稿打印")
        refuse_accused(work, [now])
        return print_sheet(work, draft_words(now), form, render, keep)


def draft_words(order: OrderView) -> Draft:
    """Return the draft of an order as it is approved."""
    return Draft(
        kind="order",
        id=order.id,
        version=order.version,
        name=order.name,
        noun=PAPER_NAMES[order.kind],
        title=order.title,
        recipient=order.unit,
        copied_to="、".join(order.copies),
        drafter=order.drafted_by,
        drafted_at=order.drafted_at,
        words=(
            order.kind,
            order.level,
            order.unit,
            order.title,
            order.cause,
            order.lines,
            order.limit_text,
            order.tickets,
            order.copies,
            order.details or "",
            order.sentences or "",
        ),
    )


def print_sheet(
    work: Work, draft: Draft, form: SheetForm, render: RenderSheet, keep: Keeping | None
) -> tuple[str, bytes]:
    """Keep a sheet and tell of it; return its name and bytes."""
    local = work.timekeeper().local
    sheet = Sheet(
        bureau=work.policy.bureau.name,
        draft=draft,
        form=form,
        drafted_at=local(draft.drafted_at),
        printed_by=work.operator.name,
        printed_at=local(work.at),
    )
    content, name = render(sheet), f"发文稿纸-{draft.name}-第{draft.version}版.docx"
    work.insert(
        Circulation,
        subject_kind=draft.kind,
        subject_id=draft.id,
        draft_version=draft.version,
        draft_sha256=draft.digest,
        name=name,
        sha256=digest_of(content),
        content=content,
        made_at=work.at,
        made_by=work.operator.id,
    )
    payload = {"draft": draft.version, "words": draft.digest, "sha256": digest_of(content)}
    work.event(f"{draft.kind}.circulate", draft.kind, draft.id, payload=payload)
    if keep is not None:
        keep(name, content)
    return name, content


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet that was printed of a draft."""

    subject_id: int
    draft_version: int
    draft_sha256: str
    sha256: str
    made_at: datetime


_PRINTED = Query(
    Printed,
    """
SELECT subject_id, draft_version, draft_sha256, sha256, made_at FROM circulation
WHERE subject_kind = :kind AND subject_id IN (:ids) ORDER BY id
""",
)


def changed_since_printed(source: Source, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of one kind whose words are others than on the last sheet printed."""
    printed = _last(source, drafts)
    return [
        one for one in drafts if one.id in printed and printed[one.id].draft_sha256 != one.digest
    ]


def approved(source: Source, drafts: Sequence[Draft], *, as_changed: bool) -> dict[int, Any]:
    """Return for each draft what its signing tells of the sheet; refuse words that changed since.

    ``as_changed``: they are signed as they are now, by choice.
    """
    printed, changed = _last(source, drafts), changed_since_printed(source, drafts)
    if changed and not as_changed:
        names = "、".join(one.name for one in changed[:3])
        raise Refused(
            f"{names} 在打印发文稿纸之后改动过，领导批的不是现在的文字："
            "请重新打印送批，或选择按现稿签发（--as-changed）"
        )
    told: dict[int, Any] = {id: {"sheet": one.sha256} for id, one in printed.items()}
    for one in changed:
        told[one.id]["changed_since"] = True
    return told


def _last(source: Source, drafts: Sequence[Draft]) -> dict[int, Printed]:
    if not drafts:
        return {}
    found = source.read(_PRINTED, kind=drafts[0].kind, ids=[one.id for one in drafts])
    return {one.subject_id: one for one in found}
