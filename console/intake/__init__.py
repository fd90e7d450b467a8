"""What comes in: files and forms; what goes out as files."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.intake.entry_screen import open_form as open_form
    from console.intake.screen import ImportScreen as ImportScreen

__getattr__, __dir__ = lazily(
    __name__, {"entry_screen": ("open_form",), "screen": ("ImportScreen",)}
)
