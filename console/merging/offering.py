"""M: merge what is marked under a lead; split, tell or let object what is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from console import widgets
from console.frame import FullScreen, Session
from models import merging
from rules.casework import listed_title, status_label
from rules.merging import KINDS, TOLD_HOW

if TYPE_CHECKING:
    from models.casework import Seen
    from models.merging import Merging, Standing

NAMED = 3
"""How many of the appeals that were left out are named."""

LISTED = 30
"""How many appeals are offered as the lead, the furthest first."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What may be chosen: how the appeals stand, and each as a line without personal data."""

    standing: tuple[Standing, ...]
    lines: tuple[tuple[str, str], ...]


def merge_problem(screen: FullScreen, ticket_ids: Sequence[int]) -> None:
    """Offer to merge the appeals of a problem: those that cannot be are left out and named."""
    offer_merge(screen, ticket_ids)


class Marked(Protocol):
    """An appeal that was chosen, as it was seen."""

    @property
    def ticket_id(self) -> int:
        """Its id."""

    @property
    def version(self) -> int:
        """Its version."""


def offer_chosen(screen: FullScreen, chosen: Sequence[Marked]) -> None:
    """Offer to merge what was chosen, as it was seen."""
    if chosen:
        seen = {one.ticket_id: one.version for one in chosen}
        offer_merge(screen, list(seen), seen)
    else:
        screen.say("没有可并单的诉求：先把光标移到一件诉求上")


def offer_merge(screen: FullScreen, ticket_ids: Sequence[int], seen: Seen | None = None) -> None:
    """Offer a lead for several appeals; of one alone, what can be done with its merge.

    ``seen`` are the versions that were looked at. ``screen.acted`` is called once it is done.
    """

    def look(session: Session) -> _Offer:
        return _read(session, ticket_ids, leads_too=len(ticket_ids) == 1)

    screen.question(look, partial(_offered, screen, tuple(ticket_ids), seen))


def _read(session: Session, ticket_ids: Sequence[int], *, leads_too: bool) -> _Offer:
    """Read how appeals stand; with one that is not merged, the leads that it could go under."""
    with session.reading("merge") as reader:
        found = merging.standings(reader, ticket_ids)
        one = found[0] if found else None
        if leads_too and one is not None and not (one.merged or one.lead):
            leads = [each.ticket_id for each in merging.leads(reader) if each.state != "closed"]
            found = (*found, *merging.standings(reader, leads))
    masking = session.store.policy.privacy.on_screen
    lines = []
    for each in found:
        title = listed_title(each.title, each.nature, each.confidential)
        carries = f"并{each.merged} " if each.merged else ""
        words = (each.number, each.unit, status_label("ticket", each.state))
        shown = masking.about(each).text(title)
        lines.append((str(each.ticket_id), f"{carries}{' '.join(filter(None, words))} {shown}"))
    return _Offer(found, tuple(lines))


def _offered(
    screen: FullScreen, ticket_ids: tuple[int, ...], seen: Seen | None, found: _Offer
) -> None:
    if len(ticket_ids) > 1:
        _choose_lead(screen, ticket_ids, seen, found.lines)
        return
    if not found.standing:
        screen.told("这里没有可并单的诉求：先把光标移到一件诉求上", warning=True)
        return
    one = found.standing[0]
    if one.merged or one.lead:
        _choose_act(screen, one, seen)
    elif found.lines[1:]:
        _choose_lead(screen, ticket_ids, seen, found.lines[1:])
    else:
        screen.told("并单要有两件以上：按空格标记要并的诉求，再按 M", warning=True)


