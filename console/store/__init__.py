"""The store itself: archives, the trail, the demo city, what a newcomer asks first."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.store.about import AboutScreen as AboutScreen, FirstScreen as FirstScreen
    from console.store.info import program_version as program_version

__getattr__, __dir__ = lazily(
    __name__,
    {
        "about": ("AboutScreen", "FirstScreen"),
        "info": ("program_version",),
    },
)
