"""Linking appeals into problems, beside importing them and beside reading their texts once.

Run: ``.venv/bin/python -m tests.bench.linking [TICKETS …]``; without numbers 10,000 and 100,000.
Each store is linked from nothing by a process of its own, whose peak memory is told; the aim is
0.5 ms each and 2 GB at 1,000,000. Where the board's messages are, they are linked, too.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from models.intake.taking import take_in
from models.problems import link_new
from models.store.opening import open_store
from models.store.reader import to_text
from models.store.store import Store
from seed.channels.reading import read_file
from seed.reference.catalogue import first_content, reference
from tests.bench import intake
from tests.conftest import NOW, Clock
from tests.seed.reading import DATA, WUHAN

BOARD = DATA / "teddy2020c" / "附件3.xlsx"

TOPICS = (
    ("电梯停运", "电梯停运无人维修，老人上下楼困难，电梯困人也没有人到场", "物业/电梯/停运"),
    ("夜间施工", "工地夜间施工扰民，渣土车鸣笛，凌晨浇筑混凝土噪声大", "建设/施工/夜间施工"),
    ("油烟扰民", "餐饮油烟直排，烧烤摊占道经营，油烟熏得开不了窗", "环境/大气/餐饮油烟"),
    ("停水", "频繁停水，水压不足，二次供水水箱多年没有清洗", "公用/供水/停水"),
    ("违停堵路", "车辆乱停放堵塞消防通道，僵尸车长期占位", "交通/停车/违法停车"),
    ("垃圾堆放", "垃圾清运不及时，垃圾站散发臭味，蚊蝇滋生", "城管/环卫/垃圾清运"),
    ("退房押金", "租房押金不退，中介拖欠租金，租客被赶", "住房/租赁/押金不退"),
    ("外墙渗水", "外墙渗水墙面发霉，开发商不维修，楼板开裂", "住房/质量/渗漏开裂"),
    ("课后收费", "课后服务强制收费，家长不交钱孩子就要提前放学", "教育/收费/课后服务"),
    ("路面破损", "路面破损坑洼，井盖沉降，电动车摔倒", "城管/市政/路面坑洼"),
)

ENDINGS = ("小区", "花园", "新城", "家园", "苑", "府", "广场", "公寓")

SIGNS = "丽发伊景金恒绿鑫润泰和锦翠华龙盛福安宁康嘉宏远达银桂梅兰竹菊松柏湖海江河山岭峰云霞星月"

FILLERS = "晨光河畔清风徐来花木成荫书声琅琅车水马龙炊烟袅袅青砖黛瓦石桥流水古树老巷新街旧坊茶楼"

INTO = {
    "ticket": "id, version, number, source, channel, nature, category, urgency, title, content, "
    "confidential, received_at, recorded_at, state, rounds, worst_colour",
    "person": "ticket_id, version, reporter_key",
}


def texts(count: int) -> Iterator[tuple[str, str, str]]:
    """Give title, content and category of appeals: many estates, ten matters, words between."""
    chance = random.Random(3)
    estates = [
        "".join(chance.sample(SIGNS, 2)) + chance.choice(ENDINGS)
        for _ in range(max(200, count // 40))
    ]
    for _ in range(count):
        place = estates[int(len(estates) * chance.random() ** 2)]
        matter, told, category = chance.choice(TOPICS)
        aside = "".join(chance.choices(FILLERS, k=40))
        yield (
            f"{place}{matter}",
            f"我是{place}业主，{told}。{aside}。请尽快处理{matter}的问题。",
            category,
        )


def filled(path: Path, count: int) -> None:
    """Make a store and put tickets and their citizens into it, nothing else."""
    open_store(str(path), now=Clock(), first=first_content, login="bench").close()
    begun, step = NOW - timedelta(days=540), timedelta(days=540) / count

    def tickets() -> Iterator[tuple[object, ...]]:
        for n, (title, content, category) in enumerate(texts(count), 1):
            at = to_text(begun + n * step)
            yield (
                *(n, 1, f"WH-{n:07d}", "bench", "12345电话", "投诉", category, "一般"),
                *(title, content, 0, at, at, "open", 1, "blue"),
            )

    def citizens() -> Iterator[tuple[object, ...]]:
        chance = random.Random(5)
        return ((n, 1, f"{chance.randrange(count):032x}") for n in range(1, count + 1))

    db = sqlite3.connect(path)
    for (table, columns), rows in zip(INTO.items(), (tickets(), citizens()), strict=True):
        marks = ", ".join("?" * len(columns.split(",")))
        db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
    db.commit()
    db.close()


def linked(path: Path) -> None:
    """Link a store, and print the seconds it took, by the clock and the processor, and the peak."""
    store = open_store(str(path), now=Clock(), first=first_content, login="bench")
    clock, begin = time.perf_counter(), time.process_time()
    done = link_new(store)
    spent = time.perf_counter() - clock, time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(*spent, peak, done.linked, done.found)


def measured(path: Path) -> list[float]:
    """Return what a process of its own prints of linking a store."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.linking", "--link", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(word) for word in told.stdout.split()]


def scanned(path: Path) -> float:
    """Return the processor seconds of reading every title and content once."""
    db = sqlite3.connect(path)
    begin = time.process_time()
    signs = sum(len(title) + len(content) for title, content in db.execute(_TEXTS))
    assert signs
    return time.process_time() - begin


_TEXTS = "SELECT title, substr(content, 1, 500) FROM ticket"


def imported(path: Path, count: int = 5000) -> float:
    """Return the processor seconds in which one appeal is imported."""
    return intake.ours(path, count) / count


def told(name: str, count: int, found: list[float], imports: float, scan: float) -> None:
    """Print one line of figures."""
    clock, spent, peak, tied, problems = found
    print(
        f"{name}: {spent / count * 1000:.3f} ms each ({clock / count * 1000:.3f} by the clock), "
        f"{spent / count / imports:.2f} of an import, {spent / scan:.0f} of a scan; "
        f"{tied:,.0f} linked, {problems:,.0f} problems; peak {peak:,.0f} MB",
        flush=True,
    )


def board(path: Path) -> Store:
    """Return a store with the board's messages imported."""
    store = open_store(str(path), now=Clock(), first=first_content, login="bench")
    rows = read_file(BOARD, profile="auto", zone=WUHAN, now=store.now())
    take_in(store, rows, source="teddy", profile="teddy", file_name="b", file_digest="0")
    return store


def main(counts: list[int]) -> None:
    """Measure stores of these sizes."""
    assert reference().units
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        imports = imported(folder / "import.db")
        print(f"import: {imports * 1000:.3f} ms each")
        if BOARD.exists():
            board(folder / "board.db").close()
            path = folder / "board.db"
            told("board's messages", 4326, measured(path), imports, scanned(path))
        for count in counts:
            path = folder / f"{count}.db"
            filled(path, count)
            told(f"{count:,} tickets", count, measured(path), imports, scanned(path))
            path.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--link"]:
        linked(Path(sys.argv[2]))
    else:
        main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
