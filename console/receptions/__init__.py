"""大接访: reception days, the form at the table, what was promised."""