def _choose_lead(
    screen: FullScreen,
    ticket_ids: tuple[int, ...],
    seen: Seen | None,
    lines: Sequence[tuple[str, str]],
) -> None:
    """Ask which appeal leads, then for a yes."""
    labels = dict(lines)

    def chosen(lead: str) -> None:
        number = labels[lead].split()[0 if not labels[lead].startswith("并") else 1]
        count = len([id for id in ticket_ids if id != int(lead)])
        sentence = (
            f"{count}件并入 {number}：一次交办，按最早到期的一件计时，一次答复给每位诉求人；"
            "评价每件照计，每位诉求人都要告知，可以提出异议。"
            "举报、保密、信访、个人补偿的不并，会跳过并列出。"
        )
        act = partial(_merge, ticket_ids=ticket_ids, lead_id=int(lead), seen=seen)
        screen.ask(
            widgets.Confirming(
                f"并单 · {count}件 → {number}", sentence, act="并单", undo="24小时内可按 u 撤销"
            ),
            lambda _: _do(screen, act),
        )

    title = f"并单 {len(ticket_ids)}件 · 选主件" if len(ticket_ids) > 1 else "并单 · 并入哪一件"
    screen.ask(widgets.StepMenu(title, lines[:LISTED]), chosen)


def _merge(session: Session, *, ticket_ids: Sequence[int], lead_id: int, seen: Seen | None) -> str:
    done = merging.merge(session.store, ticket_ids, lead_id=lead_id, seen=seen)
    return merged_words(done) + " · u 撤销"


def merged_words(done: Merging) -> str:
    """Return what is said of a merge: how many, under which lead, and what was left out."""
    told = f"已并单：{len(done.joined)}件并入 {done.lead}（{KINDS[done.kind]}）"
    if not done.skipped:
        return told
    named = "；".join(f"{number} {why}" for number, why in done.skipped[:NAMED])
    more = "等" if len(done.skipped) > NAMED else ""
    return f"{told} · 跳过{len(done.skipped)}件：{named}{more}"


def _choose_act(screen: FullScreen, one: Standing, seen: Seen | None) -> None:
    """Offer what can be done with a merge: split, tell, object."""
    group = f"{one.merged}件并入件" if one.merged else f"主件 {one.lead}"
    steps = [
        ("split", "拆分：全部并入件各自办理" if one.merged else "拆分：退出并单，单独办理"),
        ("inform", "告知：登记已告知诉求人"),
    ]
    if one.lead:
        steps.append(("object", "异议：诉求人不同意并单，退出"))
    menu = widgets.StepMenu(f"并单 {one.number} · {group}", steps)
    screen.ask(menu, partial(_act, screen, one, seen))


def _act(screen: FullScreen, one: Standing, seen: Seen | None, verb: str) -> None:
    ids = [one.ticket_id]
    if verb == "inform":
        ways = [(way, way) for way in TOLD_HOW]
        screen.ask(
            widgets.StepMenu(f"告知并单 · {one.number}", ways),
            lambda way: _do(screen, lambda s: _informed(merging.inform(s.store, ids, how=way))),
        )
        return

    def split(session: Session, said: str) -> str:
        left = merging.split(session.store, ids, reason=said, seen=seen)
        return f"已拆分：{len(left)}件各自办理 · u 撤销"

    def objected(session: Session, said: str) -> str:
        merging.object_to(session.store, one.ticket_id, words=said, seen=seen)
        return f"已登记异议：{one.number} 退出并单，单独办理 · u 撤销"

    title, prompt, act = (
        (f"拆分并单 · {one.number}", "拆分的理由", split)
        if verb == "split"
        else (f"并单异议 · {one.number}", "诉求人的话", objected)
    )
    screen.ask(
        widgets.Asking(title, prompt),
        lambda said: _do(screen, lambda session: act(session, said)),
    )


def _informed(told: Sequence[int]) -> str:
    return f"已登记告知{len(told)}位诉求人 · u 撤销"


def _do(screen: FullScreen, act: Callable[[Session], str]) -> None:
    def done(line: str) -> None:
        screen.acted()
        screen.told(line)
        screen.host.recount()

    screen.write(act, done)
