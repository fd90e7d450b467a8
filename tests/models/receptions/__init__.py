"""Tests of models/receptions."""
