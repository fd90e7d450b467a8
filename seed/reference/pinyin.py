"""The sounds of Chinese words, by which pickers find them."""

from pypinyin import Style, lazy_pinyin


def initials(*names: str) -> str:
    """Return each name's initials, lower case, separated by spaces: 洪山区 is ``hsq``."""
    heads = ("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower() for name in names)
    words = ("".join(c for c in head if c.isascii() and c.isalnum()) for head in heads)
    return " ".join(dict.fromkeys(word for word in words if word))


def spelled(name: str) -> str:
    """Return a name in pinyin, lower case and without tones or blanks: 洪山区 is ``hongshanqu``."""
    return "".join(lazy_pinyin(name)).lower()
