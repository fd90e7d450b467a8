"""Journeys over the screens."""
