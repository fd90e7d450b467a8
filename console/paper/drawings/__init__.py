"""The templates that are shipped, drawn by code on official pages; tags stand for values."""
