"""The faces of cells in a workbook: what is a heading, a text, a number, late or nearly late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.paper import FACE_SIZE
from seed.sheets import FACE

HEADING_SIZE = 16.0

MOMENT, DAY, RATE = "yyyy-mm-dd hh:mm", "yyyy-mm-dd", "0.00%"

SHADES = {
    "red": {"bg_color": "#F4C7C3", "font_color": "#8E0000", "bold": True},
    "yellow": {"bg_color": "#FFE9A8", "font_color": "#5F4700", "bold": True},
}
"""Shades that say late and nearly late; printed in black they are grey and bold."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The formats of one workbook; ``open`` are those of cells that a unit fills in."""

    heading: Any
    plain: Any
    prose: Any
    head: Any
    text: Any
    marked: Any
    number: Any
    rate: Any
    moment: Any
    day: Any
    barred: Any
    open: Mapping[str, Any]
    shades: Mapping[str, Any]

    @classmethod
    def of(cls, book: Any, *, ruled: bool) -> Faces:
        """Make them in ``book``; not ``ruled``, they leave the lines between cells to the grid."""
        plain = {"font_name": FACE, "font_size": FACE_SIZE, "valign": "vcenter"}
        celled = {**plain, "border": 1, "border_color": "#808080"} if ruled else plain
        wrapped = {**celled, "text_wrap": True}
        centred = {**celled, "align": "center"}
        written = {**wrapped, "locked": False}
        add = book.add_format
        return cls(
            heading=add({**plain, "font_size": HEADING_SIZE, "bold": True}),
            plain=add(plain),
            prose=add({**plain, "text_wrap": True, "valign": "top"}),
            head=add({**wrapped, "align": "center", "bold": True, "bg_color": "#E7ECF2"}),
            text=add(wrapped),
            marked=add({**wrapped, "quote_prefix": True}),
            number=add(centred),
            rate=add({**centred, "num_format": RATE}),
            moment=add({**centred, "num_format": MOMENT}),
            day=add({**centred, "num_format": DAY}),
            barred=add({**celled, "bg_color": "#D9D9D9"}),
            open={
                "long": add(written),
                "text": add({**written, "num_format": "@"}),
                "moment": add({**written, "num_format": MOMENT}),
            },
            shades={name: add(shade) for name, shade in SHADES.items()},
        )
