"""Marks on rows: kept by id, so that they outlive a filter, a refresh and a new order."""

from __future__ import annotations

from collections.abc import Sequence


class Marks:
    """The marked ids, the place a range began, and what was last cleared."""

    def __init__(self) -> None:
        """Begin with none."""
        self.ids: set[int] = set()
        self.anchor: int | None = None
        self._cleared: set[int] = set()

    def toggle(self, id: int, place: int) -> None:
        """Mark an id, or take its mark away."""
        self.ids ^= {id}
        self.anchor = None

    def add(self, *ids: int) -> None:
        """Mark ids."""
        self.ids.update(ids)

    def range(self, ids: Sequence[int], place: int) -> None:
        """Begin a range at ``place``, or mark everything from where one began up to it."""
        if self.anchor is None:
            self.anchor = place
            return
        low, high = sorted((self.anchor, place))
        self.ids.update(ids[low : high + 1])
        self.anchor = None

    def clear(self) -> int:
        """Take every mark away; return how many there were."""
        gone = len(self.ids)
        if gone:
            self._cleared, self.ids = self.ids, set()
        self.anchor = None
        return gone

    def unclear(self) -> int:
        """Bring back what was last cleared; return how many marks came back."""
        back = len(self._cleared)
        self.ids |= self._cleared
        self._cleared = set()
        return back

    def spend(self) -> None:
        """Take every mark away for good: an act has fallen on them."""
        self.clear()
        self._cleared = set()

    def sign(self, id: int, place: int, mark: str) -> str:
        """Return what stands before a row: its mark, where a range begins, or a blank."""
        if id in self.ids:
            return mark
        return "v" if place == self.anchor else " "
