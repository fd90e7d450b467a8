"""政法干部进社区 as a person meets it: screen and command line."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.visits.screen import VisitsScreen as VisitsScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("VisitsScreen",)})
