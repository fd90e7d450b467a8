"""Tests of models/councils."""
