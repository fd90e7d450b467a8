"""Supervision orders: screen, papers, commands."""
