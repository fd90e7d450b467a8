"""Everything a person or the clock may do to a store, each from a store made ready for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from models import orders
from models.bureau import add_operator, load_units, unit_records
from models.casework import redo, undo
from models.clocks.calendars import load_calendar, restore_calendar
from models.clocks.policies import load_policy
from models.clocks.sweeping import sweep
from models.intake.conflicts import take_theirs
from models.orders.order import orders_by_id
from models.privacy import approve_erasure, ask_erasure, hold
from models.ranking.editions import period_of
from models.ranking.publishing import publish_edition
from models.store.backup import back_up, restore
from models.store.confirming import confirm_clock
from models.store.store import Store
from rules.casework.steps import STEPS as TABLE
from tests.conftest import NOW
from tests.faults.scenes import Scene, Torn
from tests.models.appeals import UNIT, appeal, numbered, one, taken, wuhan
from tests.models.casework.test_around import _conflicting
from tests.models.casework.walking import OTHER, STATES, STEPS, begin, walk
from tests.models.clocks.holidays import with_2027
from tests.models.clocks.test_calendars import NEW_YEAR, dispatched
from tests.models.clocks.test_policies import SHORTER, text_of
from tests.models.orders import test_many as on_orders
from tests.models.presses import Plain
from tests.models.privacy.test_erasing import personal
from tests.models.rounds import put_round


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done: how a store is made ready, what is done, and what it comes to.

    ``same`` are the queries whose answers must be alike however often it was begun, where it takes
    several transactions; ``later`` is when somebody begins it anew. ``check`` looks at its files.
    ``aside``: on SQLite what it commits is in a file that takes its place only at the end.
    """

    do: Callable[[Scene], object]
    ready: Callable[[Scene, Store], object] = lambda scene, store: None
    same: tuple[str, ...] = ()
    later: timedelta = timedelta(0)
    check: Callable[[Scene], object] = lambda scene: None
    aside: bool = False


FROM: Mapping[str, str] = {
    "dispatch": "waiting",
    "transfer": "acknowledged",
    "accept": "undecided",
    "decline": "undecided",
    "ask_supplement": "undecided",
    "supplement": "supplement asked",
    "close": "replied",
    "send_back": "replied",
    "grant_return": "return asked",
    "refuse_return": "return asked",
    "arbitrate": "second return",
    "grant_extension": "extension asked",
    "refuse_extension": "extension asked",
    "grant_pause": "pause asked",
    "refuse_pause": "pause asked",
    "resume": "paused",
    "assist": "helped",
    "rate": "closed",
    "callback": "closed",
    "rework": "closed",
    "reopen": "closed",
    "fulfil": "instructed",
}
"""From which state a step is taken; from ``dispatched`` where nothing is said."""


def acts() -> dict[str, Act]:
    """Return every act under its name."""
    made = {f"ticket.{verb}": _step(verb) for verb in STEPS}
    made |= {f"order.{verb}": _order(verb) for verb in on_orders.BEFORE}
    return made | _OTHERS


def untried() -> set[str]:
    """Return the steps of the table that no act takes."""
    known = {f"{step.kind}.{step.verb}" for step in TABLE if step.kind != "review"}
    return known - acts().keys()


def _closing(do: Callable[[Store], object], login: str = "tester") -> Callable[[Scene], object]:
    """Let an act open the store as a program of its own, and close it."""

    def run(scene: Scene) -> None:
        store = scene.store(login)
        do(store)
        store.close()

    return run


def _step(verb: str) -> Act:
    def ready(scene: Scene, store: Store) -> None:
        begin(store)
        walk(store, STATES[FROM.get(verb, "dispatched")])

    return Act(_closing(STEPS[verb]), ready)


def _order(verb: str) -> Act:
    def ready(scene: Scene, store: Store) -> None:
        on_orders.take(store, *on_orders.BEFORE[verb], ids=on_orders.signed(store))

    return Act(_closing(lambda store: on_orders.take(store, verb, ids=[1, 2, 3])), ready)


