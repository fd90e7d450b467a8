"""What one call of ``duban`` was asked to use, and every path outside the files a person names."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs

from rules import clocks
from rules.errors import DubanError

APP = "duban"


def data_dir() -> Path:
    """Return the folder of the user's own stores."""
    return platformdirs.user_data_path(APP, appauthor=False)


def own_store() -> Path:
    """Return the file of the user's own store."""
    return data_dir() / "duban.db"


def demo_store() -> Path:
    """Return the file of the demo city."""
    return data_dir() / "demo.db"


def store_target(written: str | None) -> Path | str:
    """Return what ``--store`` or ``DUBAN_STORE`` names: a file, or a database address."""
    if written is None:
        return own_store()
    if written == "demo":
        return demo_store()
    if "://" not in written:
        return Path(written).expanduser()
    if not written.startswith(("postgresql://", "postgresql+psycopg://")):
        raise DubanError(
            f"不支持 {written.partition('://')[0]}:// 的库：请写库文件的路径，"
            "或 postgresql+psycopg:// 开头的地址"
        )
    return written


_OPEN = frozenset({"host", "hostaddr", "port", "dbname", "user", "sslmode", "application_name"})
"""Parameters of an address that may be seen; any other could be a secret."""


def shown_target(target: Path | str) -> str:
    """Return where a store is, fit to be seen: ``user:secret@host`` becomes ``user:***@host``."""
    told = str(target)
    scheme, colon, rest = told.partition("://")
    if not colon:
        return told
    who, at, where = rest.rpartition("@")  # a secret may have any sign in it, @ too
    user = re.split("[:/?]", who)[0]
    where, question, parameters = where.partition("?")
    pairs = [pair.partition("=") for pair in parameters.split("&")]
    kept = [f"{name}{sign}{value if name in _OPEN else '***'}" for name, sign, value in pairs]
    hidden = "" if user == who else ":***"
    return f"{scheme}://{user}{hidden}{at}{where}{question}{'&'.join(kept) if question else ''}"


def calling(target: str) -> str:
    """Return how a command begins that works on a store: ``duban``, or ``duban --store 库``."""
    if target == str(store_target(os.environ.get("DUBAN_STORE"))):
        return "duban"
    named = "demo" if target == str(demo_store()) else shown_target(target)
    return f"duban --store {shlex.quote(named)}"


def exports_dir() -> Path:
    """Return the folder that papers and editions are exported into from the screens."""
    return platformdirs.user_documents_path() / APP


def config_file() -> Path:
    """Return the user's own settings (keys and theme)."""
    return platformdirs.user_config_path(APP, appauthor=False) / "config.toml"


def log_file() -> Path:
    """Return the file that unexpected errors are written to, without citizens' text."""
    return platformdirs.user_log_path(APP, appauthor=False) / "duban.log"


def drafts_dir() -> Path:
    """Return the folder of forms that are not saved yet: citizens' text, for nobody else."""
    return platformdirs.user_state_path(APP, appauthor=False) / "drafts"


YEARS = range(1950, 2151)  # in which statistics and deadlines can be reckoned


class WrongUsage(DubanError):
    """The command line itself is wrong: exit code 2."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options that stand before or after any verb.

    ``store`` is as written: ``None`` for the user's own store, ``demo``, a path, or a
    ``postgresql+psycopg://`` address. ``now`` is as written too: a naive one is in the bureau's
    zone, and words (昨天15:00) count from the present there, which only the store or the policy
    knows (``instant`` settles it). ``operator`` is the person to act as, in a demo store only.
    """

    store: str | None = None
    policy: Path | None = None
    now: datetime | str | None = None
    json: bool = False
    operator: str | None = None
    read_only: bool = False

    def instant(self, zone: ZoneInfo) -> datetime | None:
        """Return ``--now`` as an aware instant in the bureau's zone, or ``None``."""
        if self.now is None or (isinstance(self.now, datetime) and self.now.tzinfo):
            return self.now
        return _computable(typed_instant(str(self.now), datetime.now(UTC), zone))


def read(argv: list[str], environ: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Take the global options out of ``argv`` wherever they stand; return them and the rest.

    Everything after ``--`` is left alone. Raises ``WrongUsage``.
    """
    settings = Settings(store=environ.get("DUBAN_STORE") or None)
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return settings, [*rest, word, *words]
        name, equals, value = word.partition("=")
        if word == "--json":
            settings = replace(settings, json=True)
        elif word == "--read-only":
            settings = replace(settings, read_only=True)
        elif name in _VALUES:
            given = value if equals else next(words, "")
            settings = _with_value(settings, name, given)
        else:
            rest.append(word)
    return settings, rest


_VALUES = {"--store": "库", "--policy": "规则文件", "--now": "时间", "--as": "姓名"}


def _with_value(settings: Settings, name: str, value: str) -> Settings:
    if not value or value.startswith("--"):
        raise WrongUsage(f"{name} 后面要写{_VALUES[name]}：duban --help 查看用法")
    match name:
        case "--store":
            return replace(settings, store=value)
        case "--policy":
            return replace(settings, policy=Path(value))
        case "--now":
            return replace(settings, now=_present(value))
        case _:
            return replace(settings, operator=value)


def _present(text: str) -> datetime | str:
    """Return what ``--now`` says; words are kept, once it is sure that they can be read."""
    try:
        return _computable(datetime.fromisoformat(text.strip()).replace(microsecond=0))
    except ValueError:
        _computable(typed_instant(text, datetime.now(UTC), ZoneInfo("UTC"), day_alone=False))
        return text


def _computable(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise WrongUsage(f"--now 只能在 {YEARS.start}—{YEARS.stop - 1} 年之间")
    return instant


def typed_instant(text: str, now: datetime, zone: ZoneInfo, *, day_alone: bool = True) -> datetime:
    """Read an instant as a person types it (rules.clocks); WrongUsage where nobody can."""
    try:
        return clocks.typed_moment(text, now, zone, day_alone=day_alone)
    except clocks.MomentError as error:
        raise WrongUsage(str(error)) from None


_NO_YEAR = re.compile(r"\d{1,2}([-/.月])\d{1,2}")

LONG_PAST = timedelta(days=180)


def coming_instant(text: str, now: datetime, zone: ZoneInfo, *, day_alone: bool = True) -> datetime:
    """Read an instant that may be to come: a date without a year is this year's.

    Where that is half a year past, it is next year's.
    """
    found = _NO_YEAR.match(text.strip())
    if found is None:
        return typed_instant(text, now, zone, day_alone=day_alone)
    year, mark = now.astimezone(zone).year, "年" if found[1] == "月" else found[1]
    this = typed_instant(f"{year}{mark}{text.strip()}", now, zone, day_alone=day_alone)
    if this > now - LONG_PAST:
        return this
    return typed_instant(f"{year + 1}{mark}{text.strip()}", now, zone, day_alone=day_alone)
