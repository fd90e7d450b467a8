"""Tests of models/rota."""
