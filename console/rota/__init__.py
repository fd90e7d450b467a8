"""值班, 代理 as a person meets them: screen and command line."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.rota.screen import RotaScreen as RotaScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("RotaScreen",)})
