"""What a person names on the command line, found in the store."""

from __future__ import annotations

from console.cli.call import Call
from models.bureau import UnitBook
from rules.errors import DubanError


def unit_id(call: Call, word: str) -> int:
    """Return the unit of a code, name, short name or alias; refuses a word nobody answers to."""
    store = call.store()
    today = store.timekeeper().local(store.now()).date()
    with store.reading() as reader:
        found = UnitBook(reader.rows).find(word, today)
    if found is None:
        raise DubanError(f"没有单位 {word}：用 duban units show 查看名称和代码")
    return found
