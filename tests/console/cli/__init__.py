"""The command line, one test module a family of verbs."""

from __future__ import annotations




