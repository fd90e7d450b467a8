"""The command line: English verbs, Chinese help; each verb in a small room of its own."""

from __future__ import annotations




