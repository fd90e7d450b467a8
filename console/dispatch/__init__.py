"""派单: who takes an appeal, how sure that is, and what is kept of it."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.dispatch.screen import DirectoryScreen as DirectoryScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("DirectoryScreen",)})
