"""Words that mean harm, through every door, and what becomes of them everywhere they go."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import xlsxwriter

from models.store.verifying import verify_trail
from rules.intake import LABELS
from rules.text import harmless_line, printable
from tests.console.conftest import Answer
from tests.faults.calling import Office, office
from tests.faults.doors import (
    CORE,
    MORE,
    OUT,
    SHOWN,
    WORD,
    as_csv,
    as_lines,
    exchange_rows,
    options,
    words_for,
)
from tests.faults.harmlessness import harm_in, harm_in_file, harm_in_store, harm_in_value
from tests.faults.outcome import LARGE, Outcome
from tests.faults.payloads import PAYLOADS, typed
from tests.faults.screens import harm_on_screens

ALL_AT_ONCE = "\n".join(("=1+1", *(p for p in PAYLOADS if len(p) < 1000)))
"""Every payload in one that a spreadsheet would run, for the small run."""


def run(size: str, folder: Path) -> list[Outcome]:
    """Send payloads through every door; a line is printed for each that got through."""
    large = size == LARGE
    payloads = PAYLOADS if large else (ALL_AT_ONCE,)
    counts: Counter[str] = Counter()
    losses: Counter[str] = Counter()

    def note(what: str, count: int, faults: Iterable[str], payload: str = "") -> None:
        counts[what] += count
        for fault in dict.fromkeys(faults):
            losses[what] += 1
            print(f"{what}: {payload[:20]!r} {fault}", flush=True)

    for place, payload in enumerate(payloads):
        with office(folder / str(place)) as one:
            calls = CORE + MORE if large else CORE
            note("有害文字经命令写入", len(calls), kept_words(one, payload, calls), payload)
            note("有害文字写成文书、表格", *gone_out(one, OUT if large else OUT[:6:2]), payload)
            note("有害文字经表单写入、上屏", *harm_on_screens(one, payload, large), payload)
            if place == len(payloads) - 1:
                note("有害文字经导入文件各列", *through_columns(one, payloads))
                told = through_options(one, PAYLOADS if large else PAYLOADS[:1], 8 if large else 29)
                note("有害文字经每个选项", *told)
    looked = "库、屏幕、文书、表格中不含控制符、公式"
    return [Outcome(what, "sqlite", counts[what], losses[what], looked) for what in counts]


def kept_words(one: Office, payload: str, calls: Sequence[tuple[object, ...]]) -> Iterator[str]:
    """Do all that keeps words with a payload; yield what was harmed, or could not be done."""
    bureau_files(one, payload)
    word = typed(payload)
    if not printable(word).strip(" \n"):
        word = f"甲{word}"
    for call in calls:
        words = [word if part is WORD else part for part in call]
        answer = one.call(*words)
        if answer.code:
            yield f"{' '.join(map(str, call[:3]))} was refused: {answer.err.strip()[:200]}"
        yield from said_harm(answer, call[:2])
    for call in SHOWN if len(calls) > len(CORE) else SHOWN[:3]:
        for more in ((), ("--json",)):
            yield from said_harm(one.call(*call, *more), call[:2])
    yield from store_harm(one)


def store_harm(one: Office) -> Iterator[str]:
    """Yield what is wrong with the store."""
    with closing(one.store()) as store:
        yield from harm_in_store(store)
        with store.reading() as reader:
            if not verify_trail(reader).ok:
                yield "the store does not verify"


def said_harm(answer: Answer, call: Sequence[object]) -> Iterator[str]:
    """Yield what a call says that steers a terminal, or that no person should read."""
    name = " ".join(map(str, call))
    for text in (answer.out, answer.err):
        if harm := harm_in(text):
            yield f"{name} says {harm}"
        if "Traceback" in text or "程序内部出错" in text:
            yield f"{name} says {text[-300:]}"
    if answer.code not in (0, 1, 2):
        yield f"{name} ends with {answer.code}"
    if answer.code and answer.err.count("\n") > 3:
        yield f"{name} says more than a line: {answer.err[:300]!r}"


def gone_out(one: Office, calls: Sequence[tuple[object, ...]]) -> tuple[int, list[str]]:
    """Write every kind of file; return how many there are, and what harm is in them."""
    before = {path for path in one.folder.parent.rglob("*") if one.folder not in path.parents}
    out = one.folder / "out"
    out.mkdir()
    faults: list[str] = []
    for call in calls:
        answer = one.call(*call)
        if answer.code:
            faults.append(f"{' '.join(map(str, call[:2]))}: {answer.err.strip()[:200]}")
        faults += said_harm(answer, call[:2])
    written = [path for path in (*out.rglob("*"), *one.folder.glob("urged/*")) if path.is_file()]
    for path in written:
        faults += harm_in_file(path)
        if harm := harm_in(path.name):
            faults.append(f"a file is called {harm}")
    beyond = {path for path in one.folder.parent.rglob("*") if one.folder not in path.parents}
    faults += [f"written outside: {path}" for path in beyond - before]
    return len(written), faults


def through_columns(one: Office, payloads: Sequence[str]) -> tuple[int, list[str]]:
    """Import every payload in every column, in each kind of file."""
    faults: list[str] = []
    count = 0
    for place, payload in enumerate(payloads):
        rows = exchange_rows({column: payload for column in LABELS})
        for row in rows:
            row["number"] = (
                row["number"] if row["number"] == payload else f"WH{place:08}-{count:05}"
            )
            count += 1
        suffix = ("jsonl", "csv", "xlsx", "tsv")[place % 4]
        # a path that names its file by the payload, as far as a system lets it
        name = typed(payload).replace("/", "／")[:40]
        file = one.folder / f"{name}.{suffix}"
        if suffix == "jsonl":
            file.write_bytes(as_lines(rows))
        elif suffix == "xlsx":
            _as_workbook(file, rows)
        else:
            file.write_bytes(as_csv(rows, suffix == "tsv"))
        answer = one.call("import", file, "--json")
        faults += said_harm(answer, ("import", repr(payload[:20])))
        if answer.code == 0 and harm_in_value(json.loads(answer.out)):
            faults.append("the answer to an import holds harm")
    for rejects in one.folder.glob("*拒收*"):
        faults += harm_in_file(rejects)
    exported = one.folder / "all.csv"
    faults += said_harm(one.call("export", exported), ("export",))
    faults += harm_in_file(exported)
    return count, [*faults, *store_harm(one)]


def through_options(one: Office, payloads: Sequence[str], every: int) -> tuple[int, list[str]]:
    """Say a payload for every option and argument of every command, another one each time."""
    faults: list[str] = []
    doors = [door for door in options() if door[0] != ("demo",)]
    count = 0
    for turn in range(0, len(payloads) * len(doors), every):
        path, param, needed = doors[turn % len(doors)]
        word = typed(payloads[(turn // len(doors) + turn) % len(payloads)])
        if param.metavar in ("文件", "文件夹"):
            word = word.replace("/", "／")
        count += 1
        answer = one.call(*words_for(path, param, needed, word))
        faults += [f"{param.opts}: {fault}" for fault in said_harm(answer, path)]
    return count, [*faults, *store_harm(one)]


def _as_workbook(file: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write rows as cells; what no workbook can hold is left out by the writer."""
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for place, name in enumerate(LABELS):
        sheet.write_string(0, place, name)
        for at, row in enumerate(rows, 1):
            cell = row.get(name, "").encode("utf-8", "replace").decode()
            sheet.write_string(at, place, cell[:32_000])
    book.close()