def _drafted(scene: Scene, store: Store) -> None:
    """Make three drafts, each for a unit of its own."""
    old = NOW - timedelta(days=20)
    orders.draft(store, [put_round(store, f"T{n}", n + 4, received_at=old)[0] for n in (1, 2, 3)])


def sign(store: Store, ids: list[int]) -> list[Any]:
    """Sign some drafts by the first leader of the policy."""
    return orders.sign(
        store,
        ids,
        signer=store.policy.leaders[0].name,
        basis="paper",
        press=Plain(lambda paper: f"{paper.line('文号')} {paper.line('主送')}".encode()),
    )


def _amend(store: Store) -> None:
    with store.reading() as reader:
        [view] = orders_by_id(reader, [1])
    orders.edit(store, 1, view.version, title="改过的事项", limit_text="2wd")


def _late(scene: Scene, store: Store) -> None:
    """Let many clocks run far over their thresholds."""
    taken(store, *_appeals(9))
    scene.clock.travel(days=21)


def _appeals(count: int, **changes: Any) -> list[Any]:
    received = wuhan("2026-11-20 09:00")
    units = (UNIT, OTHER, None)
    return numbered(
        appeal(f"A{n}", unit=units[n % 3], received_at=received, phone="13871234567", **changes)
        for n in range(count)
    )


def _rated(scene: Scene, store: Store) -> None:
    for n in range(12):
        day = wuhan("2026-10-06 12:00")
        put_round(
            store,
            f"R{n}",
            3 + n % 2,
            received_at=day,
            closed_at=day,
            rated_at=day,
            rating=("满意", "不满意")[n % 5 == 0],
        )


def _extended(scene: Scene, store: Store) -> None:
    begin(store)
    walk(store, STATES["extended"])


def _archived(scene: Scene, store: Store) -> None:
    """Leave an archive of a store with an extension granted, and no store."""
    _extended(scene, store)
    back_up(store, scene.folder / "whole.zip")
    store.close()
    scene.place.drop(scene.target)
    scene.target = scene.place.nowhere()


def _restorable(scene: Scene) -> None:
    """Look whether what stands where the archive should is a whole one."""
    archive = scene.folder / "whole.zip"
    if archive.exists():
        restore(archive, str(scene.folder / "again.db"), scene.clock)
        (scene.folder / "again.db").unlink()


def whole_batches(scene: Scene) -> None:
    """Look whether every ticket has all that belongs to it, and batches of four are whole."""
    store = scene.store()
    tickets, bare = one(store, _WHOLE)
    store.close()
    if tickets not in (0, 4, 8, 10) or bare:
        raise Torn(f"{tickets} tickets, {bare} of them without what belongs to them")


_WHOLE = """
SELECT count(*), count(CASE WHEN NOT EXISTS
(SELECT 1 FROM deadline d WHERE d.ticket_id = t.id AND d.leads) OR NOT EXISTS
(SELECT 1 FROM import_row i WHERE i.ticket_id = t.id) OR NOT EXISTS
(SELECT 1 FROM event e WHERE e.subject_kind = 'ticket' AND e.subject_id = t.id) THEN 1 END)
FROM ticket t
"""


def _year_end(scene: Scene, store: Store) -> None:
    scene.clock.travel_to("2026-12-30 10:00")
    taken(store, dispatched("A1"), dispatched("A2"))


def _another_calendar(store: Store) -> None:
    load_calendar(store, with_2027(store, *NEW_YEAR), "国办2027年放假安排")


def _two_calendars(scene: Scene, store: Store) -> None:
    _year_end(scene, store)
    _another_calendar(store)


def _running(scene: Scene, store: Store) -> None:
    taken(store, *_appeals(4, dispatched_at=wuhan("2026-11-20 09:30")))


def _undone(scene: Scene, store: Store) -> None:
    _extended(scene, store)
    undo(store)


def _old(scene: Scene, store: Store) -> None:
    """Let appeals full of personal data be kept long enough, and a second person be there."""
    store.demo = True
    add_operator(store, "second", "李四", ("signer",))
    taken(store, *numbered(personal(f"A{n}") for n in range(3)))
    scene.clock.travel(days=366 * 3)


def _asked(scene: Scene, store: Store) -> None:
    _old(scene, store)
    ask_erasure(store, "到期")


