"""The screens: each asks the desk, shows what it answers, and owns its keys and its look."""

from __future__ import annotations