def bureau_files(one: Office, payload: str) -> None:
    """Write a unit list, a policy and a calendar in which every name is a payload."""
    one.call("units", "export", one.folder / "units.csv")
    text = (one.folder / "units.csv").read_text("utf-8-sig")
    names, *units = csv.reader(io.StringIO(text))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    word = payload.encode("utf-8", "replace").decode()[:2000]
    for place, unit in enumerate(units):
        if place in (5, 6):
            told = {"name": f"{word}{place}", "short_name": f"{word}短{place}", "leader": word}
            told |= {"aliases": f"{word.replace('|', '')}别{place}", "liaison": word, "phone": word}
            unit = [told.get(name, cell) for name, cell in zip(names, unit, strict=True)]
        writer.writerow(unit)
    (one.folder / "units.csv").write_text(out.getvalue(), encoding="utf-8")
    policy = one.call("policy", "show").out
    quoted = json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
    called = json.dumps(harmless_line(word)[:30] or "部", ensure_ascii=False)
    policy = policy.replace('"张明"', quoted).replace('"武汉市网上群众工作部"', called, 1)
    (one.folder / "policy.toml").write_text(policy, encoding="utf-8")
    days = [{"name": word, "date": "2027-01-01", "isOffDay": True}]
    notice = json.dumps({"year": 2027, "papers": [word], "days": days})
    (one.folder / "calendar.json").write_text(notice, encoding="utf-8")
