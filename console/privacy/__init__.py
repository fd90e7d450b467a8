"""Personal data that has been kept long enough: asking to erase it, and deciding."""
