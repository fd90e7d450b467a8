"""What can be done with letters: each act asks for what it needs, then works in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.frame import FullScreen, Session
from console.letters.letter_files import (
    folder_of_letters,
    write_letter_sheet,
    write_letters,
)
from console.paper import press
from console.widgets import Asking, Confirming, Picking, StepMenu, Writing
from models import letters, orders, rota
from rules.paper import LETTERS

if TYPE_CHECKING:
    from models.letters import LetterView
    from models.orders import Draft, SheetForm
    from models.store import Source

FIELDS = {"title": "标题", "recipient": "主送", "words": "另写的话（一行一段）"}

Signer = tuple[str, str, str]
"""Who may have signed, on what basis, and both in words."""


class LetterActs:
    """The acts of a screen that shows letters; a room with a kind of its own makes them its way."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self.screen = screen

    @property
    def folder(self) -> Path:
        """Where files are written."""
        return folder_of_letters()

    def signed(self, session: Session, ids: Sequence[int], **said: Any) -> list[LetterView]:
        """Sign drafts."""
        return letters.sign_letters(session.store, ids, press=press(), **said)

    def words(self, source: Source, letter: LetterView) -> Draft:
        """Return a draft as it is approved."""
        return letters.letter_words(letter)

    def sheet(self, session: Session, letter: LetterView, form: SheetForm) -> Path:
        """Write the sheet on which a draft is approved."""
        return write_letter_sheet(session.store, letter, form, self.folder)

    def sign(self, chosen: Sequence[LetterView]) -> None:
        """Ask who signed on what basis, then for the count of the letters; then sign."""
        drafts = [one for one in chosen if one.status == "draft"]
        if not drafts:
            self.refuse("没有可签发的草稿：请标记或移到待签发的公文上")
        elif len({one.kind for one in drafts}) > 1:
            self.refuse("几种公文要分开签发：先按 Esc 清除标记")
        else:
            self.screen.question(partial(self._asked, drafts), partial(self._ask_changed, drafts))

    def _asked(
        self, drafts: Sequence[LetterView], session: Session
    ) -> tuple[list[str], list[Signer]]:
        """Return which drafts changed since their sheet was printed, and who may have signed."""
        with session.reading("letters") as reader:
            changed = orders.changed_since_printed(
                reader, [self.words(reader, one) for one in drafts]
            )
        signers = [
            (leader.name, basis, f"{leader.post}{leader.name} · {words}")
            for leader in rota.may_sign(session.store, [drafts[0].kind])
            for basis, words in orders.BASES.items()
        ]
        return [one.name for one in changed], signers

    def _ask_changed(
        self, drafts: Sequence[LetterView], found: tuple[Sequence[str], Sequence[Signer]]
    ) -> None:
        """Ask whether words that changed since they were printed are signed as they are now."""
        changed, signers = found
        if not changed:
            self._ask_signer(drafts, signers, as_changed=False)
            return
        self.screen.ask(
            Picking(
                f"{'、'.join(changed[:3])} 在打印发文稿纸之后改动过",
                [(False, "不签：重新打印送批"), (True, "按现稿签发，留痕写明")],
            ),
            lambda go_on: self._ask_signer(drafts, signers, as_changed=True) if go_on else None,
        )

    def _ask_signer(
        self, drafts: Sequence[LetterView], signers: Sequence[Signer], *, as_changed: bool
    ) -> None:
        choices = [((name, basis), words) for name, basis, words in signers]
        self.screen.ask(
            Picking(f"签发{_whom(drafts)}：谁签的、凭什么", choices),
            lambda signed: self._confirm(drafts, *signed, as_changed=as_changed),
        )

    def _confirm(
        self, drafts: Sequence[LetterView], signer: str, basis: str, *, as_changed: bool
    ) -> None:
        seen = {one.id: one.version for one in drafts}

        def act(session: Session) -> str:
            done = self.signed(
                session,
                list(seen),
                signer=signer,
                basis=basis,
                seen=seen,
                as_changed=as_changed,
            )
            write_letters(session.store, [one.id for one in done], self.folder)
            numbers = "、".join(str(one.number) for one in done[:3])
            return f"已签发 {numbers} · 正式文件在 {self.folder}"

        to = "、".join(dict.fromkeys(one.recipient for one in drafts))
        self.screen.ask(
            Confirming(
                f"签发{_whom(drafts)}",
                f"由{signer}签发，主送：{to}。逐句重新核对，编定文号并生成正式文件。",
                undo="签发后不能撤销，只能作废；文号不再使用",
                type_this=str(len(drafts)),
            ),
            lambda _: self.screen.work(act),
        )

    def amend(self, letter: LetterView) -> None:
        """Ask which field of a draft to change, then for its new words."""
        if letter.status != "draft":
            self.refuse(f"{letter.name} {letter.label}，不能再改：请作废后重新拟制")
            return
        current = {
            "title": letter.title,
            "recipient": letter.recipient,
            "words": "\n".join(letter.words),
        }
        self.screen.ask(
            StepMenu(f"修改 {letter.name}", list(FIELDS.items())),
            lambda field: self._ask_field(letter, field, current[field]),
        )

    def _ask_field(self, letter: LetterView, field: str, current: str) -> None:
        title = f"修改 {letter.name} · {FIELDS[field]}"
        asking = (
            Writing(title, "", value=current, optional=True)
            if field == "words"
            else Asking(title, "", value=current)
        )

        def change(text: str) -> None:
            def act(session: Session) -> str:
                return f"已修改 {letters.amend_letter(session.store, letter, **{field: text}).name}"

            self.screen.work(act, lambda: self._ask_field(letter, field, text))

        self.screen.ask(asking, change)

    def print_sheet(self, letter: LetterView) -> None:
        """Ask for the 拟办意见, then print the sheet on which a draft is approved."""
        if letter.status != "draft":
            self.refuse(f"{letter.name} {letter.label}，不是草稿：发文稿纸只为草稿打印")
            return

        def print_it(opinion: str) -> None:
            form = orders.SheetForm(opinion=opinion)

            def act(session: Session) -> str:
                return f"已打印 {self.sheet(session, letter, form)}"

            self.screen.work(act)

        asking = Writing(f"发文稿纸 {letter.name}", "拟办意见，可不填", optional=True)
        self.screen.ask(asking, print_it)

    def steps(self, letter: LetterView) -> None:
        """Offer what else can be done with a letter."""
        steps = {"void": ("作废", self.ask_void)}
        if LETTERS[letter.kind].upward and letter.status == "signed":
            steps = {"answer": ("登记批示", self._ask_answer), **steps}
        if letter.status == "void":
            self.refuse(f"{letter.name} {letter.label}，没有可办的下一步")
            return
        menu = [(verb, name) for verb, (name, _) in steps.items()]
        self.screen.ask(StepMenu(f"办理 {letter.name}", menu), lambda verb: steps[verb][1](letter))

    def _ask_answer(self, letter: LetterView) -> None:
        def answered(text: str) -> None:
            leader, _, said = text.replace(":", "：").partition("：")

            def act(session: Session) -> str:
                letters.note_answer(session.store, letter.id, leader=leader, text=said)
                return f"已登记 {letter.name} 的批示"

            self.screen.work(act, lambda: self._ask_answer(letter))

        prompt = "领导：批示内容，例如 周正：请水务局牵头解决"
        self.screen.ask(Asking(f"批示 {letter.name}", prompt), answered)

    def ask_void(self, letter: LetterView) -> None:
        """Ask why a letter is given up, then give it up."""
        self.screen.ask(
            Asking(f"作废 {letter.name}", "作废的理由"),
            lambda reason: self._confirm_void(letter, reason),
        )

    def _confirm_void(self, letter: LetterView, reason: str) -> None:
        def act(session: Session) -> str:
            seen = {letter.id: letter.version}
            letters.void_letter(session.store, letter.id, reason=reason, seen=seen)
            return f"已作废 {letter.name}"

        if letter.number is None:
            self.screen.work(act)
            return
        self.screen.ask(
            Confirming(
                f"作废 {letter.number}",
                f"{letter.noun}《{letter.title}》作废，理由：{reason}",
                undo="作废后不能撤销；文号保留，不再使用",
                type_this=letter.number.rpartition("〕")[2].removesuffix("号"),
            ),
            lambda _: self.screen.work(act),
        )

    def export(self, chosen: Sequence[LetterView]) -> None:
        """Write the signed papers of letters."""
        ids = [one.id for one in chosen]

        def act(session: Session) -> str:
            files = write_letters(session.store, ids, self.folder)
            return f"已导出{len(files)}份到 {self.folder}"

        if ids:
            self.screen.work(act)

    def refuse(self, line: str) -> None:
        """Say why nothing is done."""
        self.screen.told(line, warning=True)


def _whom(drafts: Sequence[LetterView]) -> str:
    """Return the name of the one letter, or how many there are."""
    return f" {drafts[0].name}" if len(drafts) == 1 else f"{len(drafts)}份公文"
