"""转诉求: what a group's message says, read as an appeal of this channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.views import known_words
from rules.casework import DOORS
from rules.errors import Refused
from rules.intake import read_entry

if TYPE_CHECKING:
    from models.police import MessageView
    from models.store import Store
    from rules.intake import Entry


def handed(store: Store, view: MessageView, typed: Mapping[str, str]) -> Entry:
    """Return the appeal that a message becomes, with what was typed besides.

    ``Refused`` says which word of it cannot be used.
    """
    said = {"channel": DOORS["police"], "content": view.text, "place": view.code, "nature": "求助"}
    keeper = store.timekeeper()
    with store.reading() as reader:
        words = known_words(reader, keeper.local(view.at).date())
    register = words.register(view.at, store.now(), keeper.zone)
    reading = read_entry({**said, **{name: word for name, word in typed.items() if word}}, register)
    for why in (*reading.missing.values(), *reading.faults.values()):
        raise Refused(why)
    return reading.entry
