"""What masking finds and what it takes by mistake: ``python -m tests.bench.masking``.

Real texts with planted persons give the recall: each planted thing is one that must go. What is
masked in the texts as they are, nothing planted, is listed for a reader to judge: in texts that
name nobody every one is a mistake. The time stands beside that of copying the same rows to CSV.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from rules.text.masking import MASKED
from seed.channels.formats import tables_of
from seed.channels.table import cell_text

SHARED = Path("../shared/data")

FILES = (
    "teddy2020c/附件3.xlsx",
    "teddy2020c/示例_附件4_e4.xlsx",
    "teddy2020c/示例_附件2_e2.xlsx",
    "chongqing/data.csv",
)


@dataclass(frozen=True, slots=True)
class Reporter:
    """An invented citizen."""

    reporter: str
    phone: str
    address: str
    confidential: bool = False


SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧巧美"


def texts_of(path: Path) -> list[str]:
    """Return the texts of a file: its cells of more than ten signs."""
    return [
        text
        for table in tables_of(path)
        for record in table.records()
        for cell in record.cells
        if len(text := cell_text(cell)) > 10
    ]


def citizen(dice: Random) -> Reporter:
    """Return an invented citizen with a home."""
    name = dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
    block, gate, floor = dice.randint(1, 30), dice.randint(1, 4), dice.randint(1, 28)
    home = f"洪山区关山街道锦绣花园{block}栋{gate}单元{floor}0{dice.randint(1, 4)}室"
    return Reporter(name, f"8{dice.randint(1000000, 9999999)}", home)


def planted(who: Reporter, dice: Random) -> Iterator[tuple[str, str, str]]:
    """Yield kinds of what leads to a person: (kind, how it is written, what must not remain)."""
    m = f"1{dice.choice('3456789')}{dice.randint(0, 999999999):09d}"
    born = f"{dice.randint(1940, 2005)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    room = who.address[-5:-1] if who.address[-5].isdigit() else who.address[-4:-1]
    for written in (
        m, f"86{m}", f"+86 {m}", f"{m[:3]}.{m[3:7]}.{m[7:]}", f"{m[:3]}-{m[3:7]}-{m[7:]}",
        "".join(chr(ord(sign) + 0xFEE0) for sign in m),
    ):  # fmt: skip
        yield "mobile", f"电话{written}", written
    line = f"{dice.randint(20000000, 89999999)}"
    yield "landline", f"(027){line}", line
    yield "landline", f"（027）{line[:4]} {line[4:]}", f"{line[:4]} {line[4:]}"
    yield "landline", f"联系电话：{line}", line
    yield "own number", f"请打{who.phone}", who.phone
    yield "identity", f"身份证420106{born}123X", f"{born}"
    yield "identity", f"证件420106{born[2:]}123", f"{born[2:]}123"
    yield "card", "卡6222021234567890128", "1234567890"
    yield "account", "微信号：wang_xm88", "wang_xm88"
    yield "account", "QQ 123456789", "123456789"
    yield "own name", f"我是{who.reporter}", who.reporter
    yield "own name", f"{who.reporter[0]}女士", f"{who.reporter[0]}女士"
    if len(who.reporter) > 2:
        yield "own name", f"{who.reporter[1:]}说", who.reporter[1:]
    yield "own door", f"住{who.address}", f"{room}室"
    yield "own door", f"我家{room}漏水", room
    block = f"{dice.randint(1, 40)}栋{dice.randint(1, 4)}单元{dice.randint(1, 30)}02"
    yield "door", f"邻居{block}室", block
    yield "door", f"{dice.randint(1, 40)}号楼1单元{dice.randint(2, 30)}01", "单元2"


def recall(texts: list[str], dice: Random) -> dict[str, str]:
    """Plant each kind into texts and return how many of each were found."""
    found, all_of = Counter[str](), Counter[str]()
    for text in texts[:1000]:
        who = citizen(dice)
        masking = MASKED.about(who)
        at = dice.randint(0, len(text))
        while 0 < at < len(text) and (text[at - 1].isdigit() or text[at].isdigit()):
            at -= 1
        for kind, written, secret in planted(who, dice):
            all_of[kind] += 1
            shown = masking.text(f"{text[:at]}，{written}，{text[at:]}")
            found[kind] += shown.count(secret) <= masking.text(text).count(secret)
    return {kind: f"{found[kind]}/{all_of[kind]}" for kind in all_of}


def masked_in(texts: list[str]) -> list[str]:
    """Return what is masked in texts as they are, with a little around it."""
    masking, found = MASKED, list[str]()
    for text in texts:
        shown = masking.text(text)
        if shown != text:
            around = re.finditer(r".{0,12}\*{2,}.{0,10}", shown.replace("\n", " "))
            found += [match[0] for match in around]
    return found


def main() -> None:
    """Print the figures as JSON and what was masked as text; ``--list`` prints all of it."""
    texts = [t for name in FILES if (SHARED / name).exists() for t in texts_of(SHARED / name)]
    texts += [t for name in sys.argv[1:] if name != "--list" for t in texts_of(Path(name))]
    dice = Random(7)
    persons = [citizen(dice) for _ in texts]
    start = perf_counter()
    for who, text in zip(persons, texts, strict=True):
        MASKED.about(who).text(text)
    took = perf_counter() - start
    start = perf_counter()
    csv.writer(io.StringIO()).writerows([text] * 3 for text in texts)
    copied = perf_counter() - start
    found = masked_in(texts)
    print(
        json.dumps(
            {
                "texts": len(texts),
                "signs": sum(map(len, texts)),
                "recall": recall(texts, dice),
                "masked in the texts as they are": len(found),
                "µs a text": round(took / len(texts) * 1e6, 1),
                "times a CSV writer": round(took / copied, 1),
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    for one in found if "--list" in sys.argv else []:
        print(one)


if __name__ == "__main__":
    main()
