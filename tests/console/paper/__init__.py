"""Papers: templates read, filled and refused."""
