"""Appeals full of what leads to their reporters, in every form people write it, and what must not.

Every planted value is told apart from all others and stands in nothing else, so that wherever it
is found again, it came from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from models.casework.verbs import take
from models.intake.taking import take_in
from models.review import judge, raise_objection
from models.store.store import Store
from rules.casework.appeal import Appeal
from rules.errors import Refused
from tests.models.appeals import COLUMNS, column

UNITS = ("洪山区", "市水务局", "江岸区", "市城管委", None, "武昌区")

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"

RARE = "骁翊珩旻昀祎燊玥翾懿昶赟琤堃煊瑀翀琭"
"""Signs that stand in given names alone."""

SPOTS = ("title", "content", "reply", "note", "callback", "object", "asked", "again")
"""Where words are planted; ``asked`` is a reason, ``again`` what a second file answers."""

WORDS = {
    "title": "楼道漏水，{0}",
    "content": "楼上漏水多日，{0}。物业一直不来，{1}，请尽快处理。{2}",
    "reply": "经核实，{0}，已上门维修，{1}。",
    "note": "已去电说明，{0}，{1}",
    "callback": "漏水还没有修好，{0}，{1}",
    "object": "锦绣物业（{0}）",
    "asked": "需核实，{0}，另有{1}",
    "again": "再次核实，{0}，已回复，{1}。",
}
"""What is said around them, by where they stand."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One planted value: its kind, where it stands, and what of it nobody may read."""

    appeal: str
    kind: str
    spot: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One appeal with what is planted in it and in what is said of it later."""

    appeal: Appeal
    words: dict[str, str]
    secrets: tuple[Secret, ...]


def told_appeals(count: int, now: datetime, seed: int = 10) -> list[Told]:
    """Return so many appeals of the last four weeks, a tenth 保密, a tenth 举报."""
    dice = Random(seed)
    pairs = [one + other for one in RARE for other in RARE if one != other]
    return [_told(n, pair, now, dice) for n, pair in enumerate(dice.sample(pairs, count))]


def _told(n: int, given: str, now: datetime, dice: Random) -> Told:
    name = dice.choice(SURNAMES) + given
    block, gate, room = dice.randint(1, 30), dice.randint(1, 4), f"{dice.randint(11, 28)}0{n % 8}"
    home = f"洪山区关山街道翠屏花园{block}栋{gate}单元{room}室"
    phone = _line(dice) if n % 3 == 0 else _mobile(dice)
    forms = list(_forms(name, phone, home, dice))
    secrets, words, next_form = [Secret("", "name", "reporter", name)], dict[str, str](), n
    secrets += [Secret("", "number", "phone", phone), Secret("", "door", "address", home[-8:])]
    for spot in SPOTS:
        holes = WORDS[spot].count("{")
        chosen = [forms[(next_form + 5 * k) % len(forms)] for k in range(holes)]
        next_form += 7
        words[spot] = WORDS[spot].format(*(written for _, written, _ in chosen))
        secrets += [Secret("", kind, spot, text) for kind, _, text in chosen]
    number = f"WH{now:%Y}0999-{n + 1:05}"
    received = now - timedelta(days=3 + n % 21, hours=n % 5)
    unit = UNITS[n % len(UNITS)]
    answered = unit is not None and n % 4 != 1
    closed = answered and n % 4 != 2
    appeal = Appeal(
        channel="12345电话",
        number=number,
        external_id=f"P{n}",
        nature="举报" if n % 10 == 3 else "投诉",
        confidential=True if n % 10 == 7 else None,
        urgency="一般",
        title=words["title"],
        content=words["content"],
        object=words["object"],
        reporter=name,
        phone=phone,
        address=home,
        grid=home if n % 3 == 1 else None,
        unit=unit,
        received_at=received,
        dispatched_at=received + timedelta(minutes=30) if unit else None,
        acknowledged_at=received + timedelta(hours=1) if unit else None,
        contacted_at=received + timedelta(hours=2) if unit else None,
        reply=words["reply"] if answered else None,
        replied_at=received + timedelta(days=1) if answered else None,
        closed_at=received + timedelta(days=2) if closed else None,
        outcome="未解决" if closed else None,
        result_rating="不满意" if closed else None,
        work_rating="不满意" if closed else None,
        rated_at=now - timedelta(days=2, hours=n % 40) if closed else None,
        line=n + 2,
        fields=COLUMNS,
    )
    found = tuple(Secret(number, one.kind, one.spot, one.text) for one in secrets)
    return Told(appeal, words, found)


def _forms(name: str, phone: str, home: str, dice: Random) -> Iterator[tuple[str, str, str]]:
    """Yield kinds of what leads to a person: (kind, how it is written, what may not remain)."""
    m, line = _mobile(dice), _line(dice)[4:]
    born = f"{dice.randint(1940, 2005)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    three, end = f"{dice.randint(100, 999)}", dice.choice("0123456789X")
    yield "name", f"我是{name}", name
    yield "name", f"我叫{' '.join(name)}", " ".join(name)
    yield "name", f"我叫{name[0]} {name[1:]}", f"{name[0]} {name[1:]}"
    yield "name", f"{name[1:]}说", name[1:]
    yield "number", f"电话{m}", m
    m = _mobile(dice)
    yield "number", f"电话86{m}", m
    m = _mobile(dice)
    yield "number", f"手机+86 {m[:3]} {m[3:7]} {m[7:]}", f"{m[:3]} {m[3:7]}"
    m = _mobile(dice)
    yield "number", f"请打{m[:3]}.{m[3:7]}.{m[7:]}", f"{m[:3]}.{m[3:7]}"
    m = _mobile(dice)
    yield "number", f"请打{m[:3]}-{m[3:7]}-{m[7:]}", f"{m[:3]}-{m[3:7]}"
    m = _mobile(dice)
    yield "number", f"微信同号{_wide(m)}", _wide(m)
    yield "number", f"座机(027){line}", line
    line = _line(dice)[4:]
    yield "number", f"（027）{line[:4]} {line[4:]}", f"{line[:4]} {line[4:]}"
    line = _line(dice)[4:]
    yield "number", f"联系电话：{line}", line
    yield "number", f"请打{phone}", phone
    yield "identity", f"身份证420106{born}{three}{end}", f"420106{born}"
    yield "identity", f"证件420111{born[2:]}{three}", f"420111{born[2:]}{three}"
    card = _card(dice)
    yield "card", f"退到{card}", card
    card = _card(dice)
    spaced = " ".join(card[at : at + 4] for at in range(0, 16, 4))
    yield "card", f"卡号{spaced}", spaced
    yield "account", f"微信号：wx_{m[3:]}", f"wx_{m[3:]}"
    yield "account", f"QQ {m[1:10]}", m[1:10]
    yield "account", f"邮箱 q{m[2:]}@example.com", f"q{m[2:]}"
    yield "door", f"住{home}", home[-12:]
    yield "door", f"我家{home[-5:]}漏水", f"我家{home[-5:]}"
    yield "door", f"我家{home[-5:-1]}漏水", f"我家{home[-5:-1]}"
    door = f"{dice.randint(31, 60)}栋{dice.randint(5, 9)}单元{dice.randint(11, 28)}02"
    yield "door", f"住翠屏里{door}室", door
    door = f"{dice.randint(31, 60)}-{dice.randint(5, 9)}-{dice.randint(11, 28)}03"
    yield "door", f"住翠屏花园{door}", f"翠屏花园{door}"


def _mobile(dice: Random) -> str:
    return f"1{dice.choice('35789')}{dice.randint(0, 999999999):09d}"


def _line(dice: Random) -> str:
    return f"027-{dice.randint(80000000, 89999999)}"


def _wide(digits: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in digits)


def _card(dice: Random) -> str:
    """Return a card number of sixteen digits whose last one is right."""
    told = f"6222{dice.randint(0, 99999999999):011d}"
    total = sum(d * 2 - 9 * (d > 4) for d in map(int, told[::2])) + sum(map(int, told[1::2]))
    return f"{told}{-total % 10}"


def plant(store: Store, told: list[Told], now: datetime) -> None:
    """Take the appeals in, and have said what is said of them later: of each what it allows."""
    _take_in(store, [one.appeal for one in told], "planted.csv")
    numbers = [one.appeal.number for one in told]
    ids = column(store, "SELECT id FROM ticket WHERE number IN (:numbers) ORDER BY number",
                 numbers=numbers)  # fmt: skip
    for id, one in zip(ids, told, strict=True):
        words = one.words
        take(store, "note", [id], text=words["note"])
        for n, (verb, said) in enumerate(_asked(words["asked"])):
            if (id + n) % 3 == 0:
                _try(take, store, verb, [id], **said)
        _try(take, store, "callback", [id], result="接通", text=words["callback"], at=now)
        verb, said = _verdict(id, words["asked"])
        _try(judge, store, verb, [id], **said)
        if one.appeal.unit is not None:
            unit = column(store, _LEADER, id=id)[0]
            _try(raise_objection, store, unit, "rating", words["asked"], number=one.appeal.number)
    again = [
        replace(one.appeal, reply=one.words["again"], replied_at=now - timedelta(hours=1))
        for one in told
        if one.appeal.unit is not None
    ]
    _take_in(store, again, "again.csv")


_LEADER = "SELECT lead_unit_id FROM round WHERE ticket_id = :id ORDER BY n DESC LIMIT 1"


def _take_in(store: Store, appeals: list[Appeal], name: str) -> None:
    take_in(
        store,
        appeals,
        source="planted",
        profile="planted",
        file_name=name,
        file_digest=f"{name} {len(appeals)}",
    )


def _asked(reason: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a unit or a leader asks, each for its reason."""
    yield "ask_return", {"code": "duty", "reason": reason}
    yield "ask_extension", {"limit_text": "3wd", "reason": reason}
    yield "ask_pause", {"reason": reason}
    yield "reply", {"text": reason}
    yield "progress", {"text": reason}
    yield "instruct", {"leader": "王市长", "text": reason}


def _verdict(id: int, reason: str) -> tuple[str, dict[str, Any]]:
    verbs: tuple[tuple[str, dict[str, Any]], ...] = (
        ("uphold", {"text": reason}),
        ("excuse", {"reason": reason}),
        ("exclude", {"code": "legal", "evidence": reason}),
        ("supervise", {"reason": reason}),
        ("rework", {"reason": reason}),
    )
    return verbs[id % len(verbs)]


def _try(act: Callable[..., Any], *words: Any, **said: Any) -> None:
    """Do something, if it may be done."""
    with suppress(Refused):
        act(*words, **said)
