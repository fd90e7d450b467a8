"""F9 待办: what waits for a decision of the centre."""
