"""Third floor: what a person meets: screens, command line and papers."""

from __future__ import annotations
