"""附件: files and pages of a matter by reference, and whether they still are what was attached.

A file is read outside of the transaction, since a large one takes long; only its place, its size
and its SHA-256 are kept. A page is never fetched, so nothing is known of what it held.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.matter import ticket_id_of
from models.store import Query, Source, Work, plain_file, retried
from models.tables import Attachment
from rules.casework import (
    LONGEST,
    STATE_NAMES,
    is_page,
    kept_back,
    kind_of,
    name_of,
    openable,
    read_place,
    size_told,
)
from rules.errors import DubanError, Refused, system_reason
from rules.text import MASKED, Masking

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Measured:
    """A place and what stands there: size in bytes and SHA-256, None where that is not known."""

    place: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One attachment as it is shown, its name masked; ``state`` is a key of ``STATE_NAMES``.

    ``place`` is where it stands, for the system alone to open; ``shown`` is what a person may see
    of it.
    """

    id: int
    ticket_id: int
    number: str
    place: str
    shown: str
    name: str
    kind: str
    size: int | None
    sha256: str | None
    state: str
    openable: bool

    @property
    def told(self) -> str:
        """What it is and how it stands, in one line."""
        told = (self.name, self.kind, size_told(self.size), STATE_NAMES[self.state])
        return " · ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class _Kept:
    """An attachment as the store holds it, and whose it is."""

    id: int
    version: int
    ticket_id: int
    number: str
    nature: str
    confidential: bool
    place: str
    size: int | None
    sha256: str | None
    reporter: str | None
    phone: str | None
    address: str | None


_KEPT = Query(
    _Kept,
    """
SELECT a.id, a.version, a.ticket_id, t.number, t.nature, t.confidential, a.place, a.size, a.sha256,
       p.reporter, p.phone, p.address
FROM attachment a JOIN ticket t ON t.id = a.ticket_id
LEFT JOIN citizen p ON p.ticket_id = a.ticket_id
WHERE a.removed_at IS NULL
""",
)
_OF_TICKET = _KEPT.also("AND a.ticket_id = :ticket ORDER BY a.id")
_ALL = _KEPT.also("ORDER BY a.id")
_ONE = _KEPT.also("AND a.id = :id")


def measure(typed: str, beside: Path | None = None) -> Measured:
    """Return what stands at a typed place; a relative path is one ``beside`` a folder, or here.

    Refused where nothing can be read there.
    """
    place = read_place(typed)
    if is_page(place):
        return Measured(place)
    path = Path(os.path.abspath((beside or Path()) / Path(place).expanduser()))
    try:
        return _read(path)
    except FileNotFoundError as error:
        raise Refused(f"找不到附件 {path}：请检查路径") from error
    except OSError as error:
        raise Refused(f"读不了附件 {path}（{system_reason(error)}）：请检查权限") from error


def measured(places: Iterable[str], beside: Path | None = None) -> dict[str, Measured]:
    """Return what stands at each of several places; what cannot be read is kept unmeasured."""
    found = {}
    for place in dict.fromkeys(places):
        try:
            found[place] = measure(place, beside)
        except DubanError:
            found[place] = Measured(_kept_as(place, beside))
    return found


def _kept_as(place: str, beside: Path | None) -> str:
    """Return a place as it is kept though nothing can be read there."""
    plain = "".join(sign for sign in place if sign.isprintable())[:LONGEST]
    if "://" in plain:
        return plain
    return os.path.abspath((beside or Path()) / plain)


def _read(path: Path) -> Measured:
    with plain_file(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Measured(str(path), os.fstat(file.fileno()).st_size, digest)


@retried
def attach(store: Store, number: str, found: Measured) -> int:
    """添加附件: keep where a file or page of a matter stands; return its id."""
    with store.writing() as work:
        work.require(verb="ticket.attach")
        ticket = ticket_id_of(work, number)
        if any(one.place == found.place for one in work.read(_OF_TICKET, ticket=ticket)):
            raise Refused(f"{number} 已有这个附件：文件变了的，先移除再添加")
        return keep_attachment(work, ticket, found)


def keep_attachment(work: Work, ticket_id: int, found: Measured) -> int:
    """Keep an attachment of a ticket, and tell the trail of it without its name."""
    id = work.insert(
        Attachment,
        ticket_id=ticket_id,
        place=found.place,
        sha256=found.sha256,
        size=found.size,
        at=work.at,
        operator_id=work.operator.id,
    )
    told = {"attachment": id, "sort": kind_of(found.place), "sha256": found.sha256}
    work.event("ticket.attach", "ticket", ticket_id, payload=told)
    return id


def keep_new(work: Work, ticket_id: int, found: Iterable[Measured]) -> int:
    """Keep what a ticket does not have yet; return how many that were."""
    known = {one.place for one in work.read(_OF_TICKET, ticket=ticket_id)}
    new = [one for one in found if one.place not in known]
    for one in new:
        keep_attachment(work, ticket_id, one)
    return len(new)


@retried
def detach(store: Store, id: int, reason: str) -> None:
    """移除附件: it is listed no more; what the trail says of it stays."""
    with store.writing() as work:
        work.require(verb="ticket.detach")
        found = work.first(_ONE, id=id)
        if found is None:
            raise Refused(f"没有第{id}号附件，或已移除：请用 ticket attachments 查看")
        if not reason.strip():
            raise Refused("移除附件要写明理由")
        work.update(
            Attachment,
            found.id,
            found.version,
            {"removed_at": None},
            removed_at=work.at,
            removed_reason=reason.strip(),
        )
        told = {"attachment": id}
        work.event("ticket.detach", "ticket", found.ticket_id, reason=reason, payload=told)


def attachments_of(
    source: Source, ticket_id: int, masking: Masking = MASKED
) -> list[AttachmentView]:
    """Return the attachments of a ticket; each file is read again to see how it stands."""
    return [_view(one, masking) for one in source.read(_OF_TICKET, ticket=ticket_id)]


@dataclass(frozen=True, slots=True)
class Checked:
    """How all attachments of a store stand: how many in each state, and those not as they were."""

    states: Mapping[str, int]
    bad: Sequence[AttachmentView]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.states.values())


def check_attachments(source: Source) -> Checked:
    """Read every attached file again; no finding breaks the chain."""
    found = [_view(one, MASKED) for one in source.read(_ALL)]
    bad = [one for one in found if one.state in ("changed", "missing")]
    return Checked(dict(Counter(one.state for one in found)), bad)


def _view(one: _Kept, masking: Masking) -> AttachmentView:
    hidden = kept_back(one.nature, one.confidential)
    own = masking.about(one)
    name = f"（{hidden}的附件）" if hidden else own.text(name_of(one.place))
    return AttachmentView(
        id=one.id,
        ticket_id=one.ticket_id,
        number=one.number,
        place=one.place,
        shown="" if hidden else own.text(one.place),
        name=name,
        kind=kind_of(one.place),
        size=one.size,
        sha256=one.sha256,
        state=_state(one),
        openable=openable(one.place),
    )


def _state(one: _Kept) -> str:
    """Return how an attachment stands against what was kept of it."""
    if is_page(one.place):
        return "page"
    try:
        now = _read(Path(one.place))
    except (OSError, DubanError):
        return "missing"
    if one.sha256 is None:
        return "unhashed"
    return "same" if now.sha256 == one.sha256 else "changed"
