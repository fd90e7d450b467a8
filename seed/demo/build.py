"""Building the demo store: intake like any import, then what an exchange file cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random

from models import intake
from models.clocks import sweep
from models.dispatch import calibrate
from models.paper import Press
from models.problems import link_new
from models.store import Store
from rules.casework import Appeal
from rules.errors import DubanError, Refused
from seed.demo.cell_work import work_in_cells
from seed.demo.city import City, tickets_of
from seed.demo.communities import enter_cells
from seed.demo.ladder import issue_papers
from seed.demo.objections import dispute
from seed.demo.papers import (
    RenderEdition,
    grant_relief,
    issue_orders,
    publish_editions,
    raise_month_flags,
)
from seed.demo.police import enter_groups
from seed.demo.receptions import hold_receptions
from seed.demo.seasons import LARGE
from seed.demo.staff import hire
from seed.demo.told_later import ToldLater
from seed.demo.unsolved import leave_unsolved
from seed.demo.verdicts import decide_reviews, plan_last_week
from seed.demo.visits import visit_communities
from seed.reference import reference

SOURCE = "演示城市"

Progress = Callable[[int, int], None]
"""Told how many tickets of how many are in."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a demo store holds."""

    tickets: int
    units: int


def build_demo(
    store: Store,
    *,
    seed: int,
    size: str | int,
    now: datetime,
    press: Press,
    render_edition: RenderEdition | None = None,
    progress: Progress | None = None,
) -> Built:
    """Fill a new demo store with the city of (seed, size, now).

    The store must be a demo store just made, its clock standing at ``now`` while it is built,
    so that the same arguments give the same store. Papers are made by ``press`` and
    ``render_edition``, because documents belong to the floor above. Raises ``DubanError``.
    """
    if not store.demo:
        raise DubanError("演示数据只能写入演示库：请用 duban demo 建立")
    first, today = reference(), store.timekeeper().local(now).date()
    hire(store)
    total = tickets_of(size)
    name = f"{SOURCE}-{seed}-{total}-{now:%Y%m%dT%H%M%SZ}"
    later = ToldLater(Random(f"{name}/later"), store.timekeeper(), now, total)
    city = City(seed, size, now, store.timekeeper(), first)
    enter_cells(store, Random(f"{name}/cells"), city.places, today, large=total >= LARGE)
    told = None if progress is None else lambda read: progress(read, total)
    taken = _take(store, name, later.first(city), told)
    _take(store, f"{name}-续", later.enter(store, SOURCE))
    link_new(store)
    decide_reviews(store, Random(f"{name}/reviews"))
    dispute(store, Random(f"{name}/disputes"))
    publish_editions(store, render_edition)
    issue_orders(store, press)
    issue_papers(store, press)
    raise_month_flags(store)
    grant_relief(store)
    leave_unsolved(store)
    plan_last_week(store, seed)
    large = total >= LARGE
    received = hold_receptions(store, Random(f"{name}/talks"), city.places, now, large=large)
    work_in_cells(store, Random(f"{name}/cellwork"), now, large=large)
    enter_groups(store, Random(f"{name}/police"), now, large=large)
    told_there = visit_communities(store, Random(f"{name}/visits"), now, large=large)
    sweep(store)
    _measure(store)
    return Built(taken.new + received + told_there, sum(not unit.is_centre for unit in first.units))


def _measure(store: Store) -> None:
    """Measure how sure suggested units are, where the city is large enough to tell."""
    with suppress(Refused):
        calibrate(store, today=store.timekeeper().local(store.now()).date())


def _take(
    store: Store,
    name: str,
    appeals: Iterable[Appeal],
    progress: Callable[[int], None] | None = None,
) -> intake.IntakeResult:
    return intake.take_in(
        store,
        appeals,
        source=SOURCE,
        profile=intake.STRICT,
        file_name=name,
        file_digest=sha256(name.encode()).hexdigest(),
        progress=progress,
    )
