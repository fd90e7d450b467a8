"""Tests of models/intake."""
