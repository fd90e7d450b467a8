"""Papers: fields and what they hold."""
