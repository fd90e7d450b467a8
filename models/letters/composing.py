"""A letter put together: the facts of its kind as of an instant, as values for its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.letters.campaign_told import closing_report
from models.letters.letter import LetterView, letters_by_id, refuse_accused
from models.letters.requests import extension, pause, returned, ruling
from models.letters.reviewed import review
from models.letters.situation import situation
from models.letters.told import DECIDED, FACTS, Asked, Facts, Scene, Told
from models.letters.verified import closing
from models.store import Query
from rules.casework import LETTER_NAMES
from rules.clocks import chinese_date
from rules.errors import Refused
from rules.paper import LETTERS, Content, Subject, Value, check_code, title_lines

if TYPE_CHECKING:
    from models.store import Store

FACTS_OF: Mapping[Subject, Facts] = {
    "extension": extension,
    "pause": pause,
    "return": returned,
    "ruling": ruling,
    "order": closing,
    "review": review,
    "matter": situation,
    "campaign": closing_report,
}
"""What tells the facts of each kind of subject."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What signing adds to a letter; ``signer`` with his post."""

    number: str
    signer: str
    head_hash: str = ""


Composing = Callable[[Scene, LetterView, Signature], Content]
"""What puts a letter together; rooms above have kinds of their own."""


@dataclass(frozen=True, slots=True)
class _Centre:
    """Whom to call at the centre."""

    liaison: str
    phone: str


_CENTRE = Query(
    _Centre,
    """
SELECT coalesce(liaison, '') AS liaison, coalesce(phone, '') AS phone FROM unit WHERE is_centre
""",
)


def told_of(scene: Scene, kind: str, asked: Asked) -> Told:
    """Return the facts of a letter of a kind; ``Refused`` where they do not hold."""
    facts = FACTS_OF.get(LETTERS[kind].subject)
    if facts is None:
        raise Refused(f"{LETTER_NAMES[kind]}不在公文里拟制、签发：请用 duban report")
    return facts(scene, asked)


def subject_of(letter: LetterView) -> Asked:
    """Return what a letter tells of."""
    return Asked(letter.ticket_id, letter.order_id, letter.source_id, letter.unit_id)


def framed(scene: Scene, letter: LetterView, signature: Signature) -> dict[str, Value]:
    """Return what stands at the head and the end of every letter as of the scene's instant."""
    row, bureau = scene.policy.papers.of(letter.kind), scene.policy.bureau.name
    issuer = row.issuer or bureau
    centre = scene.source.first(_CENTRE) or _Centre("", "")
    upward = LETTERS[letter.kind].upward
    day = chinese_date(scene.keeper.local(scene.now).date())
    return {
        "机关标志": issuer + (row.name if upward else ""),
        "文种": row.name,
        "文号": signature.number,
        "签发人": signature.signer if upward else "",
        "标题": title_lines(letter.title),
        "主送": letter.recipient,
        "署名": f"{issuer}（{row.seal}代章）" if row.seal else issuer,
        "成文日期": day,
        "联系人": centre.liaison,
        "联系电话": centre.phone,
        "印发机关": bureau,
        "印发日期": day,
        "核验码": check_code(signature.number, signature.head_hash),
    }


def compose(scene: Scene, letter: LetterView, signature: Signature) -> Content:
    """Put a letter together as of the scene's instant; ``Refused`` where a fact no longer holds."""
    told = told_of(scene, letter.kind, subject_of(letter))
    said: dict[str, Value] = {
        "事实": _texts(told, FACTS),
        "结论": _texts(told, DECIDED),
        "补充": letter.words,
        "附件": (told.table,) if told.table else (),
        "情况表题": told.table,
        "情况表": told.rows,
    }
    values = framed(scene, letter, signature) | said
    return Content(letter.kind, values, told.statements, scene.now)


def _texts(told: Told, field: str) -> tuple[str, ...]:
    return tuple(one.text for one in told.statements if one.field == field)


def preview_letter(store: Store, id: int, composing: Composing = compose) -> Content:
    """Return a draft as it would be signed now."""
    keeper = store.timekeeper()
    with store.reading() as reader:
        [letter] = letters_by_id(reader, [id])
        refuse_accused(reader, letter)
        scene = Scene(reader, store.policy, keeper, store.now())
        year = keeper.local(scene.now).year
        number = f"{store.policy.papers.of(letter.kind).code}〔{year}〕×号"
        return composing(scene, letter, Signature(number, "×××"))


def possible(store: Store, asked: Asked, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return the kinds of letter that a ticket or an order gives facts for, with their names."""
    found = []
    with store.reading() as reader:
        scene = Scene(reader, store.policy, store.timekeeper(), store.now())
        for kind in kinds:
            if _holds(scene, kind, asked):
                found.append((kind, LETTER_NAMES[kind]))
    return found


def _holds(scene: Scene, kind: str, asked: Asked) -> bool:
    try:
        told_of(scene, kind, asked)
    except Refused:
        return False
    return True
