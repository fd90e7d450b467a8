"""Words as people write them: masked, compared, recognised as stock phrases."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.text.accused import (
        Pointed as Pointed,
        UnitWords as UnitWords,
        accused_in as accused_in,
    )
    from rules.text.bodies import names_a_body as names_a_body
    from rules.text.citizens import (
        Citizen as Citizen,
        is_masked as is_masked,
        mask_phone as mask_phone,
        masked_form as masked_form,
    )
    from rules.text.filenames import file_name as file_name
    from rules.text.firms import Firm as Firm, firm_of as firm_of, firms_in as firms_in
    from rules.text.hygiene import (
        guarded as guarded,
        harmless as harmless,
        harmless_line as harmless_line,
        printable as printable,
        unguarded as unguarded,
    )
    from rules.text.keys import (
        KEYS as KEYS,
        READ as READ,
        Key as Key,
        KeyKind as KeyKind,
        keys_of as keys_of,
    )
    from rules.text.looking import (
        LOOK_REASONS as LOOK_REASONS,
        MORE_REASONS as MORE_REASONS,
        OTHER_REASON as OTHER_REASON,
        stated as stated,
    )
    from rules.text.masking import (
        MASKED as MASKED,
        Masking as Masking,
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
    from rules.text.typed import half_width as half_width, plain as plain

__getattr__, __dir__ = lazily(
    __name__,
    {
        "accused": ("Pointed", "UnitWords", "accused_in"),
        "bodies": ("names_a_body",),
        "citizens": ("Citizen", "is_masked", "mask_phone", "masked_form"),
        "filenames": ("file_name",),
        "firms": ("Firm", "firm_of", "firms_in"),
        "hygiene": ("guarded", "harmless", "harmless_line", "printable", "unguarded"),
        "keys": ("KEYS", "Key", "KeyKind", "READ", "keys_of"),
        "looking": ("LOOK_REASONS", "MORE_REASONS", "OTHER_REASON", "stated"),
        "masking": ("MASKED", "Masking", "mask_text", "strike"),
        "phrases": ("plain_words", "stock_phrase"),
        "similarity": ("Alike", "Described", "HEAD", "Memory", "guesses", "traits"),
        "typed": ("half_width", "plain"),
    },
)
