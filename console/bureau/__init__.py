"""The bureau's own: its rules, its units, its operators."""
