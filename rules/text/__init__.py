"""Words as people write them: masked, compared, recognised as stock phrases."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.text.masking import (
        MASKED as MASKED,
        Citizen as Citizen,
        Masking as Masking,
        is_masked as is_masked,
        mask_citizen as mask_citizen,
        mask_phone as mask_phone,
        mask_text as mask_text,
        strike as strike,
    )
    from rules.text.phrases import plain_words as plain_words, stock_phrase as stock_phrase
    from rules.text.similarity import (
        HEAD as HEAD,
        Alike as Alike,
        Described as Described,
        Memory as Memory,
        guesses as guesses,
        traits as traits,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "masking": (
            "Citizen",
            "MASKED",
            "Masking",
            "is_masked",
            "mask_citizen",
            "mask_phone",
            "mask_text",
            "strike",
        ),
        "phrases": ("plain_words", "stock_phrase"),
        "similarity": ("Alike", "Described", "HEAD", "Memory", "guesses", "traits"),
    },
)
