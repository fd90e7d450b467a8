"""The properties of a run of characters that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def name_faces(properties: Any, face: str) -> None:
    """Name one face for Latin and Chinese, and none of a theme."""
    fonts = properties.get_or_add_rFonts()
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), face)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hint"), "eastAsia")


def insert_ordered(properties: Any, name: str, value: float) -> None:
    """Put a property of a run where the schema wants it, with a rounded value."""
    element = OxmlElement(name)
    element.set(qn("w:val"), str(round(value)))
    after = ("w:w",) if name == "w:spacing" else ()
    properties.insert_element_before(
        element,
        *after,
        "w:kern",
        "w:position",
        "w:sz",
        "w:szCs",
        "w:highlight",
        "w:u",
        "w:effect",
        "w:bdr",
        "w:shd",
        "w:fitText",
        "w:vertAlign",
        "w:rtl",
        "w:cs",
        "w:em",
        "w:lang",
    )
