"""Casework from screen and command line."""
