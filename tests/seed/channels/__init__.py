"""The channel readers."""
