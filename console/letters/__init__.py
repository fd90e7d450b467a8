"""公文: their screen, their papers, their commands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.letters.letter_files import letter_paper as letter_paper

__getattr__, __dir__ = lazily(__name__, {"letter_files": ("letter_paper",)})
