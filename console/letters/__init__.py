"""公文: their screen, their papers, their commands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.letters.dossier_key import ask_dossier as ask_dossier
    from console.letters.letter_acts import LetterActs as LetterActs
    from console.letters.letter_files import write_letters as write_letters
    from console.letters.screen import LettersScreen as LettersScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "dossier_key": ("ask_dossier",),
        "letter_acts": ("LetterActs",),
        "letter_files": ("write_letters",),
        "screen": ("LettersScreen",),
    },
)
