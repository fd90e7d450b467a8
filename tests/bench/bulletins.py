"""A month's bulletin over 1,000,000 tickets, beside the ranking alone.

Run: ``.venv/bin/python -m tests.bench.bulletins [FOLDER]`` (the store of ``ranking`` is used).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from console.ranking.bulletin_page import bulletin_page
from models.ranking.editions import compute_edition
from models.ranking.frozen import published_edition
from models.ranking.publishing import publish_edition, whole_edition
from rules.ranking.periods import last_complete, period_before
from tests.bench.ranking import NOW, TICKETS, history, median, opened


def main(folder: Path) -> None:
    """Print the medians: where the period before is published, as it should be, and where not."""
    path = history(folder / f"bulletins-{TICKETS}.db", TICKETS)
    store = opened(path)
    zone = store.timekeeper().zone
    month = last_complete("month", NOW, zone)
    before = period_before(month, zone)
    if published_edition(store, before) is None:
        publish_edition(store, before)
    alone = median(lambda: compute_edition(store, month))
    print(f"ranking alone               {alone:6.3f} s   1.00 x")
    whole = median(lambda: whole_edition(store, month))
    print(f"bulletin                    {whole:6.3f} s   {whole / alone:4.2f} x")
    earlier = period_before(before, zone)
    alone = median(lambda: compute_edition(store, earlier))
    whole = median(lambda: whole_edition(store, earlier))
    print(f"bulletin, none before it    {whole:6.3f} s   {whole / alone:4.2f} x of its ranking")
    view = whole_edition(store, month)
    print(f"the .docx for leaders       {median(lambda: bulletin_page(view, 'leader')):6.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
