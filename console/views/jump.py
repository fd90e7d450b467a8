"""Whatever has a number or a name, found by what somebody has at hand, open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from console.frame import Session, cut, fit
from console.widgets import Choice
from models import views

if TYPE_CHECKING:
    from models.views import Hit

KINDS = {"ticket": "诉求", "order": "督办单", "unit": "单位"}

MOST = 12
"""Things listed at once."""


def find_anything(session: Session, typed: str) -> list[Choice[str]]:
    """Return what the words may mean, the likeliest first, each with the action that opens it."""
    masking = session.store.policy.privacy.on_screen
    with session.store.reading() as reader:
        hits = views.find_hits(reader, typed, MOST, masking=masking)
    return [_choice(session, hit) for hit in hits]


def _choice(session: Session, hit: Hit) -> Choice[str]:
    closed = ""
    if hit.closed_at is not None:
        closed = f" {hit.closed_at.astimezone(session.bureau.zone):%Y-%m-%d}"
    line = Text(f"{fit(KINDS[hit.kind], 7)}", "bold", no_wrap=True)
    line.append(f"{hit.number}  ", "not bold")
    line.append(cut(hit.title, 24), "not bold")
    told = "  ".join(part for part in (hit.unit, hit.status + closed) if part.strip())
    line.append(f"  {told}", "not bold dim")
    return Choice(f"app.open_hit('{hit.kind}', {hit.id})", line, "", head="打开")