def _add_operator(store: Store) -> None:
    store.demo = True
    add_operator(store, "third", "王五", ("signer", "auditor"))


def _rename_unit(store: Store) -> None:
    with store.reading() as reader:
        first, *others = unit_records(reader)
    load_units(store, [replace(first, name=f"{first.name}（新）"), *others], "机构改革")


def import_ten(store: Store, **changes: Any) -> None:
    """Take ten appeals in, by four."""
    taken(store, *_appeals(10, **changes), batch_rows=4)


_TAKEN = (
    "SELECT number, external_id, title, state, worst_colour FROM ticket ORDER BY external_id",
    "SELECT key, last FROM counter WHERE key <> 'import' ORDER BY key",
    "SELECT step, count(*), min(due_at), max(due_at) FROM deadline GROUP BY step ORDER BY step",
)

_CROSSED = (
    "SELECT deadline_id, level, at FROM crossing ORDER BY deadline_id, level",
    "SELECT id, worst_colour FROM ticket ORDER BY id",
)

_OTHERS: dict[str, Act] = {
    "order.draft": Act(
        _closing(lambda store: orders.draft(store, [1])), lambda scene, store: _only_rounds(store)
    ),
    "order.amend": Act(_closing(_amend), _drafted),
    "order.sign": Act(_closing(lambda store: sign(store, [1, 2, 3])), _drafted),
    "order.void draft": Act(
        _closing(lambda store: on_orders.take(store, "void", ids=[1])), _drafted
    ),
    "sweep": Act(
        _closing(lambda store: sweep(store, chunk=8)),
        _late,
        same=_CROSSED,
        later=timedelta(minutes=6),
    ),
    "import": Act(_closing(import_ten), same=_TAKEN, check=whole_batches),
    "import again": Act(
        _closing(lambda store: import_ten(store, title="路灯仍然不亮")),
        lambda scene, store: import_ten(store),
        same=_TAKEN,
    ),
    "conflict.take": Act(
        _closing(lambda store: take_theirs(store, [1])), lambda scene, store: _conflicting(store)
    ),
    "publish": Act(
        _closing(
            lambda store: publish_edition(
                store, period_of(store, "2026-10"), render=lambda view: {"表.md": b"|"}
            )
        ),
        _rated,
    ),
    "backup": Act(
        lambda scene: _closing(lambda store: back_up(store, scene.folder / "whole.zip"))(scene),
        _extended,
        same=("SELECT DISTINCT verb, subject_kind, subject_id FROM event ORDER BY 1, 2, 3",),
        check=_restorable,
    ),
    "restore": Act(
        lambda scene: restore(scene.folder / "whole.zip", scene.target, scene.clock, login="x"),
        _archived,
        aside=True,
    ),
    "policy.load": Act(
        _closing(
            lambda store: load_policy(store, text_of(store, SHORTER), "时限标准", recompute=True)
        ),
        _running,
    ),
    "calendar.load": Act(_closing(_another_calendar), _year_end),
    "calendar.undo": Act(_closing(lambda store: restore_calendar(store, "装错")), _two_calendars),
    "undo": Act(_closing(undo), _extended),
    "redo": Act(_closing(redo), _undone),
    "erase.ask": Act(_closing(lambda store: ask_erasure(store, "到期")), _old),
    "erase": Act(_closing(lambda store: approve_erasure(store, 1), "second"), _asked),
    "hold": Act(
        _closing(lambda store: hold(store, "WH20261120-00001", "法院来函")),
        lambda scene, store: begin(store),
    ),
    "operator.add": Act(_closing(_add_operator)),
    "units.load": Act(_closing(_rename_unit)),
    "clock.confirm": Act(_closing(lambda store: confirm_clock(store, "已校准"))),
}


def _only_rounds(store: Store) -> None:
    put_round(store, "T1", 5, received_at=NOW - timedelta(days=20))


def answers(scene: Scene, act: Act) -> list[Any]:
    """Return what an act's own queries say of a store."""
    store = scene.store()
    try:
        with store.reading() as reader:
            return [reader.rows(sql) for sql in act.same]
    finally:
        store.close()
