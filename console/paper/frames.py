"""The frame that holds the imprint, and the bars that are its rules.

LibreOffice draws no borders inside a frame, so a rule there is a paragraph filled with black.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

AFTER_SHADING = (
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:rPr",
)
"""What follows borders and shading in a paragraph's properties, in the order of the schema."""

_AFTER_FRAME = (
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    *AFTER_SHADING,
)


def fill(paragraph: Any) -> None:
    """Fill a paragraph's line with black: a rule as wide as the type area."""
    _put(paragraph, "w:shd", AFTER_SHADING, val="clear", color="auto", fill="000000")


def set_in_frame(paragraph: Any, width: float) -> None:
    """Set a paragraph into the frame, ``width`` points wide, at the foot of the type area."""
    _put(
        paragraph,
        "w:framePr",
        _AFTER_FRAME,
        w=str(round(width * 20)),
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        x="1",
        yAlign="bottom",
    )


def _put(paragraph: Any, name: str, followers: tuple[str, ...], **attributes: str) -> None:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(element, *followers)
