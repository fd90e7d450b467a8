"""Every source there is, as data: how its files look and what must be worked out of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from rules.intake import LABELS, read_profile
from seed.channels.halves import HALF, HANDOUT, RATINGS
from seed.channels.learned import LISTED, profile_of
from seed.channels.profile import Profile, Row, Values, normal
from seed.channels.synonyms import FIELD_OF, NO_FIELD
from seed.channels.words import lead_unit

# the exchange file: the one form every bureau can fill, headers in either language


def _exchange(values: Values, row: Row) -> None:
    """Read the columns whose words come from a list."""
    for name, listed in LISTED.items():
        if text := values.get(name):
            values[name] = listed(text)
    lead_unit(values)


DUBAN = Profile(
    name="duban",
    label="督办台交换表",
    columns={name: name for name in LABELS} | {normal(text): name for name, text in LABELS.items()},
    needs=(frozenset(("title",)), frozenset(("content",))),
    complete=_exchange,
    synonyms=FIELD_OF,
    known=NO_FIELD,
)

_SHIPPED = files("seed.channels") / "sources"


def shipped_text(name: str) -> str | None:
    """Return the file of a profile that Duban brings along, None for one that needs code."""
    file = _SHIPPED / f"{name}.toml"
    return file.read_text("utf-8") if name in PROFILES and file.is_file() else None


def _shipped() -> Iterator[Profile]:
    """Yield the profiles whose files lie beside this one, in the order of their names."""
    for file in sorted(_SHIPPED.iterdir(), key=lambda each: each.name):
        yield profile_of(read_profile(file.read_text("utf-8")))


PROFILES: Mapping[str, Profile] = {
    profile.name: profile for profile in (DUBAN, RATINGS, HALF, HANDOUT, *_shipped())
}
"""Every source that Duban knows by itself: those that need code, then those that are files."""
