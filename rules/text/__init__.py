"""Words as people write them: masked, compared, recognised as stock phrases."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.text.masking import Citizen as Citizen
    from rules.text.masking import is_masked as is_masked
    from rules.text.masking import mask_citizen as mask_citizen
    from rules.text.masking import mask_phone as mask_phone
    from rules.text.masking import mask_text as mask_text
    from rules.text.phrases import plain as plain
    from rules.text.phrases import stock_phrase as stock_phrase
    from rules.text.similarity import HEAD as HEAD
    from rules.text.similarity import Alike as Alike
    from rules.text.similarity import Described as Described
    from rules.text.similarity import Memory as Memory
    from rules.text.similarity import guesses as guesses
    from rules.text.similarity import traits as traits

__getattr__, __dir__ = lazily(
    __name__,
    {
        "masking": ("Citizen", "is_masked", "mask_citizen", "mask_phone", "mask_text",),
        "phrases": ("plain", "stock_phrase",),
        "similarity": ("Alike", "Described", "HEAD", "Memory", "guesses", "traits",),
    },
)
