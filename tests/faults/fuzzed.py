"""Valid files of every kind that is read, gone wrong in every way, given to the command line."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from models.store.store import Store
from models.store.verifying import verify_trail
from seed.reference.content import shipped_cases
from tests.console.conftest import Answer, system_now
from tests.faults.calling import Office, office
from tests.faults.mutations import PLAIN, ZIPPED
from tests.faults.outcome import LARGE, SMALL, Outcome

FILES = {SMALL: 16, LARGE: 320}

BOUNDED = 10
"""Every so many-th file goes to a process whose memory is bounded."""

COUNTED = ("ticket", "import_batch", "policy", "calendar", "unit", "event")

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, a valid one, and the call that reads it.

    ``told`` says that the call may answer on stdout why it fails.
    """

    suffix: str
    content: bytes
    words: Callable[[Path], tuple[object, ...]]
    told: bool = False


def run(size: str, folder: Path) -> list[Outcome]:
    """Give so many files gone wrong to the command line."""
    with office(folder) as made:
        faults = fuzzed(made, FILES[size], random.Random(320))
    for fault in faults:
        print(fault)
    note = "退出码、一行说明、内存、留痕、整批"
    return [Outcome("读入变异的文件", "sqlite", FILES[size], len(faults), note)]


def fuzzed(made: Office, files: int, draw: random.Random) -> list[str]:
    """Return what went wrong, a line for each file that did harm."""
    kinds = valid_files(made)
    base = made.folder / "base.db"
    with closing(sqlite3.connect(made.target)) as conn:
        conn.execute("VACUUM INTO ?", (str(base),))
    faults = []
    for place in range(files):
        name, kind = list(kinds.items())[place % len(kinds)]
        mutations = ZIPPED if kind.suffix in ("xlsx", "zip") and draw.random() < 0.8 else PLAIN
        mutation = draw.choice(mutations)
        file = made.folder / f"gone-wrong-{place}.{kind.suffix}"
        file.write_bytes(mutation(kind.content, draw))
        _again(made, base)
        before = _counts(made)
        call = made.bounded if place % BOUNDED == BOUNDED - 1 else made.call
        answer = call(*kind.words(file))
        fault = _fault(kind, answer) or _harm(made, before, answer)
        if fault:
            faults.append(f"{place} {name} {mutation.__name__}: {fault}")
        else:
            file.unlink()
    return faults


def _again(made: Office, base: Path) -> None:
    """Put the store as it was at first in its place, and what was restored away."""
    for old in (*made.folder.glob("town.db*"), *made.folder.glob("restored.db*")):
        old.unlink()
    shutil.copyfile(base, made.target)


def _fault(kind: Kind, answer: Answer) -> str:
    """Return what is wrong with how a call ended."""
    said = answer.out + answer.err
    if answer.code not in (0, 1, 2):
        return f"exit code {answer.code}: {said[-300:]}"
    if "Traceback" in said or "程序内部出错" in said:
        return said[-300:]
    if answer.code == 0:
        return ""
    lines = answer.err.splitlines()
    if kind.told and not lines and _CHINESE.search(answer.out):
        return ""
    lines = [line for line in lines if "不认识的列没有读入" not in line]
    if len(lines) != 1 or not _CHINESE.search(lines[0]) or len(lines[0]) > 600:
        return f"not one clear line: {answer.err[:600]!r}"
    return ""


def _harm(made: Office, before: Mapping[str, int], answer: Answer) -> str:
    """Return what is wrong with the store afterwards."""
    restored = made.folder / "restored.db"
    if restored.exists():
        if answer.code:
            return "a refused archive left a store"
        with closing(Store(str(restored), now=system_now)) as store, store.reading() as reader:
            if not verify_trail(reader).ok:
                return "a restored store does not verify"
    after = _counts(made)
    if answer.code and after != before:
        return f"refused, but {before} became {after}"
    with closing(made.store()) as store, store.reading() as reader:
        if not verify_trail(reader).ok:
            return "the store does not verify"
    if answer.code == 0 and answer.out.startswith('{"read"'):
        new = json.loads(answer.out)["new"]
        if after["ticket"] - before["ticket"] != new:
            return f"{new} told, {after['ticket'] - before['ticket']} there"
    return ""


