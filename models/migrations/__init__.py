"""Alembic's environment: how one version of the store becomes the next."""
