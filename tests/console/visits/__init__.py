"""Visits and the rota as commands and on screen."""
