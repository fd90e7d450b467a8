"""被反映主体: their screen and their commands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.entities.screen import EntitiesScreen as EntitiesScreen

__getattr__, __dir__ = lazily(__name__, {"screen": ("EntitiesScreen",)})
