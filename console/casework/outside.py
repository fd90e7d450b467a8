"""附件 on a screen: listed with how they stand, added, removed, opened by the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import widgets
from console.casework.acting import CaseworkScreen
from models import casework
from rules.casework import STATE_NAMES, is_page, size_told
from rules.errors import Refused, system_reason

if TYPE_CHECKING:
    from console.frame import Session
    from console.widgets import Sheet
    from models.casework import AttachmentView

SHADES = {"changed": "$duban-red", "missing": "$duban-red"}


def read_attachments(session: Session, ticket_id: int) -> list[AttachmentView]:
    """Return the attachments of an appeal; every file is read again, so in a worker."""
    with session.reading("ticket") as reader:
        masking = session.store.policy.privacy.on_screen
        return casework.attachments_of(reader, ticket_id, masking)


def write_attachments(sheet: Sheet, found: Sequence[AttachmentView]) -> None:
    """Write what belongs to an appeal, and whether it is still what was attached."""
    if not found:
        return
    sheet.heading("附件 · o 打开、添加")
    for one in found:
        kind = " · ".join(filter(None, (one.kind, size_told(one.size))))
        state = (f"  {STATE_NAMES[one.state]}", SHADES.get(one.state, sheet.DIM))
        sheet.line(f"{one.name}  ", (kind, sheet.DIM), state)


class AttachmentsScreen(CaseworkScreen):
    """A screen of one appeal on which its attachments are opened, added and removed."""

    def attached_to(self) -> tuple[int, str] | None:
        """Return the id and the number of the appeal, None while it is read."""
        raise NotImplementedError

    def action_attachments(self) -> None:
        """Offer the attachments to be opened, and what else may be done with them."""
        if (ticket := self.attached_to()) is None:
            return
        id, number = ticket
        self.question(
            lambda session: read_attachments(session, id), partial(self._offer_attachments, number)
        )

    def _offer_attachments(self, number: str, found: list[AttachmentView]) -> None:
        known = {f"open {one.id}": one for one in found}
        steps = [(key, f"打开 {one.told}") for key, one in known.items()]
        steps.append(("add", "添加附件.."))
        if found:
            steps.append(("remove", "移除附件.."))

        def chosen(key: str) -> None:
            if key in known:
                self._open(known[key])
            elif key == "add":
                self._add(number)
            else:
                self._offer_removal(number, found)

        self.ask(widgets.StepMenu(f"附件 · {number}", steps), chosen)

    def _open(self, one: AttachmentView) -> None:
        def opened(line: str) -> None:
            self.told(line or f"已交系统打开 {one.name}", warning=bool(line))

        def job(_: Session) -> str:
            try:
                open_outside(one)
            except Refused as refusal:
                return str(refusal)
            return ""

        self.question(job, opened)

    def _add(self, number: str) -> None:
        if not self.may("attach"):
            return

        def added(session: Session, place: str) -> str:
            found = casework.measure(place)
            id = casework.attach(session.store, number, found)
            return f"已添加第{id}号附件；文件仍在原处，没有收进库里"

        self.ask(
            widgets.Asking(f"添加附件 · {number}", "文件路径，或 http、https 网址"),
            lambda place: self.write(lambda session: added(session, place), self._changed),
        )

    def _offer_removal(self, number: str, found: list[AttachmentView]) -> None:
        steps = [(str(one.id), one.told) for one in found]
        self.ask(widgets.StepMenu(f"移除哪个附件 · {number}", steps), self._remove)

    def _remove(self, id: str) -> None:
        if not self.may("detach"):
            return

        def removed(session: Session, reason: str) -> str:
            casework.detach(session.store, int(id), reason)
            return f"已移除第{id}号附件，留痕仍在"

        self.ask(
            widgets.Asking("移除附件", "移除的理由"),
            lambda reason: self.write(lambda session: removed(session, reason), self._changed),
        )

    def _changed(self, line: str) -> None:
        self.told(line)
        self.acted()


def open_outside(one: AttachmentView) -> None:
    """Hand a file or page to the system's own opener; never a program, never through a shell."""
    if not one.openable:
        raise Refused(f"{one.name} 不是文档、图片或录音录像，不从这里打开：请自行核对后打开")
    if not is_page(one.place):
        path = Path(one.place)
        if not path.is_absolute() or not path.is_file():
            raise Refused(f"找不到附件 {one.name}：可能移动或删除了")
    _hand_over(one.place)


def _hand_over(place: str) -> None:
    """Start the opener of the desktop; Refused where there is none."""
    if sys.platform == "win32":
        os.startfile(place)
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    opener = shutil.which(name)
    desktop = sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if opener is None or not desktop:
        raise Refused(f"这台机器没有可用的打开程序（{name}）：请在有桌面的机器上打开")
    quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    try:
        subprocess.Popen([opener, place], start_new_session=True, **quiet)
    except OSError as error:
        raise Refused(f"打不开附件（{system_reason(error)}）：请自行打开") from error
