"""Write docs/templates.zh.md anew: ``python -m tests.templates_page``."""

from __future__ import annotations

from pathlib import Path

from console.paper.field_list import page

PAGE = Path(__file__).parents[1] / "docs" / "templates.zh.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
