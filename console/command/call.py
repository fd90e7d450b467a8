"""One call of the command line: its settings, the store it opens once, how it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import typer

from console.command.output import Fact, say, say_json, say_table, warn
from console.frame import Settings, exists, open_settled, plain_text, typed_instant
from models.store import Store, require_inside, spoken_units
from models.views import newest_policy
from rules import clocks
from rules.bureau import read_policy
from rules.clocks import Timekeeper, long_instant, plain_due, units_meant
from rules.text import printable
from seed.reference import builtin_calendar, reference, shipped_policy

T = TypeVar("T")


class Call:
    """What every verb works with."""

    def __init__(
        self, settings: Settings, open_console: Callable[[Settings], object] | None = None
    ) -> None:
        """Open nothing yet: some verbs need no store."""
        self.settings = settings
        self._open_console = open_console
        self._store: Store | None = None
        self._shipped: Timekeeper | None = None
        self._typed: dict[str, datetime] = {}
        self._understood: list[str] = []

    def close(self) -> None:
        """Close the store if one was opened."""
        if self._store is not None:
            self._store.close()

    def store(self, *, create: bool = False, outside: bool = False) -> Store:
        """Return the store of this call; only writing verbs may ``create`` one.

        ``outside``: the verb is one of the few for outside staff too; ``NotAllowed`` to them else.
        """
        if self._store is None:
            self._store = open_settled(self.settings, create=create)
            self._store.caution = warn
            if create and self.settings.policy is not None:
                self._warn_of_other_policy(self._store, self.settings.policy)
            if not outside:
                require_inside(self._store.operator)
        return self._store

    def timekeeper(self) -> Timekeeper:
        """Return the rules of time: of ``--policy``, else of the store, else as shipped."""
        if self._shipped is not None:
            return self._shipped
        if self._store is not None or exists(self.settings):
            return self.store().timekeeper()
        path = self.settings.policy
        text = shipped_policy() if path is None else plain_text(path)
        policy = read_policy(text)
        asks = any(entry.unit for entry in policy.limits)
        units = units_meant(policy.limits, self.unit_words()) if asks else {}
        self._shipped = Timekeeper(policy, builtin_calendar(), units)
        return self._shipped

    def unit_words(self) -> Sequence[tuple[str, str]]:
        """Return every word for a unit with its code: of the store, else of the shipped register.

        Codes come first, then names, short names and aliases.
        """
        if self._store is not None or exists(self.settings):
            with self.store().reading() as reader:
                return spoken_units(reader)
        units = reference().units
        told = [[(u.code, u.code) for u in units], [(u.name, u.code) for u in units]]
        told += [[(u.short_name, u.code) for u in units]]
        told += [[(word, u.code) for u in units for word in u.aliases]]
        return [one for words in told for one in words]

    def now(self) -> datetime:
        """Return the present as this call sees it, aware UTC."""
        if self._store is not None:
            return self._store.now()
        instant = self.settings.instant(self.timekeeper().zone)
        return instant.astimezone(UTC) if instant else datetime.now(UTC).replace(microsecond=0)

    def at(self, typed: str | None) -> datetime | None:
        """Return ``--at`` as an instant, the same for every ticket of the call.

        How one in words was understood is told with the answer.
        """
        if typed is None:
            return None
        if typed not in self._typed:
            self._typed[typed] = self._read(typed)
        return self._typed[typed]

    def iso(self, instant: datetime | None) -> str | None:
        """Return an instant for JSON, with the bureau's offset."""
        return None if instant is None else self.timekeeper().local(instant).isoformat()

    def clock(self, instant: datetime | None) -> str | None:
        """Return an instant for a table, in the bureau's zone."""
        return None if instant is None else f"{self.timekeeper().local(instant):%Y-%m-%d %H:%M}"

    def due(self, instant: datetime | None) -> str | None:
        """Return a due instant for a table; midnight is the 24:00 of the day before."""
        return None if instant is None else plain_due(self.timekeeper().local(instant))

    def open_console(self, settings: Settings) -> None:
        """Open the screens on a store that a verb has made."""
        if self._open_console is not None:
            self._open_console(settings)

    def answer(self, value: Any, shown: Callable[[], None]) -> None:
        """Print ``value`` as JSON where asked for, else show it to a person."""
        if self.settings.json:
            say_json(value)
        else:
            shown()
            say(*self._understood)
            self._understood.clear()

    def agreed(self, question: str, show: Callable[[], None]) -> bool:
        """Ask a person at a terminal, who is shown what it is about; a script has agreed."""
        if self.settings.json or not sys.stdin.isatty():
            return True
        show()
        print(printable(question), end="", flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "ｙ", "1", "是")

    def objects(self, facts: Sequence[Fact[T]], rows: Iterable[T]) -> list[dict[str, Any]]:
        """Return rows for JSON: the facts of each that have a name."""
        named = [fact for fact in facts if fact.name]
        return [{fact.name: self.plain(fact.of(row)) for fact in named} for row in rows]

    def object(self, row: object, *names: str) -> dict[str, Any]:
        """Return attributes of a row for JSON."""
        return {name: self.plain(getattr(row, name)) for name in names}

    def table(
        self, facts: Sequence[Fact[T]], rows: Iterable[T], headings: Sequence[str] = ()
    ) -> None:
        """Show rows to a person: the facts that have a heading, or those of some ``headings``."""
        known = {fact.heading: fact for fact in facts if fact.heading}
        shown = [known[heading] for heading in headings or known]
        say_table(
            [fact.heading for fact in shown],
            [[fact.read(row, self.clock, self.due) for fact in shown] for row in rows],
            numbers=[fact.heading for fact in shown if fact.number],
        )

    def answer_rows(
        self,
        facts: Sequence[Fact[T]],
        rows: Sequence[T],
        headings: Sequence[str] = (),
        none: str = "",
    ) -> None:
        """Answer with rows as their facts describe them; ``none`` is said where there is no row."""
        self.answer(
            self.objects(facts, rows),
            lambda: self.table(facts, rows, headings) if rows or not none else say(none),
        )

    def plain(self, value: Any) -> Any:
        """Return a value for JSON: instants with the bureau's offset, days, lists."""
        if isinstance(value, datetime):
            return self.iso(value)
        if isinstance(value, date):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value

    def _read(self, typed: str) -> datetime:
        keeper, now = self.store().timekeeper(), self.now()
        instant = typed_instant(typed, now, keeper.zone)
        if not typed.strip()[:4].isdecimal():
            told = long_instant(keeper.local(instant))
            ago = clocks.distance(instant, now, keeper.zone)
            self._understood.append(f"{typed} 按 {told} 计（{ago}）")
        return instant

    def _warn_of_other_policy(self, store: Store, path: Path) -> None:
        """A file named with ``--policy`` never changes the rules of a store that has its own."""
        with store.reading() as reader:
            version, text = newest_policy(reader)
        if text != plain_text(path):
            told = f"注意：本库已有第{version}版规则，写入仍按它；{path} 只用于试算"
            warn(told)


def call_of(ctx: typer.Context) -> Call:
    """Return the call a verb's context carries."""
    call = ctx.find_root().obj
    assert isinstance(call, Call)
    return call
