"""The sounds of Chinese words, by which pickers find them."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")


def initials(*names: str) -> str:
    """Return each name's initials, lower case, separated by spaces: 洪山区 is ``hsq``."""
    heads = ("".join(map(_heads, _RUN.findall(name))) for name in names)
    return " ".join(dict.fromkeys(word for word in heads if word))


@lru_cache(maxsize=1 << 12)
def _heads(run: str) -> str:
    """Return the initials of signs of one kind; long lists say the same words over and over."""
    head = "".join(lazy_pinyin(run, style=Style.FIRST_LETTER)).lower()
    return "".join(sign for sign in head if sign.isascii() and sign.isalnum())


def spelled(name: str) -> str:
    """Return a name in pinyin, lower case and without tones or blanks: 洪山区 is ``hongshanqu``."""
    return "".join(lazy_pinyin(name)).lower()
