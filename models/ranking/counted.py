"""What a count of a tally is taken of: one text counts its rows, another finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Counted:
    """What some counts of a tally are taken of: the rows, and under which condition each counts.

    ``rows`` begins with FROM and ends in a condition, ``among`` stands in the WITH before it.
    ``unit`` and ``ticket`` say of a row whose it is, ``at`` when it came about. An empty condition:
    every row counts.
    """

    rows: str
    counts: Mapping[str, str]
    at: str
    among: str = ""
    unit: str = "r.lead_unit_id"
    ticket: str = "r.ticket_id"

    def counting(self) -> str:
        """Return the text that counts the rows of each unit, by name of the count."""
        counted = ", ".join(
            f"count(*) FILTER (WHERE {condition}) AS {name}" if condition else f"count(*) AS {name}"
            for name, condition in self.counts.items()
        )
        return f"""{self._with} SELECT {self.unit} AS unit_id, {counted} {self.rows}
    GROUP BY {self.unit}"""

    def behind(self, name: str) -> str:
        """Return the text that finds the rows of one count, of the units ``:units``.

        As in counting, the period leads: the plus keeps SQLite from all that a unit ever did.
        """
        condition = f"AND {self.counts[name]}" if self.counts[name] else ""
        text = f"""{self._with} SELECT {self.ticket} AS ticket_id {self.rows}
    AND +{self.unit} IN (:units) {condition} ORDER BY {self.at}, ticket_id"""
        return text.replace("FROM unit u", "FROM (SELECT id FROM unit WHERE id IN (:units)) u")

    def without_channels(self) -> Counted:
        """Return the same but for appeals that came in by one of ``:left_out``."""
        left_out = f"""
    AND NOT EXISTS (SELECT 1 FROM ticket x WHERE x.id = {self.ticket}
                    AND x.channel IN (:left_out))"""
        return replace(self, rows=f"{self.rows}{left_out}")

    @property
    def _with(self) -> str:
        return f"WITH {self.among}" if self.among else ""
