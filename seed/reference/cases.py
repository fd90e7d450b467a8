"""The calendar cases that ``duban selftest`` runs when it is given none."""

from __future__ import annotations

import json
from typing import Any

from seed.reference.content import packaged


def shipped_cases() -> list[dict[str, Any]]:
    """Return the shipped cases in the form of ``rules.selftest``, each with its calendar whole.

    Worked out by hand from the notice of the State Council's office of 2025-11-04 and the
    conventions of the design; the file names each calendar once.
    """
    read = json.loads(packaged("selftest.json"))
    return [case | {"calendar": read["calendars"][case["calendar"]]} for case in read["cases"]]
