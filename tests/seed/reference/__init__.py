"""Reference data: units, grids, categories, channels, calendars."""
