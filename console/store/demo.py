"""``duban demo``: the demo city, built once, opened as one of its operators."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import typer

from console.command import Call, Verb, call_of, one_verb, option, progress, say, switch
from console.frame import Settings, WrongUsage, demo_store, open_settled, store_target
from console.paper import press
from console.ranking import render_edition
from models.store import Store, open_store
from models.views import StoreFacts, store_facts
from rules.errors import DubanError
from seed.demo import OPERATORS, SIZES, build_demo, tickets_of
from seed.putting import replacing
from seed.reference import first_content

SEED = 2026

app = one_verb()


@app.command("demo", cls=Verb, help="演示城市：没有就先建，再打开（117个单位，一年半的诉求）。")
def demo(
    ctx: typer.Context,
    size: str = option("--size", "规模", "small 约2万件，city 约20万件，或件数", "small"),
    no_open: bool = switch("--no-open", "只建库，不打开界面"),
    path: Path | None = option("--path", "文件夹", "演示库放在哪里"),
    fresh: bool = switch("--fresh", "重新建，替换原来的演示库"),
) -> None:
    """Build the demo store where there is none, then open it."""
    call = call_of(ctx)
    target = _target(call.settings, path)
    _check_size(size)
    if fresh or not target.exists():
        _build(call, target, size)
    facts = _facts(target)
    call.answer(
        {"store": str(target), "tickets": facts.tickets, "units": facts.units},
        lambda: _show(target, facts),
    )
    if not (no_open or call.settings.json):
        _open(call, target)


def _target(settings: Settings, folder: Path | None) -> Path:
    """Return the demo's file; a store that is no demo is never touched."""
    named = store_target(settings.store) if settings.store else demo_store()
    target = folder / "demo.db" if folder else named
    if not isinstance(target, Path):
        return demo_store()
    target = target.expanduser().resolve()
    if target.exists() and not _is_demo(target):
        raise DubanError(f"{target} 不是演示库，不会动它：请用 --path 另指一个文件夹")
    return target


def _is_demo(target: Path) -> bool:
    with closing(_read_only(target)) as store:
        return store.demo


def _check_size(size: str) -> None:
    if size not in SIZES and not (size.isdecimal() and int(size) > 0):
        raise WrongUsage(f"没有规模 {size}：可写 {'、'.join(SIZES)} 或件数")


def _build(call: Call, target: Path, size: str) -> None:
    """Build beside the target and put it in place only once it is whole."""
    zone = call.timekeeper().zone if call.settings.now else None
    typed = call.settings.instant(zone) if zone else None
    now = (typed or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with _unfinished(target) as file, progress("正在建演示城市", tickets_of(size)) as moved:
        opened = open_store(
            str(file),
            now=lambda: now,
            first=first_content,
            login=OPERATORS[0].login,
            demo_now=now,
        )
        with closing(opened) as store:
            build_demo(
                store,
                seed=SEED,
                size=size,
                now=now,
                press=press(),
                render_edition=render_edition,
                progress=lambda done, _: moved(done),
            )


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as file:
        yield file
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)


def _facts(target: Path) -> StoreFacts:
    with closing(_read_only(target)) as store, store.reading() as reader:
        return store_facts(reader)


def _read_only(target: Path) -> Store:
    return open_settled(Settings(store=str(target), read_only=True), create=False)


def _show(target: Path, facts: StoreFacts) -> None:
    say(f"演示库 {target}：{facts.tickets}件诉求，{facts.units}个单位")
    names = "、".join(operator.name for operator in OPERATORS)
    say(f"操作员：{names}（用 --as 姓名 换人）；重建用 duban demo --fresh")


def _open(call: Call, target: Path) -> None:
    """Open the console on the demo, where there is a terminal for it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(f"这里没有终端，没有打开界面：在终端里运行 duban --store {target}")
        return
    call.open_console(replace(call.settings, store=str(target), now=None))
