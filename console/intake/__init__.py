"""What comes in: files and forms; what goes out as files."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.intake.asking_file import AskingFile as AskingFile
    from console.intake.entry_screen import open_form as open_form
    from console.intake.form import BoxForm as BoxForm
    from console.intake.offers import Begun as Begun, read_begun as read_begun
    from console.intake.screen import ImportScreen as ImportScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "asking_file": ("AskingFile",),
        "entry_screen": ("open_form",),
        "form": ("BoxForm",),
        "offers": ("Begun", "read_begun"),
        "screen": ("ImportScreen",),
    },
)
