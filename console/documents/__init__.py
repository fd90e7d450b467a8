"""The papers a person signs, prints, sends or files: .docx, .xlsx, .csv, .md and .json."""

from __future__ import annotations




