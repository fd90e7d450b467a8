"""会商、挂账、先办后议: the list of what nobody owns or nobody can solve now, and its command."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.councils.screen import CouncilsScreen as CouncilsScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("CouncilsScreen",)})
