"""社区警务群 as a person meets it: screen, command line, minute times."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.police.screen import PoliceScreen as PoliceScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("PoliceScreen",)})
