"""What a person types while a Chinese input method is on."""

_HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}


def half_width(typed: str) -> str:
    """Return what was typed with ＠ ： １ and the wide blank as their half-width twins.

    Marks that have no half-width twin (、 。 【) stay, and so does every Chinese character.
    """
    return typed.translate(_HALF_WIDTH)


def plain(word: str) -> str:
    """Return a word without its spaces and in one case, as it is compared."""
    return "".join(word.split()).casefold()
