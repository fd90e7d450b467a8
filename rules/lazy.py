"""A room's names, each read from its file only when somebody asks for it (PEP 562).

Whoever needs one name of a room loads one file of it, so that the first frame of the console loads
neither the ORM nor the policy's parser.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazily(
    room: str, homes: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and ``__dir__`` of a package.

    ``homes`` names, for each file of the package, what the package gives out of it.
    """
    where = {name: file for file, names in homes.items() for name in names}

    def get(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(f"{room}.{where[name]}"), name)
        setattr(sys.modules[room], name, value)
        return value

    return get, lambda: sorted(where)
