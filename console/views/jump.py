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
    status = hit.status
    if hit.closed_at is not None:
        closed = hit.closed_at.astimezone(session.bureau.zone)
        this_year = closed.year == session.now().year
        status = f"{closed:%m-%d} 办结" if this_year else f"{closed.year}年办结"
    line = Text(fit(KINDS[hit.kind], 7), "bold", no_wrap=True)
    line.append(f"{fit(hit.number, 18)}{fit(hit.title, 20)} ", "not bold")
    line.append(f"{fit(hit.unit, 12)} {cut(status, 10)}", "not bold dim")
    return Choice(f"app.open_hit('{hit.kind}', {hit.id})", line, "", head="打开")
