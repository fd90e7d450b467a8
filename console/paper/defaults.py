"""The templates that are shipped: one .docx a kind of paper, the same bytes every time.

To add a kind of paper:

1. name it in ``rules/paper/fields.py``: its fields in ``FIELDS``, what it is called in
   ``PAPER_KINDS``;
2. draw it: a function in ``console/paper/drawings/`` that returns an ``OfficialPage`` whose texts
   are tags (``value``, ``each``, ``where``, ``row_tag`` of drawings/tags.py, head and end of
   drawings/heads.py);
3. name that function here, in ``DRAWINGS``.

A ``Content`` of the kind is then filled in by ``press().fill(template, content)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from console.paper.drawings.order_form import draw_order
from console.paper.page import OfficialPage

DRAWINGS: dict[str, Callable[[], OfficialPage]] = {
    "order": lambda: draw_order("督办单"),
    "notice": lambda: draw_order("提示函", demands="有关事项"),
    "reminder": lambda: draw_order("催办通知", demands="催办要求"),
    "talk": lambda: draw_order("约谈通知", demands="约谈要求"),
    "talk_record": lambda: draw_order("约谈记录", demands="约谈要求"),
    "referral_crime": lambda: draw_order("移送函", demands="移送事项"),
    "referral_duty": lambda: draw_order("移送函", demands="移送事项"),
}
"""How the template of each kind is drawn."""


@cache
def default_template(kind: str) -> bytes:
    """Return the template of a kind that is shipped; KeyError for a kind nobody drew."""
    return DRAWINGS[kind]().save()
