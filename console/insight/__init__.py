"""民情: the screen and the command of what is new, rises, repeats or crosses."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.insight.screen import InsightScreen as InsightScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("InsightScreen",)})