def _counts(made: Office) -> dict[str, int]:
    with closing(sqlite3.connect(made.target)) as conn:
        return {
            name: conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED
        }


def valid_files(made: Office) -> dict[str, Kind]:
    """Return a valid file of every kind, with the call that reads it."""
    kinds: dict[str, Kind] = {}

    def add(name: str, suffix: str, content: bytes, *words: object, told: bool = False) -> None:
        def call(file: Path) -> tuple[object, ...]:
            return tuple(file if word is FILE else word for word in words)

        kinds[name] = Kind(suffix, content, call, told)

    for suffix in ("csv", "tsv", "xlsx", "jsonl"):
        out = made.folder / f"valid.{suffix}"
        assert made.call("export", out).code == 0
        add(f"exchange {suffix}", suffix, out.read_bytes(), "import", FILE, "--json")
    for name, text in OTHERS.items():
        add(name, "csv", text.encode(), "import", FILE, "--json")
    units = made.folder / "units.csv"
    assert made.call("units", "export", units).code == 0
    add("units", "csv", units.read_bytes(), "units", "load", FILE, "--yes")
    policy = made.call("policy", "show").out.encode()
    add("policy", "toml", policy, "policy", "load", FILE, "--yes")
    add("policy tried", "toml", policy, "queue", "--policy", FILE)
    add("calendar", "json", CALENDAR.encode(), "calendar", "load", FILE, "--yes")
    archive = made.folder / "valid.zip"
    assert made.call("backup", archive).code == 0
    into = ("--store", made.folder / "restored.db")
    add("archive", "zip", archive.read_bytes(), "restore", FILE, *into)
    add("batch", "csv", DUE.encode(), "due", "--batch", FILE, told=True)
    cases = json.dumps(shipped_cases(), ensure_ascii=False).encode()
    add("cases", "json", cases, "selftest", "--cases", FILE, told=True)
    anchor = made.folder / "anchor.txt"
    assert made.call("audit", "anchor", anchor).code == 0
    add("anchor", "txt", anchor.read_bytes(), "audit", "verify", "--anchor", FILE)
    return kinds


FILE = object()
"""Stands for the file in the words of a call."""

OTHERS = {
    "teddy": "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间,一级分类\n"
    "1,A1,路灯不亮,2019/3/8 9:12,门前路灯不亮,已修好,2019/3/9 10:00,城乡建设\n"
    "2,A2,夜间施工,2019/3/8 9:30,凌晨施工,,,城乡建设\n",
    "boston": "case_enquiry_id,open_dt,target_dt,closed_dt,case_status,closure_reason,case_title,"
    "department,location,neighborhood\n"
    "1,2024-03-08 09:12:00,2024-03-10 09:12:00,2024-03-09 10:00:00,Closed,Noted,Street light,"
    "PWDX,1 Main St,Roxbury\n",
    "dc": "servicerequestid,servicecodedescription,adddate,resolutiondate,details,ward\n"
    "24-1,Streetlight repair,1709888400000,1709988400000,dark,Ward 1\n",
    "chongqing": "路灯不亮,门前路灯不亮,2019-03-08 09:12:00,已修好\n",
}

CALENDAR = json.dumps(
    {
        "year": 2027,
        "papers": [],
        "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "春节", "date": "2027-02-05", "isOffDay": True},
            {"name": "春节", "date": "2027-02-20", "isOffDay": False},
        ],
    },
    ensure_ascii=False,
)

DUE = "start,limit\n2026-09-30T10:00,3wd\n今天9点,4wh\n2026-11-20 15:20,15d\n"
